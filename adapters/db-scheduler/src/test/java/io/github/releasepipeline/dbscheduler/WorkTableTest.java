package io.github.releasepipeline.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.tck.ScriptedRunner;
import io.github.releasepipeline.work.Run;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

@Timeout(120)
class WorkTableTest {
    @Test
    void nodes_that_begin_together_make_the_table_once() throws Exception {
        String database = Postgres.fresh();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<DbSchedulerWork> open = () -> DbSchedulerWork.on(Postgres.plain(database));
        for (Future<DbSchedulerWork> node : threads.invokeAll(Collections.nCopies(8, open))) {
            node.get().close();
        }
        threads.shutdown();
        assertThat(tables(database)).containsExactly("public.release_pipeline_work");
    }

    @Test
    void pipelines_in_one_database_have_tables_of_their_own() throws SQLException {
        String database = Postgres.fresh();
        Postgres.sql(database, "create schema team");
        ScriptedRunner one = new ScriptedRunner();
        ScriptedRunner two = new ScriptedRunner();
        try (DbSchedulerWork first = DbSchedulerWork.on(Postgres.plain(database), work -> work.table("team.work_one"));
                DbSchedulerWork second = DbSchedulerWork.on(Postgres.plain(database), work -> work.table("work_two"))) {
            first.begin(one);
            second.begin(two);
            Run run = one.start("r1");
            two.start("r1");
            first.submit(run);
            assertThat(one.begun()).isEqualTo(run);
            assertThat(two.begunWithin(Duration.ofSeconds(2))).isEmpty();
        }
        assertThat(tables(database)).containsExactly("public.work_two", "team.work_one");
    }

    @Test
    void a_table_that_is_there_needs_no_right_to_make_it() throws SQLException {
        String database = Postgres.fresh();
        DbSchedulerWork.on(Postgres.plain(database)).close();
        Postgres.sql(database, "create role " + database + "_app");
        Postgres.sql(database, "revoke create on schema public from public");
        Postgres.sql(database, "grant all on release_pipeline_work to " + database + "_app");
        ScriptedRunner runner = new ScriptedRunner();
        CutDatabase way = new CutDatabase(Postgres.plain(database), "set role " + database + "_app");
        try (DbSchedulerWork work = DbSchedulerWork.on(way)) {
            work.begin(runner);
            Run run = runner.start("r1");
            work.submit(run);
            assertThat(runner.begun()).isEqualTo(run);
        }
    }

    @Test
    void a_table_that_cannot_be_made_is_told_at_once() throws SQLException {
        String database = Postgres.fresh();
        assertThatThrownBy(() -> DbSchedulerWork.on(Postgres.plain(database), work -> work.table("nowhere.work")))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContaining("nowhere");
    }

    @Test
    void a_database_that_is_away_may_be_back_later() throws SQLException {
        CutDatabase way = new CutDatabase(Postgres.plain(Postgres.fresh()));
        way.cut();
        assertThatThrownBy(() -> DbSchedulerWork.on(way))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.retryable()).isTrue());
    }

    @Test
    void other_databases_are_refused(@TempDir Path folder) {
        SQLiteDataSource sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
        assertThatThrownBy(() -> DbSchedulerWork.on(sqlite))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContaining("SQLite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Work", "a b", "a;drop table b", "a.b.c", "1st", "\"work\""})
    void a_table_s_name_is_a_plain_one(String name) {
        assertThatThrownBy(() -> new DbSchedulerOptions().table(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void options_out_of_reason_are_refused() {
        DbSchedulerOptions options = new DbSchedulerOptions();
        List.<Runnable>of(
                        () -> options.lease(Duration.ofMillis(1999)),
                        () -> options.lease(Duration.ofHours(1).plusMillis(1)),
                        () -> options.poll(Duration.ofMillis(9)),
                        () -> options.releasesAtOnce(0))
                .forEach(wrong -> assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class));
        options.lease(Duration.ofSeconds(2))
                .lease(Duration.ofHours(1))
                .poll(Duration.ofMillis(10))
                .releasesAtOnce(1);
    }

    @Test
    void a_dead_node_is_noticed_within_its_lease_and_two_seconds_whatever_the_lease() {
        for (int millis = 2_000; millis <= 3_600_000; millis += 999) {
            Duration lease = Duration.ofMillis(millis);
            Duration beat = Scheduling.beat(lease);
            int beats = Scheduling.beats(lease, beat);
            assertThat(beats).isGreaterThanOrEqualTo(4);
            assertThat(beat.multipliedBy(beats)).isBetween(lease.minus(beat), lease);
            assertThat(beat.multipliedBy(2)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static List<String> tables(String database) throws SQLException {
        try (Connection connection = Postgres.plain(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select string_agg(schemaname || '.' || tablename, ' '"
                        + " order by schemaname, tablename) from pg_tables"
                        + " where schemaname not in ('pg_catalog', 'information_schema')")) {
            row.next();
            return List.of(row.getString(1).split(" "));
        }
    }
}
