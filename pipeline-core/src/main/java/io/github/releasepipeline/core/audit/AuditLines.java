package io.github.releasepipeline.core.audit;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Reads what {@link AuditExport} wrote, one line in memory at a time, and hands it to a verifier. */
public final class AuditLines {
    private static final int LONGEST = 64 << 20;

    private final InputStream in;
    private final ChainVerifier verifier;
    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long lines;
    private boolean ended;

    private AuditLines(InputStream in, ChainVerifier verifier) {
        this.in = in;
        this.verifier = verifier;
    }

    /** Reads all lines; whatever is not as it was written is told to the verifier as a problem. */
    public static void read(InputStream in, ChainVerifier verifier) throws IOException {
        new AuditLines(in, verifier).read();
    }

    private void read() throws IOException {
        for (Optional<byte[]> line = next(); line.isPresent(); line = next()) {
            byte[] bytes = line.get();
            lines++;
            try {
                tell(bytes);
            } catch (IllegalArgumentException e) {
                verifier.problem("Line " + lines + " is not one of an export: " + e.getMessage());
            }
            sha256.update(bytes);
            sha256.update((byte) '\n');
        }
        if (!ended) {
            verifier.problem("The export was cut off after line " + lines);
        }
    }

    private void tell(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (ended) {
            throw new IllegalArgumentException("it stands behind the last one");
        }
        if (lines == 1) {
            new LineReader(text).take(AuditExport.FIRST).end();
        } else if (text.startsWith("{\"record\":")) {
            LineReader line = new LineReader(text).take("{\"record\":");
            String subject = line.text();
            long sequence = line.take(",\"sequence\":").number();
            String hash = line.take(",\"hash\":").text();
            verifier.record(subject, sequence, line.take(",\"canonical\":").rest(), hash);
        } else if (text.startsWith("{\"end\":")) {
            LineReader line = new LineReader(text).take("{\"end\":");
            String subject = line.text();
            verifier.end(subject, head(line.take(",\"length\":")));
        } else if (text.startsWith("{\"seal\":")) {
            LineReader line = new LineReader(text).take("{\"seal\":");
            String subject = line.text();
            long length = line.take(",\"length\":").number();
            String hash = line.take(",\"hash\":").text();
            long checkpoint = line.take(",\"checkpoint\":").number();
            line.take("}").end();
            verifier.seal(subject, length, hash, checkpoint);
        } else if (text.startsWith("{\"checkpoint\":")) {
            LineReader line = new LineReader(text).take("{\"checkpoint\":");
            long number = line.number();
            String hash = line.take(",\"hash\":").text();
            verifier.checkpoint(number, line.take(",\"canonical\":").rest(), hash);
        } else {
            String digest = HexFormat.of().formatHex(sha256.digest());
            new LineReader(text).take(AuditExport.last(lines - 1, digest)).end();
            ended = true;
        }
    }

    private static Optional<ChainHead> head(LineReader line) {
        if (line.isNext("null}")) {
            line.take("null}").end();
            return Optional.empty();
        }
        long length = line.number();
        String hash = line.take(",\"hash\":").text();
        line.take("}").end();
        return Optional.of(new ChainHead(length, new Digest(hash)));
    }

    /** The bytes up to the next end of a line; empty at the end of the file. */
    private Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        while (at < filled || fill()) {
            int from = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            begun.write(buffer, from, at - from);
            if (at < filled) {
                at++;
                return Optional.of(begun.toByteArray());
            }
            if (begun.size() > LONGEST) {
                throw new IOException("Line " + (lines + 1) + " is longer than " + (LONGEST >> 20) + " MB");
            }
        }
        if (begun.size() > 0) {
            verifier.problem("The last line has no end");
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }
}
