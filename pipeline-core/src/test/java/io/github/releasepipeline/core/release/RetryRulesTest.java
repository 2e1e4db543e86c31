package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRulesTest {
    private static final StepOutcome.Failed ERRORED = failed(FailureKind.ERRORED);
    private static final Release TWO_RETRIES = running(StepLimits.standard().retries(2));
    private static final ReleaseEvent BEGUN = new ReleaseEvent.StepStarted(Step.BACKUP, "key");
    private static final ReleaseEvent FAILED =
            new ReleaseEvent.StepFailed(Step.BACKUP, Duration.ZERO, FailureKind.ERRORED, "no disk");

    private static Release running(StepLimits backup) {
        return release(
                requested(policy().steps(StepPolicy.standard().limit(Step.BACKUP, backup))),
                new ReleaseEvent.Readied(),
                new ReleaseEvent.AttemptStarted(1, 5));
    }

    private static StepOutcome.Failed failed(FailureKind kind, ItemId... unrestored) {
        return new StepOutcome.Failed(kind, "no disk", List.of(unrestored));
    }

    private static ReleaseEvent waits(long seconds) {
        return new ReleaseEvent.StepWaits(Step.BACKUP, Duration.ZERO, NOON.plusSeconds(seconds), "no disk");
    }

    @Test
    void a_step_is_tried_again_as_often_as_its_policy_says_after_longer_and_longer_waits() {
        Release first = after(TWO_RETRIES, ALICE, BEGUN);
        assertThat(RetryRules.tryAgain(first, Step.BACKUP, ERRORED)).contains(Duration.ofSeconds(2));
        Release second = after(first, ALICE, FAILED, waits(2), BEGUN);
        assertThat(RetryRules.tryAgain(second, Step.BACKUP, ERRORED)).contains(Duration.ofSeconds(4));
        Release third = after(second, ALICE, FAILED, waits(4), BEGUN);
        assertThat(RetryRules.tryAgain(third, Step.BACKUP, ERRORED)).isEmpty();
    }

    @Test
    void without_retries_in_its_policy_a_step_is_not_tried_again() {
        Release plain = after(running(StepLimits.standard()), ALICE, BEGUN);
        assertThat(RetryRules.tryAgain(plain, Step.BACKUP, ERRORED)).isEmpty();
        assertThat(RetryRules.tryAgain(after(TWO_RETRIES, ALICE, BEGUN), Step.ACTIVATE, ERRORED))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "ERRORED", mode = EnumSource.Mode.EXCLUDE)
    void what_the_version_is_to_blame_for_is_never_tried_again(FailureKind kind) {
        assertThat(RetryRules.tryAgain(after(TWO_RETRIES, ALICE, BEGUN), Step.BACKUP, failed(kind)))
                .isEmpty();
    }

    @Test
    void what_left_items_behind_is_not_tried_again() {
        StepOutcome.Failed halfDone = failed(FailureKind.ERRORED, new ItemId("workflow", "flows/a"));
        assertThat(RetryRules.tryAgain(after(TWO_RETRIES, ALICE, BEGUN), Step.BACKUP, halfDone))
                .isEmpty();
    }

    @Test
    void what_shall_be_called_off_is_not_tried_again() {
        Release cancelled = after(TWO_RETRIES, ALICE, BEGUN, new ReleaseEvent.CancelRequested());
        assertThat(RetryRules.tryAgain(cancelled, Step.BACKUP, ERRORED)).isEmpty();
    }

    @Test
    void tries_of_an_earlier_attempt_and_of_other_steps_do_not_count() {
        Release again = after(
                TWO_RETRIES,
                ALICE,
                BEGUN,
                FAILED,
                waits(2),
                BEGUN,
                FAILED,
                new ReleaseEvent.Failed(Step.BACKUP, Duration.ZERO, FailureKind.ERRORED, "no disk"),
                new ReleaseEvent.AttemptStarted(2, 6),
                new ReleaseEvent.StepStarted(Step.PRE_DEPLOYMENT_CHECKS, "key"),
                new ReleaseEvent.StepFailed(Step.PRE_DEPLOYMENT_CHECKS, Duration.ZERO, FailureKind.ERRORED, "no"),
                BEGUN);
        assertThat(RetryRules.attempt(again, Step.BACKUP)).isEqualTo(1);
        assertThat(RetryRules.tryAgain(again, Step.BACKUP, ERRORED)).contains(Duration.ofSeconds(2));
    }

    @Test
    void a_target_is_asked_again_as_often_as_a_step_is_tried_again() {
        Release lost = after(TWO_RETRIES, ALICE, BEGUN, waits(0));
        assertThat(RetryRules.askAgain(lost, Step.BACKUP)).contains(Duration.ofSeconds(2));
        Release once = after(lost, ALICE, waits(2));
        assertThat(RetryRules.askAgain(once, Step.BACKUP)).contains(Duration.ofSeconds(4));
        assertThat(RetryRules.askAgain(after(once, ALICE, waits(4)), Step.BACKUP))
                .isEmpty();
        assertThat(RetryRules.askAgain(after(running(StepLimits.standard()), ALICE, BEGUN), Step.BACKUP))
                .isEmpty();
    }

    @Test
    void only_the_attempt_before_can_have_left_something_staged() {
        ReleaseEvent staged =
                new ReleaseEvent.StepSucceeded(Step.DEPLOY_ARTIFACTS, Duration.ZERO, "", Optional.empty());
        ReleaseEvent staging = new ReleaseEvent.StepStarted(Step.DEPLOY_ARTIFACTS, "key");
        ReleaseEvent notStaged =
                new ReleaseEvent.StepFailed(Step.DEPLOY_ARTIFACTS, Duration.ZERO, FailureKind.ERRORED, "no");
        ReleaseEvent end = new ReleaseEvent.Failed(Step.ACTIVATE, Duration.ZERO, FailureKind.ERRORED, "no");
        Release first = after(TWO_RETRIES, ALICE, staging, staged);
        assertThat(RetryRules.stagedBefore(TWO_RETRIES)).isFalse();
        assertThat(RetryRules.stagedBefore(first)).isFalse();
        Release second = after(first, ALICE, end, new ReleaseEvent.AttemptStarted(2, 6));
        assertThat(RetryRules.stagedBefore(second)).isTrue();
        Release third =
                after(second, ALICE, staging, notStaged, end, new ReleaseEvent.AttemptStarted(3, 7), staging, staged);
        assertThat(RetryRules.stagedBefore(third)).isFalse();
        Release backedUp = after(
                TWO_RETRIES,
                ALICE,
                BEGUN,
                new ReleaseEvent.StepSucceeded(Step.BACKUP, Duration.ZERO, "", Optional.empty()),
                end,
                new ReleaseEvent.AttemptStarted(2, 6));
        assertThat(RetryRules.stagedBefore(backedUp)).isFalse();
    }

    @Test
    void it_is_known_which_try_of_how_many_a_step_is_in() {
        assertThat(RetryRules.attempt(TWO_RETRIES, Step.BACKUP)).isEqualTo(1);
        assertThat(RetryRules.attempt(after(TWO_RETRIES, ALICE, BEGUN), Step.BACKUP))
                .isEqualTo(1);
        assertThat(RetryRules.attempt(after(TWO_RETRIES, ALICE, BEGUN, FAILED), Step.BACKUP))
                .isEqualTo(2);
        assertThat(RetryRules.tries(TWO_RETRIES, Step.BACKUP)).isEqualTo(3);
        assertThat(RetryRules.tries(TWO_RETRIES, Step.ACTIVATE)).isEqualTo(1);
        assertThat(RetryRules.limits(TWO_RETRIES, Step.ACTIVATE)).isEqualTo(StepLimits.standard());
    }
}
