package io.github.releasepipeline.core.release;

import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.StepWait;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.Optional;

/** What follows when a step did not work: another try, another question to its target, or the end. */
public final class RetryRules {
    private RetryRules() {}

    /**
     * How long to wait before a step that is running now and did not work is tried again; empty if it is not. Only what the
     * infrastructure is to blame for is tried again, while nobody wants the release called off and the target is whole.
     */
    public static Optional<Duration> tryAgain(Release release, Step step, StepOutcome.Failed failed) {
        StepLimits limits = limits(release, step);
        int failures = failures(release, step) + 1;
        boolean cancelled = release.state() instanceof ReleaseState.InProgress running
                && running.cancellation().isPresent();
        boolean again = failed.failure() == FailureKind.ERRORED
                && failed.unrestored().isEmpty()
                && !cancelled
                && failures <= limits.retries();
        return again ? Optional.of(limits.waitBefore(failures)) : Optional.empty();
    }

    /** How long to wait before the target is asked again what came of a step; empty if a person has to say. */
    public static Optional<Duration> askAgain(Release release, Step step) {
        StepLimits limits = limits(release, step);
        int asked = StepRules.lastRun(release)
                .flatMap(StepRun::waiting)
                .map(StepWait::number)
                .orElse(0);
        return asked < limits.retries() ? Optional.of(limits.waitBefore(asked + 1)) : Optional.empty();
    }

    /**
     * Whether what was staged has to be dropped when a step has failed for good. A canary always ends then. If nobody knows
     * whether the version is active, nothing is touched: the environment is degraded, and a person looks.
     */
    public static boolean dropsStaged(Release release, Step step, FailureKind failure) {
        return switch (step) {
            case CANARY, CANARY_ANALYSIS -> true;
            case POST_DEPLOYMENT_CHECKS, ACTIVATE ->
                failure != FailureKind.UNKNOWN
                        && (CancelRules.begun(release, Step.CANARY)
                                || release.policy().steps().afterFailure() == AfterFailure.ROLL_BACK);
            default -> false;
        };
    }

    /**
     * What is wrong with the environment of a release that has failed like this, if anything is.
     *
     * @param unrestored whether items could not be put back
     */
    public static Optional<String> harm(Release release, ReleaseEvent.Failed failed, boolean unrestored) {
        if (release.kind() == ReleaseKind.ROLLBACK) {
            return Optional.of("rollback to " + release.number() + " failed midway: " + failed.message());
        }
        if (unrestored) {
            return Optional.of("items of " + release.number() + " could not be put back");
        }
        return failed.step() == Step.ACTIVATE && failed.failure() == FailureKind.UNKNOWN
                ? Optional.of("nobody knows whether " + release.number() + " is active: " + failed.message())
                : Optional.empty();
    }

    /** Whether the attempt before the running one staged the items; what became of them since its target knows. */
    public static boolean stagedBefore(Release release) {
        int attempts = release.attempts().size();
        return attempts > 1
                && release.attempts().get(attempts - 2).steps().stream()
                        .anyMatch(
                                run -> run.step() == Step.DEPLOY_ARTIFACTS && run.status() == StepRun.Status.SUCCEEDED);
    }

    /** Which try of a step the next one is, or the one that runs, from 1. */
    public static int attempt(Release release, Step step) {
        return failures(release, step) + 1;
    }

    /** How many tries a step has at most. */
    public static int tries(Release release, Step step) {
        return limits(release, step).retries() + 1;
    }

    /** The limits of a step. */
    public static StepLimits limits(Release release, Step step) {
        return release.policy().steps().limits(step);
    }

    private static int failures(Release release, Step step) {
        return (int) release.lastAttempt().stream()
                .flatMap(attempt -> attempt.steps().stream())
                .filter(run -> run.step() == step && run.status() == StepRun.Status.FAILED)
                .count();
    }
}
