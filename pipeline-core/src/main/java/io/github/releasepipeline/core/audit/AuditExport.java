package io.github.releasepipeline.core.audit;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.subject.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Writes the audit trail as lines of JSON while it streams by. The format is described in {@code docs/audit.md}. */
public final class AuditExport implements AuditVisitor {
    static final String FIRST = "{\"format\":\"release-pipeline-audit\",\"version\":1}";

    private final OutputStream out;
    private final MessageDigest sha256 = Digest.sha256();
    private long lines;

    /** @param out receives UTF-8; is flushed at the end and not closed */
    public AuditExport(OutputStream out) {
        this.out = out;
        line(FIRST);
    }

    @Override
    public void seal(String subject, long length, String hash, long checkpoint) {
        line("{\"seal\":" + CanonicalJson.write(subject) + ",\"length\":" + length + ",\"hash\":"
                + CanonicalJson.write(hash) + ",\"checkpoint\":" + checkpoint + "}");
    }

    @Override
    public void record(String subject, long sequence, String canonical, String hash) {
        line("{\"record\":" + CanonicalJson.write(subject) + ",\"sequence\":" + sequence + ",\"hash\":"
                + CanonicalJson.write(hash) + ",\"canonical\":" + canonical + "}");
    }

    @Override
    public void end(String subject, Optional<ChainHead> claimed) {
        String head = claimed.map(known -> known.length() + ",\"hash\":"
                        + CanonicalJson.write(known.hash().hex()))
                .orElse("null");
        line("{\"end\":" + CanonicalJson.write(subject) + ",\"length\":" + head + "}");
    }

    @Override
    public void checkpoint(long number, String canonical, String hash) {
        line("{\"checkpoint\":" + number + ",\"hash\":" + CanonicalJson.write(hash) + ",\"canonical\":" + canonical
                + "}");
    }

    /** Writes the last line, which tells how many there are and their digest. */
    public void end() {
        String digest = HexFormat.of().formatHex(sha256.digest());
        line(last(lines, digest));
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The export of the audit trail could not be written", e);
        }
    }

    static String last(long lines, String digest) {
        return "{\"lines\":" + lines + ",\"sha256\":\"" + digest + "\"}";
    }

    private void line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        sha256.update(bytes);
        lines++;
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("The export of the audit trail could not be written", e);
        }
    }
}
