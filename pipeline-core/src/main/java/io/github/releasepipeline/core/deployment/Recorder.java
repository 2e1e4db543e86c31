package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.RetryRules;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Commits what a worker begins and what came of it. Every commit checks that the worker's token is still the newest. */
final class Recorder {
    private final Engine engine;
    private final Persistence persistence;
    private final String repository;
    private Optional<Release> committed = Optional.empty();
    private boolean hasCommitted;

    Recorder(Engine engine, Persistence persistence, String repository) {
        this.engine = engine;
        this.persistence = persistence;
        this.repository = repository;
    }

    /** Commits the intent to run a step, and what follows from it without a call. */
    After begun(ReleaseId id, long token, StepRules.Move.Begin begin) {
        return commit(id, unit -> {
            Release release = unit.get(id);
            StepRules.Move move = StepRules.next(release, token, unit.now());
            if (move.equals(begin)) {
                return next(unit, release, token);
            }
            boolean begun = move.equals(new StepRules.Move.Recover(begin.step(), begin.attemptKey(), Optional.empty()));
            return begun ? new After.Begun(begin) : new After.GoOn();
        });
    }

    static void begin(UnitOfWork unit, Release release, StepRules.Move.Begin begin) {
        int tried = RetryRules.attempt(release, begin.step());
        String text = LogLines.begin(begin.step(), tried, RetryRules.tries(release, begin.step()));
        unit.log(line(unit, release, begin.step(), LogEntry.Level.INFO, text));
        DomainEvent started = new ReleaseEvent.StepStarted(begin.step(), begin.attemptKey());
        unit.record(Actor.system(), ReleaseMachine.MACHINE, release.id(), List.of(started));
    }

    /**
     * Commits that a call gave no answer, and raises the token: whatever the call may still do, the target refuses it then.
     *
     * @return the token under which the worker goes on; absent if the release does not go on with it
     */
    Optional<Long> unanswered(ReleaseId id, long token, Step step, Duration took, String why, RecordedLog log) {
        List<LogEntry> lines = log.takeWaiting();
        return commit(id, unit -> {
            Release release = unit.get(id);
            if (release.lastAttempt()
                    .filter(attempt -> isRaised(attempt, token, why))
                    .isPresent()) {
                return Optional.of(token + 1); // recorded already, by a commit whose answer was lost
            }
            if (!(StepRules.next(release, token, unit.now()) instanceof StepRules.Move.Recover)) {
                return Optional.empty();
            }
            lines.forEach(unit::log);
            unit.log(line(unit, release, step, LogEntry.Level.WARNING, LogLines.unanswered(step, why)));
            unit.record(
                    EnvironmentMachine.MACHINE,
                    new EnvironmentId(release.environment()),
                    new EnvironmentEvent.SlotTakenOver(id, token + 1));
            unit.record(
                    ReleaseMachine.MACHINE,
                    id,
                    new ReleaseEvent.TakenOver(token + 1),
                    new ReleaseEvent.StepWaits(step, took, unit.now(), why));
            return Optional.of(token + 1);
        });
    }

    /** Nobody but the worker of a token raises it and begins a wait of no length in one go. */
    private static boolean isRaised(Attempt attempt, long token, String why) {
        return attempt.fencingToken() == token + 1
                && attempt.steps().stream()
                        .reduce((earlier, later) -> later)
                        .flatMap(StepRun::waiting)
                        .filter(wait ->
                                wait.until().equals(wait.since()) && wait.why().equals(why))
                        .isPresent();
    }

    /**
     * Commits that a running step is looked at again after a while.
     *
     * @param text for the log, if the step has not told itself
     * @return whether the worker looks again what its next move is
     */
    boolean waits(
            ReleaseId id,
            long token,
            Step step,
            Duration took,
            Duration wait,
            String why,
            Optional<String> text,
            RecordedLog log) {
        List<LogEntry> lines = log.takeWaiting();
        return commit(id, unit -> {
            Release release = unit.get(id);
            StepRules.Move move = StepRules.next(release, token, unit.now());
            if (move instanceof StepRules.Move.Recover) {
                lines.forEach(unit::log);
                text.ifPresent(told -> unit.log(line(unit, release, step, LogEntry.Level.WARNING, told)));
                wait(unit, release, step, took, wait, why);
            }
            return !(move instanceof StepRules.Move.Stop);
        });
    }

    private static void wait(UnitOfWork unit, Release release, Step step, Duration took, Duration wait, String why) {
        unit.record(
                ReleaseMachine.MACHINE,
                release.id(),
                new ReleaseEvent.StepWaits(step, took, unit.now().plus(wait), why));
    }

