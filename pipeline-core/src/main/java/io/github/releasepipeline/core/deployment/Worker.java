package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one release from step to step, under one fencing token, until it ends, waits for a person or belongs to another. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Engine engine;
    private final WiredEnvironments environments;
    private final StepExecutor executor;
    private final Recorder recorder;
    private final Persistence persistence;
    private final LongSupplier nanos;
    private final ReleaseId id;
    private final long token;

    Worker(
            Engine engine,
            WiredEnvironments environments,
            StepExecutor executor,
            Recorder recorder,
            Persistence persistence,
            LongSupplier nanos,
            ReleaseId id,
            long token) {
        this.engine = engine;
        this.environments = environments;
        this.executor = executor;
        this.recorder = recorder;
        this.persistence = persistence;
        this.nanos = nanos;
        this.id = id;
        this.token = token;
    }

    /** Makes the next move; false if there is none after it. */
    boolean move() {
        Release release = current();
        StepRules.Move move = StepRules.next(release, token);
        LOG.atDebug()
                .addKeyValue("release", id)
                .addKeyValue("environment", release.environment())
                .log("{}", move);
        if (move instanceof StepRules.Move.Begin begin) {
            return !recorder.begun(id, token, begin) || runBegun(begin);
        }
        if (move instanceof StepRules.Move.Recover recover) {
            return run(release, recover.step(), recover.attemptKey(), true);
        }
        if (move instanceof StepRules.Move.Cancel cancel) {
            cancel(release, cancel);
        } else if (move instanceof StepRules.Move.GiveUp giveUp) {
            recorder.ended(
                    id,
                    token,
                    new ReleaseEvent.Failed(
                            giveUp.step(),
                            ran(release),
                            FailureKind.UNKNOWN,
                            giveUp.step().label() + " was given up"));
        } else if (move instanceof StepRules.Move.Finish) {
            recorder.succeeded(id, token, ran(release));
        }
        return false;
    }

    /** Looks again: a worker that was taken over meanwhile must not call under the newer worker's token. */
    private boolean runBegun(StepRules.Move.Begin begin) {
        Release release = current();
        return !(StepRules.next(release, token) instanceof StepRules.Move.Stop)
                && run(release, begin.step(), begin.attemptKey(), false);
    }

    private boolean run(Release release, Step step, String attemptKey, boolean begunByAnother) {
        WiredEnvironment wired = environments.get(release.environment());
        RecordedLog log = new RecordedLog(engine, id, release.attempts().size(), step);
        long before = nanos.getAsLong();
        StepExecutor.Result result = begunByAnother
                ? executor.recover(release, wired, step, attemptKey, log)
                : executor.run(release, wired, step, attemptKey, log);
        Duration took = Duration.ofNanos(nanos.getAsLong() - before);
        if (result instanceof StepExecutor.Result.Lost lost) {
            recorder.lost(id, token, step, lost.why(), log);
            return false;
        }
        StepOutcome outcome = ((StepExecutor.Result.Answered) result).outcome();
        if (outcome instanceof StepOutcome.Fenced fenced) {
            return fenced(step, took, fenced, log);
        }
        return recorder.outcome(id, token, step, took, ran(release), outcome, log);
    }

    /** The target knows a newer worker. If the store does not, something else drives this target: a person has to look. */
    private boolean fenced(Step step, Duration took, StepOutcome.Fenced fenced, RecordedLog log) {
        Release now = current();
        if (StepRules.next(now, token) instanceof StepRules.Move.Stop) {
            return false;
        }
        StepOutcome refused = new StepOutcome.Failed(
                FailureKind.ERRORED,
                "The target has seen token " + fenced.newestToken() + ", newer than " + token
                        + ": is it driven by something else?",
                List.of());
        return recorder.outcome(id, token, step, took, ran(now), refused, log);
    }

    private void cancel(Release release, StepRules.Move.Cancel cancel) {
        RecordedLog log = new RecordedLog(engine, id, release.attempts().size(), StepRules.lastStep(release));
        Optional<String> leftOver = Optional.empty();
        if (cancel.staged()) {
            StepExecutor.Result result = executor.dropStaged(release, environments.get(release.environment()), log);
            leftOver = result instanceof StepExecutor.Result.Answered answered
                            && answered.outcome() instanceof StepOutcome.Done
                    ? Optional.empty()
                    : Optional.of("what was staged could not be dropped: " + result);
        }
        log.warning("Cancelled by " + cancel.cancellation().by().id() + ": "
                + cancel.cancellation().reason());
        recorder.cancelled(id, token, cancel.cancellation(), leftOver);
    }

    private Release current() {
        return persistence.insist(() -> engine.get(id));
    }

    /** How long the attempt has run: the sum of its own steps, by the monotonic clock that timed each of them. */
    private static Duration ran(Release release) {
        return release.lastAttempt().stream()
                .flatMap(attempt -> attempt.steps().stream()
                        .filter(run -> run.attemptKey().startsWith(StepRules.keyPrefix(release, attempt))))
                .flatMap(run -> run.took().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
