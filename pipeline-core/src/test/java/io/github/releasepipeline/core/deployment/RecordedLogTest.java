package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.LogEntry.Level;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedLogTest {
    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private final RecordedLog log = running.log(Step.PRE_DEPLOYMENT_CHECKS);

    @Test
    void each_line_is_stored_at_once_with_its_level() {
        log.info("told");
        assertThat(running.lines()).containsExactly("told");
        log.success("good");
        log.warning("odd");
        log.error("bad\nworse");
        assertThat(running.lines()).containsExactly("told", "✓ good", "! odd", "✗ bad", "✗ worse");
        assertThat(log.takeWaiting()).isEmpty();
    }

    @Test
    void a_line_that_cannot_be_stored_waits_for_the_next() {
        running.store.loseNextCommit();
        log.info("first");
        assertThat(running.lines()).isEmpty();
        log.info("second");
        assertThat(running.lines()).containsExactly("first", "second");
        assertThat(log.takeWaiting()).isEmpty();
    }

    @Test
    void a_line_that_waits_is_taken_once() {
        running.store.loseNextCommit();
        log.info("first");
        assertThat(log.takeWaiting())
                .containsExactly(
                        new LogEntry(RELEASE, NOON, 1, Optional.of(Step.PRE_DEPLOYMENT_CHECKS), Level.INFO, "first"));
        assertThat(log.takeWaiting()).isEmpty();
    }

    @Test
    void what_waits_is_stored_with_the_outcome_and_before_what_it_says() {
        // given
        running.recorder.begun(RELEASE, TOKEN, running.begin(Step.PRE_DEPLOYMENT_CHECKS));
        running.store.loseNextCommit();
        log.info("from the target");
        // when
        running.recorder.outcome(
                RELEASE,
                TOKEN,
                Step.PRE_DEPLOYMENT_CHECKS,
                Duration.ZERO,
                Duration.ZERO,
                new StepOutcome.Failed(FailureKind.FAILED, "unhealthy", List.of()),
                log,
                false);
        // then
        assertThat(running.lines())
                .containsExactly(
                        "Running pre-deployment checks...",
                        "from the target",
                        "✗ Deployment failed after 0.0s: unhealthy");
    }

    @Test
    void what_waits_is_stored_when_the_step_is_lost() {
        running.recorder.begun(RELEASE, TOKEN, running.begin(Step.PRE_DEPLOYMENT_CHECKS));
        running.store.loseNextCommit();
        log.info("from the target");
        running.recorder.lost(RELEASE, TOKEN, Step.PRE_DEPLOYMENT_CHECKS, "no answer", log);
        assertThat(running.lines()).contains("from the target");
    }

    @Test
    void a_commit_that_is_broken_off_or_unanswered_is_made_once() {
        running.store.loseNextCommit();
        running.recorder.begun(RELEASE, TOKEN, running.begin(Step.PRE_DEPLOYMENT_CHECKS));
        running.store.loseNextAnswer();
        assertThat(running.recorder.outcome(
                        RELEASE,
                        TOKEN,
                        Step.PRE_DEPLOYMENT_CHECKS,
                        Duration.ZERO,
                        Duration.ZERO,
                        new StepOutcome.Done("healthy"),
                        log,
                        false))
                .isEqualTo(new After.GoOn());
        assertThat(running.lines()).containsExactly("Running pre-deployment checks...");
        assertThat(running.release().attempts().get(0).steps()).hasSize(1);
    }
}
