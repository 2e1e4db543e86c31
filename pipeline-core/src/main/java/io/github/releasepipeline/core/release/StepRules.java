package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.StepWait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which move comes next in a running release. */
public final class StepRules {
    /** A move of the worker that runs a release. */
    public sealed interface Move {
        /** Nothing: the release ended, waits for a person, or belongs to another worker. */
        record Stop() implements Move {}

        /**
         * Commit the intent to run a step, then run it.
         *
         * @param step which
         * @param attemptKey under which key
         */
        record Begin(Step step, String attemptKey) implements Move {}

        /**
         * Find out what came of a step that was begun.
         *
         * @param step which
         * @param attemptKey under which key
         * @param unanswered why the call's own answer is not known; absent if nobody knows whether it was made
         */
        record Recover(Step step, String attemptKey, Optional<String> unanswered) implements Move {}

        /**
         * Look again later: no thread waits.
         *
         * @param until when
         */
        record Wait(Instant until) implements Move {}

        /**
         * Call the release off.
         *
         * @param cancellation who wants it
         * @param staged whether items were staged and have to be dropped
         */
        record Cancel(ReleaseState.Cancellation cancellation, boolean staged) implements Move {}

        /** All steps are done. */
        record Finish() implements Move {}

        /**
         * The step failed, or a person gave up on it: the release fails.
         *
         * @param step which
         * @param failure what sort of error
         * @param message what was said
         * @param staged whether items were staged and have to be dropped
         */
        record GiveUp(Step step, FailureKind failure, String message, boolean staged) implements Move {}
    }

    private StepRules() {}

    /**
     * The next move of the worker that holds a token.
     *
     * @param release the release as it is now
     * @param token the worker's fencing token
     * @param now what time it is for the worker
     */
    public static Move next(Release release, long token, Instant now) {
        Attempt attempt = release.lastAttempt().orElse(null);
        if (!(release.state() instanceof ReleaseState.InProgress running)
                || attempt == null
                || attempt.fencingToken() != token) {
            return new Move.Stop();
        }
        Optional<StepRun> last = lastRun(attempt);
        Optional<Move> wait = waitsUntil(release, now).map(Move.Wait::new);
        if (last.filter(run -> run.status() == StepRun.Status.RUNNING).isPresent()) {
            return underWay(release, running, last.get(), wait);
        }
        if (last.filter(run -> run.status() == StepRun.Status.FAILED && !run.isTriedAgain())
                .isPresent()) {
            return giveUp(release, last.get());
        }
        Optional<Step> next =
                release.steps().stream().filter(step -> !done(attempt, step)).findFirst();
        if (next.isEmpty()) {
            return new Move.Finish();
        }
        if (running.cancellation().isPresent() && !done(attempt, Step.ACTIVATE)) {
            return cancel(release, running);
        }
        return wait.orElseGet(() -> new Move.Begin(next.get(), key(release, attempt, next.get())));
    }

    private static Move giveUp(Release release, StepRun run) {
        FailureKind failure = run.failure().orElse(FailureKind.UNKNOWN);
        String message = failure == FailureKind.UNKNOWN ? run.step().label() + " was given up" : run.summary();
        return new Move.GiveUp(run.step(), failure, message, RetryRules.dropsStaged(release, run.step(), failure));
    }

    /** Gates, and the checks before anything else, change nothing: nobody needs to let them end. */
    private static Move underWay(Release release, ReleaseState.InProgress running, StepRun run, Optional<Move> wait) {
        boolean mayEnd = run.step().asksGates() || run.step() == Step.PRE_DEPLOYMENT_CHECKS;
        if (running.cancellation().isPresent() && mayEnd) {
            return cancel(release, running);
        }
        return wait.orElseGet(() ->
                new Move.Recover(run.step(), run.attemptKey(), run.waiting().map(StepWait::why)));
    }

    private static Move cancel(Release release, ReleaseState.InProgress running) {
        return new Move.Cancel(running.cancellation().orElseThrow(), CancelRules.begun(release, Step.DEPLOY_ARTIFACTS));
    }

    /** How long the attempt has run: the sum of its own steps, by the monotonic clock that timed each of them, and of their waits. */
    public static Duration ran(Release release) {
        return release.lastAttempt().stream()
                .flatMap(attempt -> attempt.steps().stream()
                        .filter(run -> run.attemptKey().startsWith(keyPrefix(release, attempt))))
                .flatMap(run -> Stream.concat(run.took().stream(), run.waiting().map(StepWait::waited).stream()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether the start of a step is committed, and its outcome is not. */
    public static boolean isRunning(Release release) {
        return lastRun(release)
                .filter(run -> run.status() == StepRun.Status.RUNNING)
                .isPresent();
    }

    /** Whether it is that step. */
    public static boolean isRunning(Release release, Step step) {
        return isRunning(release) && lastStep(release) == step;
    }

    /** Whether a running release does nothing until a time that has not come. */
    public static boolean waits(Release release, Instant now) {
        return release.state() instanceof ReleaseState.InProgress
                && waitsUntil(release, now).isPresent();
    }

    /** When the next sample of a gate is due follows from the one before; every other wait is stored. */
    private static Optional<Instant> waitsUntil(Release release, Instant now) {
        return isJudging(release) && GateRules.next(release, now) instanceof GateRules.Next.Wait sample
                ? Optional.of(sample.until())
                : lastRun(release)
                        .flatMap(StepRun::waiting)
                        .filter(wait -> !wait.isOver(now))
                        .map(StepWait::until);
    }

    /** Whether gates of a running release are asked, or waited for. */
    public static boolean isJudging(Release release) {
        return release.state() instanceof ReleaseState.InProgress
                && lastRun(release)
                        .filter(run -> run.step().asksGates() && run.status() == StepRun.Status.RUNNING)
                        .isPresent();
    }

    /** The newest execution of a step of the newest attempt; empty if none was begun. */
    public static Optional<StepRun> lastRun(Release release) {
        return release.lastAttempt().flatMap(StepRules::lastRun);
    }

    private static Optional<StepRun> lastRun(Attempt attempt) {
        List<StepRun> runs = attempt.steps();
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    /** The step of an attempt that came last; its first if none was begun. */
    public static Step lastStep(Release release) {
        return lastRun(release).map(StepRun::step).orElse(release.steps().get(0));
    }

    /** A person says what came of a lost step. */
    public static Decision resolve(Release release, Resolution resolution) {
        return ReleaseActions.refusal(release, ReleaseAction.RESOLVE)
                .orElseGet(() -> Decision.accept(new ReleaseEvent.Resolved(resolution)));
    }

    private static boolean done(Attempt attempt, Step step) {
        return attempt.steps().stream().anyMatch(run -> run.step() == step && run.status() == StepRun.Status.SUCCEEDED);
    }

    private static String key(Release release, Attempt attempt, Step step) {
        long before = attempt.steps().stream().filter(run -> run.step() == step).count();
        String repetition = before == 0 ? "" : "/" + (before + 1);
        return keyPrefix(release, attempt) + step.name().toLowerCase(Locale.ROOT) + repetition;
    }

    /** How the keys of an attempt's own steps begin; a step that was carried over keeps its first attempt's key. */
    public static String keyPrefix(Release release, Attempt attempt) {
        return release.id() + "/" + attempt.number() + "/";
    }
}
