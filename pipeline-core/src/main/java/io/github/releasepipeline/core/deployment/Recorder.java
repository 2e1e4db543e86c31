package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Commits what a worker begins and what came of it. Every commit checks that the worker's token is still the newest. */
final class Recorder {
    private final Engine engine;
    private final Persistence persistence;
    private final String repository;

    Recorder(Engine engine, Persistence persistence, String repository) {
        this.engine = engine;
        this.persistence = persistence;
        this.repository = repository;
    }

    /** Commits the intent to run a step; false if the worker has to look again what its next move is. */
    boolean begun(ReleaseId id, long token, StepRules.Move.Begin begin) {
        return commit(unit -> {
            Release release = unit.get(id);
            StepRules.Move move = StepRules.next(release, token);
            if (!move.equals(begin)) {
                return move.equals(new StepRules.Move.Recover(begin.step(), begin.attemptKey()));
            }
            unit.log(line(unit, release, begin.step(), LogEntry.Level.INFO, LogLines.begin(begin.step())));
            unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.StepStarted(begin.step(), begin.attemptKey()));
            return true;
        });
    }

    /** Commits what came of a step; false if the release does not go on. */
    boolean outcome(
            ReleaseId id, long token, Step step, Duration took, Duration before, StepOutcome outcome, RecordedLog log) {
        List<LogEntry> lines = log.takeWaiting(); // not in the transaction, which may run again
        return commit(unit -> {
            Release release = unit.get(id);
            StepRules.Move move = StepRules.next(release, token);
            if (!(move instanceof StepRules.Move.Recover)) {
                return !(move instanceof StepRules.Move.Stop); // recorded already, by a commit whose answer was lost
            }
            lines.forEach(unit::log);
            if (outcome instanceof StepOutcome.Failed failed) {
                failed(unit, release, step, took, before, failed);
                return false;
            }
            succeeded(unit, release, step, took, outcome);
            return true;
        });
    }

    void lost(ReleaseId id, long token, Step step, String why, RecordedLog log) {
        List<LogEntry> lines = log.takeWaiting();
        record(unit -> {
            Release release = unit.get(id);
            if (isCurrent(release, token)) {
                lines.forEach(unit::log);
                unit.log(line(
                        unit,
                        release,
                        step,
                        LogEntry.Level.ERROR,
                        "Outcome of " + step.label() + " is unknown: " + why));
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.StepLost(step, why));
            }
        });
    }

    void ended(ReleaseId id, long token, ReleaseEvent.Failed failed) {
        record(unit -> {
            Release release = unit.get(id);
            if (isCurrent(release, token)) {
                fail(unit, release, failed, List.of());
            }
        });
    }

    void cancelled(ReleaseId id, long token, ReleaseState.Cancellation cancellation, Optional<String> leftOver) {
        record(unit -> {
            Release release = unit.get(id);
            if (isCurrent(release, token)) {
                leftOver.ifPresent(why -> degrade(unit, release, why, List.of()));
                unit.record(
                        ReleaseMachine.MACHINE,
                        id,
                        new ReleaseEvent.Cancelled(cancellation.by(), cancellation.reason()));
                free(unit, release);
            }
        });
    }

    void succeeded(ReleaseId id, long token, Duration took) {
        record(unit -> {
            Release release = unit.get(id);
            if (isCurrent(release, token)) {
                List<Delivery> delivered = Deliveries.record(unit, release, repository);
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.Succeeded(took, delivered));
                release.rollbackOf().ifPresent(from -> rolledBack(unit, from.release(), id));
                unit.log(line(
                        unit,
                        release,
                        StepRules.lastStep(release),
                        LogEntry.Level.SUCCESS,
                        LogLines.succeeded(release, took)));
                free(unit, release);
            }
        });
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

    /** The original may have been rolled back or started again by others while this rollback waited or ran. */
    private static void rolledBack(UnitOfWork unit, ReleaseId original, ReleaseId rollback) {
        if (ReleaseMachine.TABLE.allows(unit.get(original).state().kind(), ReleaseEvent.RolledBack.class)) {
            unit.record(ReleaseMachine.MACHINE, original, new ReleaseEvent.RolledBack(rollback));
        }
    }

    private static void failed(
            UnitOfWork unit, Release release, Step step, Duration took, Duration before, StepOutcome.Failed failed) {
        unit.record(
                ReleaseMachine.MACHINE,
                release.id(),
                new ReleaseEvent.StepFailed(step, took, failed.failure(), failed.message()));
        fail(
                unit,
                release,
                new ReleaseEvent.Failed(step, before.plus(took), failed.failure(), failed.message()),
                failed.unrestored());
    }

    private static void fail(UnitOfWork unit, Release release, ReleaseEvent.Failed failed, List<ItemId> unrestored) {
        unit.log(line(
                unit,
                release,
                failed.step(),
                LogEntry.Level.ERROR,
                LogLines.failed(release, failed.took(), failed.message())));
        if (release.kind() == ReleaseKind.ROLLBACK) {
            degrade(
                    unit,
                    release,
                    "rollback to " + release.number() + " failed midway: " + failed.message(),
                    unrestored);
        } else if (!unrestored.isEmpty()) {
            degrade(unit, release, "items of " + release.number() + " could not be put back", unrestored);
        }
        unit.record(ReleaseMachine.MACHINE, release.id(), failed);
        free(unit, release);
    }

    private static void degrade(UnitOfWork unit, Release release, String why, List<ItemId> items) {
        unit.record(
                EnvironmentMachine.MACHINE,
                new EnvironmentId(release.environment()),
                new EnvironmentEvent.Degraded(why, items));
    }

    private static void free(UnitOfWork unit, Release release) {
        unit.record(
                EnvironmentMachine.MACHINE,
                new EnvironmentId(release.environment()),
                new EnvironmentEvent.SlotFreed(release.id()));
    }

    private static boolean isCurrent(Release release, long token) {
        return !(StepRules.next(release, token) instanceof StepRules.Move.Stop);
    }

    private static LogEntry line(UnitOfWork unit, Release release, Step step, LogEntry.Level level, String text) {
        int attempt = Math.max(1, release.attempts().size());
        String oneLine = text.replaceAll("\\R+", " "); // messages of others may have several
        return new LogEntry(release.id(), unit.now(), attempt, Optional.of(step), level, oneLine);
    }

    private void record(Consumer<UnitOfWork> work) {
        commit(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private boolean commit(Function<UnitOfWork, Boolean> work) {
        return persistence.insist(() -> engine.execute(Actor.system(), Optional.empty(), work));
    }
}
