package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes write to one file and are killed at a random moment, again and again: {@code -Dkills=1000} for a long run. */
class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 10);
    /** After so many kills the file has grown enough. */
    private static final int FRESH = 25;

    private static final List<ReleaseId> RELEASES = List.of(new ReleaseId("r-1"), new ReleaseId("r-2"));

    @TempDir
    Path folder;

    private List<Process> writers = List.of();

    @AfterEach
    void leaveNoWriterBehind() {
        writers.forEach(writer -> writer.toHandle().destroyForcibly());
    }

    @Test
    void every_acknowledged_transaction_is_there_and_none_is_half_there() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] acknowledged = new long[RELEASES.size()];

        for (int kill = 0; kill < KILLS; kill++) {
            // given
            if (kill % FRESH == 0) {
                Arrays.fill(acknowledged, 0);
            }
            Path file = folder.resolve("store-" + kill / FRESH + ".db");
            writers = RELEASES.stream().map(id -> start(file, id)).toList();

            // when
            List<BufferedReader> answers =
                    writers.stream().map(Process::inputReader).toList();
            String first = answers.get(kill % 2).readLine();
            assertThat(first).as(() -> "a writer ended: " + errors()).isNotNull();
            acknowledged[kill % 2] = Long.parseLong(first);
            boolean ended = writers.get(0).waitFor(random.nextInt(60_000), TimeUnit.MICROSECONDS);
            assertThat(ended).as(() -> "a writer ended: " + errors()).isFalse();
            // By its handle: the process's own method would close the pipe with the last answers in it.
            writers.forEach(
                    writer -> assertThat(writer.toHandle().destroyForcibly()).isTrue());
            for (int i = 0; i < writers.size(); i++) {
                acknowledged[i] = Math.max(acknowledged[i], last(answers.get(i)));
                writers.get(i).waitFor();
            }

            // then
            try (JdbcPipelineStore store = JdbcPipelineStore.embedded(file)) {
                for (int i = 0; i < RELEASES.size(); i++) {
                    assertWhole(store, file, RELEASES.get(i), acknowledged[i], seed);
                }
            }
        }
    }

    private static void assertWhole(JdbcPipelineStore store, Path file, ReleaseId id, long acknowledged, long seed)
            throws SQLException {
        long revision = store.reader().find(id).map(Stored::revision).orElse(0L);
        assertThat(revision).as("seed %d", seed).isBetween(acknowledged, acknowledged + 1);

        ChainHead head = ChainHead.empty();
        List<AuditRecord> records = store.audit().of(id);
        for (AuditRecord record : records) {
            assertThat(record.previous()).isEqualTo(head.hash());
            assertThat(record.hash()).isEqualTo(Digest.of(record.canonical()));
            head = record.head();
        }
        assertThat(records).hasSize(Math.toIntExact(2 * revision));
        Stored<Release> stored = store.reader().find(id).orElse(null);
        assertThat(stored == null ? ChainHead.empty() : stored.head()).isEqualTo(head);
        assertThat(count(file, "release_pipeline_release_log where release_id", id))
                .isEqualTo(revision);
        assertThat(count(file, "release_pipeline_letter where subject", id)).isEqualTo(2 * revision);
    }

    private static long count(Path file, String tableAndColumn, ReleaseId id) throws SQLException {
        String value = tableAndColumn.endsWith("subject") ? id.reference() : id.value();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) from " + tableAndColumn + " = '" + value + "'")) {
            return rows.getLong(1);
        }
    }

    private static long last(BufferedReader answers) throws IOException {
        long last = 0;
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            last = Long.parseLong(line);
        }
        return last;
    }

    private Path errorFile() {
        return folder.resolve("errors");
    }

    private String errors() {
        try {
            return Files.readString(errorFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(Path file, ReleaseId id) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledWriter.class.getName(),
                            file.toString(),
                            id.value())
                    .redirectError(ProcessBuilder.Redirect.appendTo(errorFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
