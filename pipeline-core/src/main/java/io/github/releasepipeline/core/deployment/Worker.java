package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.release.RetryRules;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
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
    private final BooleanSupplier closing;
    private final boolean alone;
    private final ReleaseId id;
    private final long token;
    /** The step whose intent this worker has committed, and that it has not called yet. */
    private Optional<StepRules.Move.Begin> next = Optional.empty();

    private Optional<Release> seen = Optional.empty();

    Worker(
            Engine engine,
            WiredEnvironments environments,
            StepExecutor executor,
            Recorder recorder,
            Persistence persistence,
            LongSupplier nanos,
            BooleanSupplier closing,
            boolean alone,
            ReleaseId id,
            long token) {
        this.engine = engine;
        this.environments = environments;
        this.executor = executor;
        this.recorder = recorder;
        this.persistence = persistence;
        this.nanos = nanos;
        this.closing = closing;
        this.alone = alone;
        this.id = id;
        this.token = token;
    }

    /** Makes the next move, and says when the one after it is due. */
    Progress move() {
        Optional<StepRules.Move.Begin> begun = next;
        next = Optional.empty();
        if (begun.isPresent()) {
            return runBegun(begun.get());
        }
        Release release = current();
        StepRules.Move move = StepRules.next(release, token, engine.now());
        LOG.atDebug()
                .addKeyValue("release", id)
                .addKeyValue("environment", release.environment())
                .log("{}", move);
        if (move instanceof StepRules.Move.Begin begin) {
            After after = recorder.begun(id, token, begin);
            return after instanceof After.Begun now ? runBegun(now.begin()) : goOn(after);
        }
        if (move instanceof StepRules.Move.Recover recover) {
            return recover(release, recover);
        }
        if (move instanceof StepRules.Move.Wait wait) {
            return new Progress.Until(wait.until());
        }
        if (move instanceof StepRules.Move.Cancel cancel) {
            cancel(release, cancel);
        } else if (move instanceof StepRules.Move.GiveUp giveUp) {
            giveUp(release, giveUp);
        } else if (move instanceof StepRules.Move.Finish) {
            recorder.succeeded(id, token, StepRules.ran(release));
        }
        return new Progress.Rest();
    }

    /**
     * Whoever finds a step running makes the same move. If it breaks off for a reason of its own, it would do so with everybody
     * who takes over, for ever: so it is told, as if the step's call had broken off and its target could not tell.
     */
    private Progress recover(Release release, StepRules.Move.Recover recover) {
        try {
            return run(
                    release,
                    recover.step(),
                    already(release, recover.step()),
                    (wired, log) -> executor.recover(
                            release, wired, recover.step(), recover.attemptKey(), recover.unanswered(), log));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (passes(e)) {
                throw e;
            }
            LOG.atError()
                    .addKeyValue("release", id)
                    .addKeyValue("step", recover.step())
                    .setCause(e)
                    .log("The run broke off");
            return brokenOff(release, recover.step(), "the run broke off: " + Calls.text(e));
        }
    }

    /** Whether it may be otherwise elsewhere or later: the store is away, the process ends, or it knows no such environment. */
    private boolean passes(Throwable problem) {
        return problem instanceof PipelineException
                || closing.getAsBoolean()
                || Thread.currentThread().isInterrupted();
    }

    private Progress brokenOff(Release release, Step step, String why) {
        if (step.onlyReads()) {
            StepOutcome failed = new StepOutcome.Failed(FailureKind.ERRORED, why, List.of());
            return outcome(step, Duration.ZERO, StepRules.ran(release), failed, log(release));
        }
        return Progress.goOnIf(!recorder.lost(id, token, step, why, log(release)));
    }

    /** Asks again: a worker that was taken over meanwhile must not call under the newer worker's token. */
    private Progress runBegun(StepRules.Move.Begin begin) {
        Release release = current();
        return StepRules.next(release, token, engine.now()) instanceof StepRules.Move.Stop
                ? new Progress.Rest()
                : run(
                        release,
                        begin.step(),
                        Duration.ZERO,
                        (wired, log) -> executor.run(release, wired, begin.step(), begin.attemptKey(), log));
    }

    /** @param already how long the step has taken before */
    private Progress run(
            Release release,
            Step step,
            Duration already,
            BiFunction<WiredEnvironment, RecordedLog, StepExecutor.Result> call) {
        RecordedLog log = new RecordedLog(engine, id, release.attempts().size(), step);
        long before = nanos.getAsLong();
        StepExecutor.Result result = call.apply(environments.get(release.environment()), log);
        Duration took = already.plus(Duration.ofNanos(nanos.getAsLong() - before));
        if (result instanceof StepExecutor.Result.Unanswered unanswered) {
            return recorder.unanswered(id, token, step, took, unanswered.why(), log)
                    .<Progress>map(Progress.Raised::new)
                    .orElseGet(Progress.Rest::new);
        }
        if (result instanceof StepExecutor.Result.Lost lost) {
            return lost(release, step, took, lost.why(), log);
        }
        if (result instanceof StepExecutor.Result.Again) {
            return new Progress.GoOn();
        }
        StepOutcome outcome = ((StepExecutor.Result.Answered) result).outcome();
        if (outcome instanceof StepOutcome.Fenced fenced) {
            return fenced(step, took, fenced, log);
        }
        return outcome(step, took, StepRules.ran(release), outcome, log);
    }

    private Progress outcome(Step step, Duration took, Duration before, StepOutcome outcome, RecordedLog log) {
        return goOn(recorder.outcome(id, token, step, took, before, outcome, log, !closing.getAsBoolean()));
    }

    private Progress goOn(After after) {
        if (after instanceof After.Begun begun) {
            next = Optional.of(begun.begin());
        }
        return Progress.goOnIf(!(after instanceof After.Rest));
    }

    private Progress lost(Release release, Step step, Duration took, String why, RecordedLog log) {
        Optional<Duration> wait = RetryRules.askAgain(release, step);
        if (wait.isPresent()) {
            Optional<String> text = Optional.of(LogLines.askedAgain(step, why, wait.get()));
            return Progress.goOnIf(recorder.waits(id, token, step, took, wait.get(), why, text, log));
        }
        return Progress.goOnIf(!recorder.lost(id, token, step, why, log));
    }

    /** Gates may have waited before they are asked here, possibly on another node: that time counts too. */
    private Duration already(Release release, Step step) {
        if (!step.asksGates()) {
            return Duration.ZERO;
        }
        Instant begun = StepRules.lastRun(release).orElseThrow().startedAt();
        return Spans.between(begun, engine.now());
    }

    /** The target knows a newer worker. If the store does not, something else drives this target: a person has to look. */
    private Progress fenced(Step step, Duration took, StepOutcome.Fenced fenced, RecordedLog log) {
        Release now = current();
        if (StepRules.next(now, token, engine.now()) instanceof StepRules.Move.Stop) {
            return new Progress.Rest();
        }
        StepOutcome refused = new StepOutcome.Failed(
                FailureKind.ERRORED,
                "The target has seen token " + fenced.newestToken() + ", newer than " + token
                        + ": is it driven by something else?",
                List.of());
        return outcome(step, took, StepRules.ran(now), refused, log);
    }

    private void giveUp(Release release, StepRules.Move.GiveUp giveUp) {
        RecordedLog log = log(release);
        Optional<EnvironmentEvent.Degraded> leftOver = giveUp.staged() ? drop(release, log) : Optional.empty();
        ReleaseEvent.Failed failed =
                new ReleaseEvent.Failed(giveUp.step(), StepRules.ran(release), giveUp.failure(), giveUp.message());
        recorder.ended(id, token, failed, leftOver, log);
    }

    private void cancel(Release release, StepRules.Move.Cancel cancel) {
        RecordedLog log = log(release);
        Optional<EnvironmentEvent.Degraded> leftOver = cancel.staged() ? drop(release, log) : Optional.empty();
        recorder.cancelled(id, token, cancel.cancellation(), leftOver, log);
    }

    /** Drops what was staged; says what is wrong with the environment if that does not work. */
    private Optional<EnvironmentEvent.Degraded> drop(Release release, RecordedLog log) {
        StepExecutor.Result result = executor.dropStaged(release, environments.get(release.environment()), log);
        if (result instanceof StepExecutor.Result.Answered answered) {
            StepOutcome outcome = answered.outcome();
            List<ItemId> left = outcome instanceof StepOutcome.Failed failed ? failed.unrestored() : List.of();
            return outcome instanceof StepOutcome.Done
                    ? Optional.empty()
                    : Optional.of(notDropped(LogLines.said(outcome), left));
        }
        String why = result instanceof StepExecutor.Result.Lost lost ? lost.why() : "the target gave no answer";
        return Optional.of(notDropped(why, List.of()));
    }

    private static EnvironmentEvent.Degraded notDropped(String why, List<ItemId> items) {
        return new EnvironmentEvent.Degraded("what was staged could not be dropped: " + why, items);
    }

    private RecordedLog log(Release release) {
        return new RecordedLog(engine, id, release.attempts().size(), StepRules.lastStep(release));
    }

    /** What this worker itself has just committed need not be read: its next commit asks again whether that is still so. */
    private Release current() {
        Release release = recorder.justCommitted()
                .or(this::justStarted)
                .orElseGet(() -> persistence.insist(() -> engine.get(id)));
        seen = Optional.of(release);
        return release;
    }

    /**
     * Nor what a command has started here. Where others might have gone on from there, only if its first step is yet to be begun:
     * the commit of that compares it.
     */
    private Optional<Release> justStarted() {
        return seen.isPresent()
                ? Optional.empty()
                : Optional.of(persistence.insist(() -> engine.seen(id)))
                        .filter(release -> release.lastAttempt()
                                .filter(attempt -> attempt.fencingToken() == token
                                        && attempt.steps().stream().allMatch(run -> alone && isFirst(run)))
                                .isPresent());
    }

    private static boolean isFirst(StepRun run) {
        return run.step() == Step.PRE_DEPLOYMENT_CHECKS && run.status() == StepRun.Status.RUNNING;
    }

    /** The release as this worker saw it last, before its last commit. */
    Release seen() {
        return seen.orElseThrow();
    }
}
