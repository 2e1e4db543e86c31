package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {
    private static final Release DEPLOYMENT = Samples.release(Samples.requested(Samples.policy()));
    private static final Release ROLLBACK = Samples.release(Samples.rollbackRequested());

    @Test
    void a_log_begins_with_what_goes_where() {
        assertThat(LogLines.starting(DEPLOYMENT, 2, Samples.NOON))
                .isEqualTo(new LogEntry(
                        Samples.RELEASE,
                        Samples.NOON,
                        2,
                        Optional.empty(),
                        LogEntry.Level.INFO,
                        "Starting deployment of v1.3.0 to staging"));
        assertThat(LogLines.starting(ROLLBACK, 1, Samples.NOON).text())
                .isEqualTo("Starting rollback from v1.3.0 to v1.2.0 in staging");
    }

    @Test
    void every_step_announces_itself_in_words_of_its_own() {
        assertThat(Arrays.stream(Step.values()).map(LogLines::begin).distinct())
                .hasSameSizeAs(Step.values())
                .allMatch(line -> line.matches("[A-Z][a-z -]+\\.\\.\\."));
    }

    @Test
    void a_step_that_is_tried_again_says_which_try_of_how_many_it_is() {
        assertThat(LogLines.begin(Step.BACKUP, 1, 3)).isEqualTo("Creating backup of current state...");
        assertThat(LogLines.begin(Step.BACKUP, 2, 3)).isEqualTo("Creating backup of current state... (try 2 of 3)");
        assertThat(LogLines.triedAgain(Step.BACKUP, 1, 3, "disk full", Duration.ofSeconds(2)))
                .isEqualTo("backup did not work (try 1 of 3): disk full; next try in 2.0s");
    }

    @Test
    void a_step_closes_with_what_came_of_it() {
        assertThat(LogLines.done(DEPLOYMENT, Step.BACKUP, "backup-1")).contains("Backup created: backup-1");
        assertThat(LogLines.done(DEPLOYMENT, Step.ACTIVATE, "x")).contains("Version v1.3.0 is now active in staging");
        assertThat(LogLines.done(ROLLBACK, Step.ACTIVATE_PREVIOUS, "x"))
                .contains("Version v1.2.0 is now active in staging");
        assertThat(LogLines.done(ROLLBACK, Step.RESTORE, "2 flows restored")).contains("2 flows restored");
        assertThat(LogLines.done(DEPLOYMENT, Step.DEPLOY_ARTIFACTS, "2 flows staged"))
                .isEmpty();
    }

    @Test
    void a_line_of_the_log_is_one_however_many_breaks_of_whatever_sort_are_in_a_message() {
        assertThat(LogLines.oneLine("a\r\nb\n\n\u000bc\fd\re\u0085f\u2028\u2029g"))
                .isEqualTo("a b c d e f g");
        assertThat(LogLines.oneLine("a" + "\r\n\n".repeat(200_000) + "b")).isEqualTo("a b");
    }

    @Test
    void a_log_ends_with_what_came_of_it_all() {
        Duration took = Duration.ofSeconds(154);
        assertThat(LogLines.succeeded(DEPLOYMENT, took)).isEqualTo("Deployment succeeded in 2m 34s");
        assertThat(LogLines.succeeded(ROLLBACK, took)).isEqualTo("Rollback succeeded in 2m 34s");
        assertThat(LogLines.failed(DEPLOYMENT, took, "why")).isEqualTo("Deployment failed after 2m 34s: why");
        assertThat(LogLines.failed(ROLLBACK, took, "why")).isEqualTo("Rollback failed after 2m 34s: why");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0.0s", "PT9.94S,9.9s", "PT10S,10s", "PT59.9S,59s", "PT1M,1m 0s", "PT2M34S,2m 34s", "PT1H1S,60m 1s"
    })
    void a_time_is_told_with_tenths_below_ten_seconds(Duration took, String text) {
        assertThat(LogLines.text(took)).isEqualTo(text);
    }

    @Test
    void what_a_target_said_is_told_in_words() {
        assertThat(LogLines.said(new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of())))
                .isEqualTo("disk full");
        assertThat(LogLines.said(new StepOutcome.Fenced(9)))
                .isEqualTo("the target has seen token 9: is it driven by something else?");
        assertThat(LogLines.said(new StepOutcome.Done("healthy")))
                .isEqualTo("the target answered what it was not asked (Done)");
    }
}
