package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultsTest {
    private static final Release RELEASE = Sample.release("r-1").build();

    @TempDir
    Path folder;

    @Test
    void a_folder_is_no_database() {
        assertLasting(folder, "is a folder");
    }

    @Test
    void a_file_of_something_else_is_no_database() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "Dear diary, ".repeat(1000));

        assertLasting(file, "is not a database");
        assertThat(file).hasContent("Dear diary, ".repeat(1000));
    }

    @Test
    void a_file_cannot_be_the_folder_of_a_database() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "x");

        assertLasting(file.resolve("store.db"), "not a folder");
    }

    @Test
    void folders_are_made() {
        Path file = folder.resolve("a/b/c/store.db");

        JdbcPipelineStore.embedded(file).close();

        assertThat(file).isRegularFile();
    }

    @Test
    void a_file_that_another_process_has_locked_is_a_passing_error_and_works_again_afterwards() throws SQLException {
        Path file = folder.resolve("store.db");
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(file, Duration.ofMillis(200))) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");

                AdapterException error =
                        catchThrowableOfType(AdapterException.class, () -> store.transact(SqliteFaultsTest::save));

                assertThat(error).hasMessageContaining(file.toString()).hasMessageContaining("locked");
                assertThat(error.retryable()).isTrue();
                assertThat(store.reader().find(RELEASE.id())).isEmpty();
                statement.execute("commit");
            }

            assertThat(store.transact(SqliteFaultsTest::save)).isEqualTo(1);
        }
    }

    @Test
    void opening_a_file_that_is_locked_exclusively_is_a_passing_error() throws SQLException {
        Path file = folder.resolve("store.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("begin exclusive");
            statement.execute("create table t (x)");

            AdapterException error = catchThrowableOfType(
                    AdapterException.class, () -> JdbcPipelineStore.embedded(file, Duration.ofMillis(200)));

            assertThat(error.retryable()).isTrue();
            assertThat(error).hasMessageContaining(file.toString());
        }
    }

    @Test
    void a_transaction_within_a_transaction_is_refused_and_the_outer_one_goes_on() {
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"))) {
            long revision = store.transact(session -> {
                assertThatIllegalStateException()
                        .isThrownBy(() -> store.transact(SqliteFaultsTest::save))
                        .withMessageContaining("already running");
                return save(session);
            });

            assertThat(revision).isEqualTo(1);
            assertThat(store.transact(SqliteFaultsTest::save)).isEqualTo(2);
        }
    }

    @Test
    void a_session_is_of_no_use_after_its_transaction() {
        AtomicReference<PipelineSession> kept = new AtomicReference<>();
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"))) {
            long revision = store.transact(session -> {
                kept.set(session);
                return save(session);
            });

            assertThat(revision).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(() -> save(kept.get()));
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> kept.get().find(Sample.release("r-2").build().id()));
        }
    }

    @Test
    void a_failure_that_the_work_hides_is_not_committed() {
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"))) {
            assertThatExceptionOfType(ConcurrentUpdateException.class)
                    .isThrownBy(() -> store.transact(session -> {
                        save(session);
                        try {
                            session.save(RELEASE.id(), new Stored<>(RELEASE, 7, ChainHead.empty()));
                        } catch (ConcurrentUpdateException e) {
                            assertThat(e).hasMessageContaining("release:r-1");
                        }
                        return true;
                    }));

            assertThat(store.reader().find(RELEASE.id())).isEmpty();
        }
    }

    @Test
    void a_letter_of_a_record_that_is_not_in_the_trail_is_refused() {
        AuditRecord record = Sample.record(ChainHead.empty(), RELEASE.id(), new ReleaseEvent.Readied());
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.transact(session -> {
                        session.post(List.of(new Letter("slack", record, 0)));
                        return true;
                    }))
                    .withMessageContaining("slack/" + record.id());
        }
    }

    @Test
    void a_closed_store_says_so() {
        JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"));
        store.close();

        assertThatIllegalStateException().isThrownBy(() -> store.reader().find(RELEASE.id()));
    }

    @Test
    void a_commit_is_written_through() throws SQLException {
        Path file = folder.resolve("store.db");
        try (Database database = Databases.file(file, new StoreOptions(), Duration.ofSeconds(1))) {
            assertThat(database.<Integer>transact(
                            sql -> sql.first("pragma synchronous", new Row(), row -> row.getInt(1))
                                    .orElseThrow()))
                    .as("FULL")
                    .isEqualTo(2);
            assertThat(database.<String>read(sql -> sql.first("pragma journal_mode", new Row(), row -> row.getString(1))
                            .orElseThrow()))
                    .isEqualTo("wal");
        }
    }

    private void assertLasting(Path path, String words) {
        AdapterException error = catchThrowableOfType(AdapterException.class, () -> JdbcPipelineStore.embedded(path));

        assertThat(error)
                .hasMessageContaining(words)
                .hasMessageContaining(path.getFileName().toString());
        assertThat(error.retryable()).isFalse();
    }

    private static long save(PipelineSession session) {
        Stored<Release> before = session.find(RELEASE.id()).orElseGet(() -> Stored.unsaved(RELEASE));
        session.save(RELEASE.id(), before.next(RELEASE, before.head()));
        return before.revision() + 1;
    }
}
