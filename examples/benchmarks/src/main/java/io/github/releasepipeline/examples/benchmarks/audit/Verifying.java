package io.github.releasepipeline.examples.benchmarks.audit;

import io.github.releasepipeline.Audit;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An export of the audit trail, checked by one thread, beside reading the same file with one SHA-256 over it. Arguments: number
 * of records, the file; {@code 1000000} and a temporary one if nothing is said. Run it with {@code -Xmx32m} to see that memory
 * does not grow.
 */
public final class Verifying {
    private static final int CHAIN = 20;
    private static final int ROUNDS = 3;

    private Verifying() {}

    /** Measures and prints. */
    public static void main(String[] args) throws IOException {
        long records = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        Path file = args.length > 1 ? Path.of(args[1]) : Files.createTempFile("audit", ".jsonl");
        write(file, records);
        for (int i = 0; i < ROUNDS; i++) {
            double hashing = seconds(() -> hash(file));
            double verifying = seconds(() -> verify(file, records));
            System.out.printf(
                    "%d records, %d MB: checked in %.2f s, %.0f records/s; read and hashed once in %.2f s: %.1fx; heap %d MB%n",
                    records,
                    Files.size(file) >> 20,
                    verifying,
                    records / verifying,
                    hashing,
                    verifying / hashing,
                    Runtime.getRuntime().totalMemory() >> 20);
        }
    }

    /** Work with a file. */
    private interface Work {
        void run() throws IOException;
    }

    private static double seconds(Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void hash(Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), Digest.sha256())) {
            int read;
            do {
                read = in.read(buffer);
            } while (read >= 0);
        }
    }

    private static void verify(Path file, long records) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            AuditReport report = Audit.verify(in, List.of());
            if (!report.intact() || report.records() != records) {
                throw new IllegalStateException(report.toString());
            }
        }
    }

    /** The lines that an export of so many records has, without a store that would have to hold them. */
    private static void write(Path file, long records) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        long lines = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            lines += line(out, sha256, "{\"format\":\"release-pipeline-audit\",\"version\":1}");
            for (long written = 0; written < records; ) {
                ReleaseId release = new ReleaseId("01hsbhgm1rc2w0q7" + written);
                ChainHead head = ChainHead.empty();
                for (int i = 0; i < CHAIN && written < records; i++) {
                    AuditRecord record = record(release, head, written);
                    head = record.head();
                    written++;
                    lines += line(
                            out,
                            sha256,
                            "{\"record\":\"" + release.reference() + "\",\"sequence\":" + record.sequence()
                                    + ",\"hash\":\"" + record.hash().hex() + "\",\"canonical\":"
                                    + record.canonical() + "}");
                }
                lines += line(
                        out,
                        sha256,
                        "{\"end\":\"" + release.reference() + "\",\"length\":" + head.length() + ",\"hash\":\""
                                + head.hash().hex() + "\"}");
            }
            String digest = HexFormat.of().formatHex(sha256.digest());
            out.write("{\"lines\":" + lines + ",\"sha256\":\"" + digest + "\"}\n");
        }
    }

    private static AuditRecord record(ReleaseId release, ChainHead head, long number) {
        Stamp stamp = new Stamp(
                Actor.user("alice"),
                Instant.parse("2026-03-01T10:00:00Z").plusSeconds(number),
                Optional.of("a reason of the usual length"));
        ReleaseEvent event = new ReleaseEvent.StepSucceeded(
                Step.DEPLOY_ARTIFACTS, Duration.ofMillis(1_234), "17 items written, 3 deleted", Optional.empty());
        return AuditRecord.next(head, release, "01hsbhgm1rkmzwjbs" + number, stamp, event);
    }

    private static long line(BufferedWriter out, MessageDigest sha256, String text) throws IOException {
        String line = text + "\n";
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        out.write(line);
        return 1;
    }
}
