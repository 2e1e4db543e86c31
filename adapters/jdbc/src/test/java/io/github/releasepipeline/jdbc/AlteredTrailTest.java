package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.changeset.ChangeSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

/** Somebody with all rights on the database takes the triggers away and changes the trail, also with a new head. */
class AlteredTrailTest {
    private static final String SET =
            "(select min(subject) from release_pipeline_audit where subject like 'change-set:%')";
    private static final String OF_SET = " where subject = " + SET;

    static Stream<Arguments> alterations() {
        return Stream.of(
                        List.of(
                                "a letter of a record",
                                "update release_pipeline_audit set canonical = replace(canonical,"
                                        + " '\"New\"', '\"Old\"')" + OF_SET),
                        List.of(
                                "a hash",
                                "update release_pipeline_audit set hash = '" + "0".repeat(64) + "'" + OF_SET
                                        + " and sequence = 1"),
                        List.of("a record less", "delete from release_pipeline_audit" + OF_SET + " and sequence = 1"),
                        List.of(
                                "a record cut off with the head",
                                "delete from release_pipeline_audit" + OF_SET
                                        + " and sequence = (select max(sequence) from release_pipeline_audit" + OF_SET
                                        + ")",
                                "update release_pipeline_change_set set chain_length = chain_length - 1, chain_hash ="
                                        + " (select hash from release_pipeline_audit" + OF_SET
                                        + " order by sequence desc limit 1) where 'change-set:' || id = " + SET),
                        List.of(
                                "two records that change places",
                                "update release_pipeline_audit set sequence = -1" + OF_SET + " and sequence = 1",
                                "update release_pipeline_audit set sequence = 1" + OF_SET + " and sequence = 2",
                                "update release_pipeline_audit set sequence = 2" + OF_SET + " and sequence = -1"),
                        List.of(
                                "a record more",
                                "insert into release_pipeline_audit (pipeline, subject, sequence,"
                                        + " event, canonical, hash) select pipeline, subject, sequence + 1,"
                                        + " event, canonical, hash from release_pipeline_audit" + OF_SET
                                        + " order by sequence desc limit 1"),
                        List.of(
                                "a subject less",
                                "delete from release_pipeline_change_set where 'change-set:' || id = " + SET,
                                "delete from release_pipeline_seal" + OF_SET,
                                "delete from release_pipeline_audit" + OF_SET),
                        List.of("a seal less", "delete from release_pipeline_seal" + OF_SET),
                        List.of(
                                "the newest checkpoint less",
                                "delete from release_pipeline_seal where checkpoint = 2",
                                "delete from release_pipeline_checkpoint where number = 2"),
                        List.of(
                                "all checkpoints less",
                                "delete from release_pipeline_seal",
                                "delete from release_pipeline_checkpoint"),
                        List.of(
                                "the time of a checkpoint",
                                "update release_pipeline_checkpoint set canonical ="
                                        + " replace(canonical, '2026-03-01', '2026-02-01') where number = 1"))
                .map(alteration -> Arguments.of(alteration.get(0), alteration.subList(1, alteration.size())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void what_was_altered_in_the_trail_is_found(String what, List<String> statements) throws SQLException {
        for (DataSource empty : List.of(EachDatabase.sqlite(), PostgresServer.newDatabase())) {
            try (Nodes nodes = new Nodes(JdbcPipelineStore.on(empty))) {
                ActingPipeline alice = nodes.start(wiring -> wiring).as(ALICE);
                publish(nodes, alice);
                publish(nodes, alice);
                assertThat(alice.audit().verify().problems()).isEmpty();

                alter(empty, statements);

                AuditReport report = alice.audit().verify();
                assertThat(report.problems()).as(what).isNotEmpty();
            }
        }
    }

    private static void publish(Nodes nodes, ActingPipeline alice) {
        long number = nodes.merged();
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets().create("New", wish -> wish.pullRequests(number));
        alice.versions().publish(set.id());
    }

    private static void alter(DataSource database, List<String> statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (database instanceof SQLiteDataSource) {
                for (String trigger : triggers(statement)) {
                    statement.execute("drop trigger " + trigger);
                }
            } else {
                statement.execute("set session_replication_role = replica");
            }
            for (String alteration : statements) {
                assertThat(statement.executeUpdate(alteration)).as(alteration).isPositive();
            }
        }
    }

    private static List<String> triggers(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select name from sqlite_master where type = 'trigger'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
