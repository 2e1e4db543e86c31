package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.tck.RecordingStepLog;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.TextArtifacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepJournalTest {
    private static final TextArtifacts ITEMS = TextArtifacts.of(Map.of("workflows/a.json", "a1"));

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void it_tells_under_which_token_and_in_which_order_calls_were_accepted_and_nothing_of_others(DataSource source)
            throws SQLException {
        JdbcEnvironment blue = JdbcEnvironment.on(source, new EnvironmentName("blue"));
        JdbcEnvironment green = JdbcEnvironment.on(source, new EnvironmentName("green"));
        blue.backUp(call("one", Step.BACKUP, 3));
        green.backUp(call("one", Step.BACKUP, 1));
        blue.backUp(call("one", Step.BACKUP, 3));
        blue.stage(call("two", Step.DEPLOY_ARTIFACTS, 7), ITEMS);
        assertThat(blue.activate(call("late", Step.ACTIVATE, 6))).isEqualTo(new StepOutcome.Fenced(7));
        blue.activate(call("three", Step.ACTIVATE, 7));
        assertThat(journal(source))
                .containsExactly(
                        "blue 1 one BACKUP 3",
                        "blue 2 two DEPLOY_ARTIFACTS 7",
                        "blue 3 three ACTIVATE 7",
                        "green 1 one BACKUP 1");
    }

    private static StepCall call(String key, Step step, long token) {
        return new StepCall(
                new ReleaseId("r-1"),
                new EnvironmentName("blue"),
                step,
                key,
                token,
                Sample.release("r-1").build().number(),
                ITEMS.manifest().digest(),
                new RecordingStepLog());
    }

    private static List<String> journal(DataSource source) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select environment, position, attempt_key, step, fencing_token"
                        + " from release_pipeline_target_journal order by environment, position")) {
            while (row.next()) {
                lines.add(row.getString(1) + " " + row.getLong(2) + " "
                        + row.getString(3).replace("'", "") + " " + row.getString(4) + " " + row.getLong(5));
            }
        }
        return lines;
    }
}
