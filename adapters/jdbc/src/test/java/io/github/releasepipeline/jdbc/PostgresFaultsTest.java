package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresFaultsTest {
    private static final DataSource DATABASE = PostgresServer.newDatabase();
    private static final Release RELEASE = Sample.release("r-1").build();

    @Test
    void a_connection_killed_in_a_transaction_is_a_passing_error_and_the_next_call_works() {
        // One connection: the pool hands out others that were killed beside it, untested for half a second.
        try (HikariDataSource pool = PostgresServer.pool(DATABASE, 1)) {
            JdbcPipelineStore store = JdbcPipelineStore.on(pool).pipeline("killed");

            AdapterException error = catchThrowableOfType(
                    AdapterException.class,
                    () -> store.transact(session -> {
                        save(session);
                        killOthers();
                        return session.find(Sample.release("r-2").build().id());
                    }));

            assertThat(error.retryable()).isTrue();
            assertThat(store.reader().find(RELEASE.id())).isEmpty();
            assertThat(store.transact(PostgresFaultsTest::save)).isEqualTo(1);
        }
    }

    @Test
    void a_connection_lost_during_the_commit_leaves_the_outcome_unknown() {
        try (HikariDataSource pool = PostgresServer.pool(DATABASE)) {
            JdbcPipelineStore store = JdbcPipelineStore.on(pool).pipeline("lost");

            AdapterException error = catchThrowableOfType(
                    AdapterException.class,
                    () -> store.transact(session -> {
                        long revision = save(session);
                        killOthers();
                        return revision;
                    }));

            assertThat(error).hasMessageContaining("outcome unknown");
            assertThat(error.retryable()).isTrue();
        }
    }

    @Test
    void a_server_that_is_not_there_is_a_passing_error_without_the_password() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:1/x");
        nowhere.setUser("somebody");
        nowhere.setPassword("hunter2");

        AdapterException error = catchThrowableOfType(AdapterException.class, () -> JdbcPipelineStore.on(nowhere));

        assertThat(error.retryable()).isTrue();
        assertThat(error).hasMessageNotContaining("hunter2");
    }

    @Test
    void a_role_without_permission_is_a_lasting_error() throws SQLException {
        DataSource database = PostgresServer.newDatabase();
        run(database, "create role reader login");
        PGSimpleDataSource asReader = new PGSimpleDataSource();
        asReader.setURL(((PGSimpleDataSource) database).getURL());
        asReader.setUser("reader");

        AdapterException error = catchThrowableOfType(AdapterException.class, () -> JdbcPipelineStore.on(asReader));

        assertThat(error.retryable()).isFalse();
        assertThat(error).hasMessageContaining("permission denied");
    }

    @Test
    void a_pool_of_the_stores_own_is_closed_with_it_and_asks_for_the_password() {
        String url = ((PGSimpleDataSource) PostgresServer.newDatabase()).getURL();
        AtomicInteger asked = new AtomicInteger();
        try (JdbcPipelineStore store =
                JdbcPipelineStore.postgres(url, "postgres", () -> "x" + asked.incrementAndGet())) {
            assertThat(store.transact(PostgresFaultsTest::save)).isEqualTo(1);
            assertThat(asked).hasPositiveValue();
        }
    }

    @Test
    void a_connection_of_the_stores_own_pool_waits_for_no_answer_longer_than_30_seconds_unless_its_url_says_so() {
        String url = ((PGSimpleDataSource) DATABASE).getURL().replaceFirst("[?].*", "");
        assertThat(patience(url)).isEqualTo(Duration.ofSeconds(30));
        assertThat(patience(url + "?socketTimeout=90")).isEqualTo(Duration.ofSeconds(90));
    }

    private static Duration patience(String url) {
        try (Database database = Databases.postgres(url, "postgres", () -> "", new StoreOptions())) {
            return database.read(sql -> {
                try {
                    return Duration.ofMillis(sql.connection().getNetworkTimeout());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void a_host_pool_gets_its_connections_back_as_they_were() throws SQLException {
        try (HikariDataSource pool = PostgresServer.pool(DATABASE)) {
            JdbcPipelineStore store = JdbcPipelineStore.on(pool).pipeline("back");
            for (int i = 0; i < 20; i++) {
                long revision = store.transact(PostgresFaultsTest::save);
                assertThat(revision).isEqualTo(i + 1L);
            }

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    private static long save(PipelineSession session) {
        Stored<Release> before = session.find(RELEASE.id()).orElseGet(() -> Stored.unsaved(RELEASE));
        session.save(RELEASE.id(), before.next(RELEASE, ChainHead.empty()));
        return before.revision() + 1;
    }

    /** Kills every other connection to the same database. */
    private static void killOthers() {
        try {
            run(
                    DATABASE,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
