package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.RollbackOf;
import java.util.Optional;

/** Says of releases that a rollback has taken them away. */
final class Reversals {
    private Reversals() {}

    /**
     * Records what a rollback that has succeeded was asked to take away. What a rollback that failed was asked to take away goes
     * with it, unless it is brought back.
     */
    static void succeeded(UnitOfWork unit, Release rollback) {
        Optional<Release> named = asked(unit, rollback);
        named.ifPresent(release -> takenAway(unit, release, rollback));
        Optional<Release> before = named.flatMap(release -> failedToTakeAway(unit, release));
        while (before.isPresent()) {
            Release release = before.get();
            if (!release.version().equals(rollback.version())) {
                takenAway(unit, release, rollback);
            }
            before = failedToTakeAway(unit, release);
        }
    }

    private static Optional<Release> failedToTakeAway(UnitOfWork unit, Release release) {
        return release.state() instanceof ReleaseState.Failed ? asked(unit, release) : Optional.empty();
    }

    private static Optional<Release> asked(UnitOfWork unit, Release rollback) {
        return rollback.rollbackOf().map(from -> unit.get(from.release()));
    }

    /**
     * Records that a rollback, which activates its version now, takes away another release than the one it was asked to: that one
     * had failed, and what was active is not gone back to.
     */
    static void activated(UnitOfWork unit, Release rollback, Environment before) {
        Optional<ReleaseId> asked = rollback.rollbackOf().map(RollbackOf::release);
        before.active()
                .filter(active -> !active.version().equals(rollback.version()))
                .map(ActiveVersion::release)
                .filter(active -> !asked.equals(Optional.of(active)))
                .ifPresent(active -> takenAway(unit, unit.get(active), rollback));
    }

    /** It may have been rolled back or started again by others while the rollback waited or ran. */
    private static void takenAway(UnitOfWork unit, Release release, Release rollback) {
        if (ReleaseMachine.TABLE.allows(release.state().kind(), ReleaseEvent.RolledBack.class)) {
            unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.RolledBack(rollback.id()));
        }
    }
}