    /**
     * Commits what came of a step, and with it the intent to run the next one, or the end of the release.
     *
     * @param goOn whether the next step may begin at once
     */
    After outcome(
            ReleaseId id,
            long token,
            Step step,
            Duration took,
            Duration before,
            StepOutcome outcome,
            RecordedLog log,
            boolean goOn) {
        List<LogEntry> lines = log.takeWaiting(); // not in the transaction, which may run again
        return commit(id, unit -> {
            Release release = unit.get(id);
            StepRules.Move move = StepRules.next(release, token, unit.now());
            // Checks that were called have an outcome and lines, also if the release was called off meanwhile.
            boolean called = move instanceof StepRules.Move.Cancel
                    && step == Step.PRE_DEPLOYMENT_CHECKS
                    && StepRules.isRunning(release, step);
            if (!called && !(move instanceof StepRules.Move.Recover recover && recover.step() == step)) {
                return recorded(release, step, move);
            }
            lines.forEach(unit::log);
            if (outcome instanceof StepOutcome.Failed failed) {
                return failed(unit, release, step, took, before, failed) ? new After.GoOn() : new After.Rest();
            }
            succeeded(unit, release, step, took, outcome);
            return goOn ? next(unit, unit.get(id), token) : new After.GoOn();
        });
    }

    /**
     * It was recorded already: by a commit of this worker whose answer was lost, as nobody else begins steps under its token. Before
     * its first commit it may also have begun with what was not so any more; then the step that runs is somebody else's. One that comes
     * earlier was called: the store has lost what it had acknowledged.
     */
    private After recorded(Release release, Step step, StepRules.Move move) {
        List<Step> steps = release.steps();
        if (hasCommitted
                && move instanceof StepRules.Move.Recover recover
                && steps.indexOf(recover.step()) > steps.indexOf(step)) {
            return new After.Begun(new StepRules.Move.Begin(recover.step(), recover.attemptKey()));
        }
        return move instanceof StepRules.Move.Stop ? new After.Rest() : new After.GoOn();
    }

    /** A step that asks nobody is over in the commit in which it begins. */
    private After next(UnitOfWork unit, Release release, long token) {
        StepRules.Move move = StepRules.next(release, token, unit.now());
        if (move instanceof StepRules.Move.Begin begin) {
            begin(unit, release, begin);
            Release begun = unit.get(release.id());
            Optional<StepOutcome> known = StepExecutor.withoutCall(begun, begin.step(), unit.now());
            if (known.isEmpty()) {
                return new After.Begun(begin);
            }
            succeeded(unit, begun, begin.step(), Duration.ZERO, known.get());
            return next(unit, unit.get(release.id()), token);
        }
        if (move instanceof StepRules.Move.Finish) {
            finish(unit, release, StepRules.ran(release));
        }
        return new After.GoOn();
    }

