package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import java.util.Locale;
import java.util.Optional;

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
         * Find out what came of a step that another worker began.
         *
         * @param step which
         * @param attemptKey under which key
         */
        record Recover(Step step, String attemptKey) implements Move {}

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
         * A person gave up on the step.
         *
         * @param step which
         */
        record GiveUp(Step step) implements Move {}
    }

    private StepRules() {}

    /**
     * The next move of the worker that holds a token.
     *
     * @param release the release as it is now
     * @param token the worker's fencing token
     */
    public static Move next(Release release, long token) {
        Attempt attempt = release.lastAttempt().orElse(null);
        if (!(release.state() instanceof ReleaseState.InProgress running)
                || attempt == null
                || attempt.fencingToken() != token) {
            return new Move.Stop();
        }
        Optional<StepRun> last = attempt.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(attempt.steps().get(attempt.steps().size() - 1));
        if (last.filter(run -> run.status() == StepRun.Status.RUNNING).isPresent()) {
            return new Move.Recover(last.get().step(), last.get().attemptKey());
        }
        if (last.filter(run -> run.status() == StepRun.Status.FAILED).isPresent()) {
            return new Move.GiveUp(last.get().step());
        }
        Optional<Step> next = Step.of(release.kind()).stream()
                .filter(step -> !done(attempt, step))
                .findFirst();
        if (next.isEmpty()) {
            return new Move.Finish();
        }
        if (running.cancellation().isPresent() && !done(attempt, Step.ACTIVATE)) {
            return new Move.Cancel(running.cancellation().get(), CancelRules.begun(release, Step.DEPLOY_ARTIFACTS));
        }
        return new Move.Begin(next.get(), key(release, attempt, next.get()));
    }

    /** The step of an attempt that came last; its first if none was begun. */
    public static Step lastStep(Release release) {
        return release.lastAttempt()
                .filter(attempt -> !attempt.steps().isEmpty())
                .map(attempt -> attempt.steps().get(attempt.steps().size() - 1).step())
                .orElse(Step.of(release.kind()).get(0));
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
