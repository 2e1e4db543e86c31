package io.github.releasepipeline.examples.benchmarks.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReleaseLifecycleTest {
    private static final int LOG_LINES = 7;

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_lifecycle_has_a_log_line_for_each_step_and_a_record_for_each_transition() throws Exception {
        List<RecordedRow> rows = ReleaseLifecycle.record(server, "lifecycle", 1);

        assertThat(rows.stream().filter(row -> row.table().endsWith("release_log")))
                .hasSizeGreaterThanOrEqualTo(LOG_LINES);
        assertThat(rows.stream().map(RecordedRow::transaction).distinct())
                .allSatisfy(transaction -> assertThat(rows.stream()
                                .filter(row -> row.transaction() == transaction)
                                .map(RecordedRow::table))
                        .contains("release_pipeline_audit", "release_pipeline_release"));
    }

    @Test
    void what_is_written_by_hand_is_what_the_library_writes() throws Exception {
        List<RecordedRow> ours = ReleaseLifecycle.record(server, "original", 2);
        for (HandWritten.Reading reading : HandWritten.Reading.values()) {
            String name = "by_hand_" + reading.ordinal();
            try (HikariDataSource pool = Server.pool(server.copy(name, "original"), 2)) {
                HandWritten contender = new HandWritten(pool, ours, 2, reading);
                contender.lifecycle(0, new Calls());
                Recording recording = new Recording(pool);
                recording.begin();
                contender.lifecycle(1, new Calls());
                List<RecordedRow> theirs = recording.end();

                assertThat(shapes(theirs)).isEqualTo(shapes(ours));
            }
        }
    }

    @Test
    void other_engines_end_with_a_log_line_for_each_step() throws Exception {
        HikariDataSource flowableDatabase = Server.pool(server.database("flowable"), 20);
        HikariDataSource dbosDatabase = Server.pool(server.database("dbos"), 20);
        try (flowableDatabase;
                dbosDatabase;
                Flowable flowable = new Flowable(flowableDatabase);
                Dbos dbos = new Dbos(dbosDatabase)) {
            flowable.lifecycle(0, new Calls());
            dbos.lifecycle(0, new Calls());

            assertThat(count(flowableDatabase, "step_log")).isEqualTo(LOG_LINES);
            assertThat(count(flowableDatabase, "act_hi_procinst where end_time_ is not null"))
                    .isEqualTo(1);
            assertThat(count(flowableDatabase, "act_hi_taskinst where end_time_ is not null"))
                    .isEqualTo(3);
            assertThat(count(flowableDatabase, "act_hi_varinst where task_id_ is null"))
                    .as("what is released")
                    .isEqualTo(3);
            assertThat(count(flowableDatabase, "act_hi_varinst where text_ = 'looks good'"))
                    .as("what the approvers say")
                    .isEqualTo(2);
            assertThat(count(dbosDatabase, "step_log")).isEqualTo(LOG_LINES);
            assertThat(count(dbosDatabase, "step_audit")).isEqualTo(LOG_LINES + 5);
        }
    }

    @Test
    void a_round_counts_what_it_has_brought_to_its_end() throws Exception {
        try (HikariDataSource pool = Server.pool(server.database("round"), 4);
                Ours ours = new Ours(pool, 2)) {
            Round round = Round.run(ours, 2, Duration.ofMillis(1));

            assertThat(round.lifecycles().size()).isEqualTo(2);
            assertThat(round.calls().size()).isEqualTo(2 * 4);
            assertThat(count(pool, "release_pipeline_release where state = 'SUCCEEDED'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void shares_of_times_are_those_of_the_sorted_list() {
        Calls calls = new Calls();
        Stream.of(3, 1, 2, 4).forEach(millis -> calls.add(millis * 1_000_000L));

        assertThat(calls.millis(0.5)).isEqualTo(2);
        assertThat(calls.millis(0.99)).isEqualTo(4);
    }

    /** Everything but what differs between two releases: transactions, tables, columns and the lengths of texts. */
    private static List<String> shapes(List<RecordedRow> rows) {
        List<String> shapes = new ArrayList<>();
        List<Long> transactions =
                rows.stream().map(RecordedRow::transaction).distinct().toList();
        for (RecordedRow row : rows) {
            List<Integer> lengths = row.values().stream()
                    .map(value -> value == null ? -1 : value.matches("[0-9]{1,18}") ? 0 : value.length())
                    .toList();
            shapes.add(transactions.indexOf(row.transaction()) + " " + row.table() + " " + isNew(row) + row.columns()
                    + lengths);
        }
        return shapes;
    }

    private static long count(DataSource database, String rows) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether a fact comes into a drawer that was there depends on how long things took. */
    private static boolean isNew(RecordedRow row) {
        return row.isNew() || row.table().equals("release_pipeline_tally");
    }
}