    /** Commits that a step is lost; false if it does not run any more, and the worker looks again what its next move is. */
    boolean lost(ReleaseId id, long token, Step step, String why, RecordedLog log) {
        List<LogEntry> lines = log.takeWaiting();
        return commit(id, unit -> {
            Release release = unit.get(id);
            boolean lost = !(StepRules.next(release, token, unit.now()) instanceof StepRules.Move.Stop)
                    && StepRules.isRunning(release, step);
            if (lost) {
                lines.forEach(unit::log);
                unit.log(line(unit, release, step, LogEntry.Level.ERROR, LogLines.unknown(step, why)));
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.StepLost(step, why));
            }
            return lost;
        });
    }

    /** @param leftOver what could not be dropped of the release, if anything */
    void ended(
            ReleaseId id,
            long token,
            ReleaseEvent.Failed failed,
            Optional<EnvironmentEvent.Degraded> leftOver,
            RecordedLog log) {
        ifCurrent(id, token, log.takeWaiting(), (unit, release) -> {
            leftOver.ifPresent(degraded -> degrade(unit, release, degraded));
            fail(unit, release, failed, List.of());
        });
    }

    void cancelled(
            ReleaseId id,
            long token,
            ReleaseState.Cancellation cancellation,
            Optional<EnvironmentEvent.Degraded> leftOver,
            RecordedLog log) {
        ifCurrent(id, token, log.takeWaiting(), (unit, release) -> {
            Step last = StepRules.lastStep(release);
            unit.log(line(unit, release, last, LogEntry.Level.WARNING, LogLines.cancelled(cancellation)));
            leftOver.ifPresent(degraded -> degrade(unit, release, degraded));
            brokenOff(unit, release);
            unit.record(
                    ReleaseMachine.MACHINE, id, new ReleaseEvent.Cancelled(cancellation.by(), cancellation.reason()));
            free(unit, release);
        });
    }

    /** A step that waits is not left running. */
    private static void brokenOff(UnitOfWork unit, Release release) {
        if (StepRules.isRunning(release)) {
            unit.record(
                    ReleaseMachine.MACHINE,
                    release.id(),
                    new ReleaseEvent.StepFailed(
                            StepRules.lastStep(release), Duration.ZERO, FailureKind.UNKNOWN, "broken off"));
        }
    }

    void succeeded(ReleaseId id, long token, Duration took) {
        ifCurrent(id, token, List.of(), (unit, release) -> finish(unit, release, took));
    }

    private void finish(UnitOfWork unit, Release release, Duration took) {
        List<Delivery> delivered = Deliveries.record(unit, release, repository);
        unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.Succeeded(took, delivered));
        Reversals.succeeded(unit, release);
        if (release.kind() == ReleaseKind.ROLLBACK) {
            LogLines.NOT_ROLLED_BACK.forEach(text -> tell(unit, release, text));
        }
        tell(unit, release, LogLines.succeeded(release, took));
        LogLines.watching(release).ifPresent(text -> tell(unit, release, text));
        free(unit, release);
    }

    private static void tell(UnitOfWork unit, Release release, String text) {
        unit.log(line(unit, release, StepRules.lastStep(release), LogEntry.Level.INFO, text));
    }

    private static void succeeded(UnitOfWork unit, Release release, Step step, Duration took, StepOutcome outcome) {
        Optional<Backup> backup =
                outcome instanceof StepOutcome.BackedUp made ? Optional.of(made.backup()) : Optional.empty();
        String summary = outcome instanceof StepOutcome.Done done
                ? done.summary()
                : backup.map(Backup::reference).orElse("");
        LogLines.done(release, step, summary)
                .ifPresent(text -> unit.log(line(unit, release, step, LogEntry.Level.SUCCESS, text)));
        unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.StepSucceeded(step, took, summary, backup));
        Activations.record(unit, release, step);
    }

    /** Records a failure, and what follows from it: whether the step is tried again. */
    private static boolean failed(
            UnitOfWork unit, Release release, Step step, Duration took, Duration before, StepOutcome.Failed failed) {
        Optional<Duration> wait = RetryRules.tryAgain(release, step, failed);
        unit.record(
                ReleaseMachine.MACHINE,
                release.id(),
                new ReleaseEvent.StepFailed(step, took, failed.failure(), failed.message()));
        if (wait.isPresent()) {
            String text = LogLines.triedAgain(
                    step,
                    RetryRules.attempt(release, step),
                    RetryRules.tries(release, step),
                    failed.message(),
                    wait.get());
            unit.log(line(unit, release, step, LogEntry.Level.WARNING, text));
            wait(unit, release, step, Duration.ZERO, wait.get(), failed.message());
            return true;
        }
        ReleaseEvent.Failed end = new ReleaseEvent.Failed(step, before.plus(took), failed.failure(), failed.message());
        if (RetryRules.dropsStaged(release, step, failed.failure())) {
            if (!failed.unrestored().isEmpty()) {
                harmed(unit, release, end, failed.unrestored());
            }
            return true; // what was staged is dropped first
        }
        fail(unit, release, end, failed.unrestored());
        return false;
    }

    private static void fail(UnitOfWork unit, Release release, ReleaseEvent.Failed failed, List<ItemId> unrestored) {
        unit.log(line(
                unit,
                release,
                failed.step(),
                LogEntry.Level.ERROR,
                LogLines.failed(release, failed.took(), failed.message())));
        harmed(unit, release, failed, unrestored);
        unit.record(ReleaseMachine.MACHINE, release.id(), failed);
        free(unit, release);
    }

    private static void harmed(UnitOfWork unit, Release release, ReleaseEvent.Failed failed, List<ItemId> unrestored) {
        RetryRules.harm(release, failed, !unrestored.isEmpty())
                .ifPresent(why -> degrade(unit, release, new EnvironmentEvent.Degraded(why, unrestored)));
    }

    private static void degrade(UnitOfWork unit, Release release, EnvironmentEvent.Degraded degraded) {
        unit.record(EnvironmentMachine.MACHINE, new EnvironmentId(release.environment()), degraded);
    }

    private static void free(UnitOfWork unit, Release release) {
        unit.record(
                EnvironmentMachine.MACHINE,
                new EnvironmentId(release.environment()),
                new EnvironmentEvent.SlotFreed(release.id()));
    }

    static LogEntry line(UnitOfWork unit, Release release, Step step, LogEntry.Level level, String text) {
        int attempt = Math.max(1, release.attempts().size());
        return new LogEntry(release.id(), unit.now(), attempt, Optional.of(step), level, LogLines.oneLine(text));
    }

    /** @param lines that wait to be stored, and come before what the work says */
    private void ifCurrent(ReleaseId id, long token, List<LogEntry> lines, BiConsumer<UnitOfWork, Release> work) {
        commit(id, unit -> {
            Release release = unit.get(id);
            if (!(StepRules.next(release, token, unit.now()) instanceof StepRules.Move.Stop)) {
                lines.forEach(unit::log);
                work.accept(unit, release);
            }
            return true;
        });
    }

    private <R> R commit(ReleaseId id, Function<UnitOfWork, R> work) {
        committed = Optional.empty();
        Committed<R> after = persistence.insist(() -> engine.execute(
                Actor.system(), Optional.empty(), unit -> new Committed<>(work.apply(unit), unit.get(id))));
        committed = Optional.of(after.release());
        hasCommitted = true;
        return after.answer();
    }

    private record Committed<R>(R answer, Release release) {}

    /** The release as the last commit left it, handed out once: who asks again wants to know what others did meanwhile. */
    Optional<Release> justCommitted() {
        Optional<Release> release = committed;
        committed = Optional.empty();
        return release;
    }
}
