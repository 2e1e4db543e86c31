package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Tables for the log lines and audit records that other engines do not keep by themselves. */
final class StepRecords {
    /** What the seven steps are called. */
    static final List<String> STEPS = List.of(
            "preDeploymentChecks",
            "qualityGates",
            "backup",
            "deployArtifacts",
            "postDeploymentChecks",
            "activate",
            "notify");

    private StepRecords() {}

    static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table step_log (position bigint generated always as identity primary key,"
                    + " release_id text not null, entry text not null)");
            statement.execute("create index step_log_release on step_log (release_id, position)");
            statement.execute("create table step_audit (position bigint generated always as identity primary key,"
                    + " release_id text not null, event text not null, record text not null)");
            statement.execute("create index step_audit_release on step_audit (release_id, position)");
        }
    }

    static void log(Connection connection, String release, String step) throws SQLException {
        insert(
                connection,
                "insert into step_log (release_id, entry) values (?, ?)",
                release,
                "{\"at\":\"" + Instant.now() + "\",\"attempt\":1,\"level\":\"INFO\",\"step\":\"" + step
                        + "\",\"text\":\"Running " + step + "...\"}");
    }

    /** A record as long as ours are. */
    static void audit(Connection connection, String release, String event) throws SQLException {
        insert(
                connection,
                "insert into step_audit (release_id, record, event) values (?, ?, ?)",
                release,
                "{\"actor\":{\"id\":\"release-pipeline\",\"kind\":\"SYSTEM\"},\"at\":\"" + Instant.now()
                        + "\",\"data\":{\"step\":\"" + event + "\"},\"previous\":\"" + "0".repeat(64)
                        + "\",\"subject\":\"release " + release + "\"}",
                event);
    }

    private static void insert(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
