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

    /** Records what a rollback that has succeeded was asked to take away. */
    static void succeeded(UnitOfWork unit, Release rollback) {
        rollback.rollbackOf().ifPresent(from -> takenAway(unit, from.release(), rollback));
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
                .ifPresent(active -> takenAway(unit, active, rollback));
    }

    /**
     * It may have been rolled back or started again by others while the rollback waited or ran. What a rollback that failed was
     * asked to take away goes with it, unless it is brought back.
     */
    private static void takenAway(UnitOfWork unit, ReleaseId id, Release rollback) {
        Release release = unit.get(id);
        if (!ReleaseMachine.TABLE.allows(release.state().kind(), ReleaseEvent.RolledBack.class)) {
            return;
        }
        unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.RolledBack(rollback.id()));
        release.rollbackOf()
                .filter(from -> release.state() instanceof ReleaseState.Failed)
                .filter(from -> !from.version().equals(rollback.version()))
                .ifPresent(from -> takenAway(unit, from.release(), rollback));
    }
}
