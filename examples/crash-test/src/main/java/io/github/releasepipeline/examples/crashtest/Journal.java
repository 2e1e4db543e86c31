package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What a target accepted, in order, read from its own tables. */
final class Journal {
    /**
     * An accepted call.
     *
     * @param key its attempt key: release, attempt, step
     * @param token under which it was made
     * @param step name of the step
     */
    record Effect(String key, long token, String step) {
        ReleaseId release() {
            return new ReleaseId(key.substring(0, key.indexOf('/')));
        }

        /** Release and number of the attempt. */
        String attempt() {
            return key.substring(0, key.indexOf('/', key.indexOf('/') + 1));
        }
    }

    private Journal() {}

    /** What a target has in its own journal. */
    static List<Effect> of(DataSource database, EnvironmentName name) throws SQLException {
        return read(database, name, "release_pipeline_target_journal");
    }

    /** What the witness beside a target saw, repetitions too. */
    static List<Effect> seen(DataSource database, EnvironmentName name) throws SQLException {
        return read(database, name, "witness");
    }

    /** How many percent of the traffic a target gives to what it tries out. */
    static int canaryPart(DataSource database, EnvironmentName name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select coalesce(max(canary_part), 0) from release_pipeline_target where environment = ?")) {
            query.setString(1, name.value());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static List<Effect> read(DataSource database, EnvironmentName name, String table) throws SQLException {
        List<Effect> effects = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select attempt_key, fencing_token, step from "
                        + table + " where environment = ? order by position")) {
            query.setString(1, name.value());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    effects.add(new Effect(rows.getString(1), rows.getLong(2), rows.getString(3)));
                }
            }
        }
        return effects;
    }
}
