package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.RollbackRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;

/** Deals with versions that did not prove themselves after their activation. */
final class AutomaticRollbacks {
    /** Who rolls back when nobody does. */
    static final Actor RULE = Actor.rule("automatic-rollback");

    private static final int LONGEST_REASON = 500;

    private final Wiring wiring;

    AutomaticRollbacks(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * Ends the watch, and goes back to the last verified version where the environment's policy says so: not if no check
     * could say anything, not while something else runs, and never from a rollback, for those are not watched.
     */
    void failed(ReleaseId id, FailureKind failure, String why) {
        Release release = wiring.engine().get(id);
        WiredEnvironment wired = wiring.environments().get(release.environment());
        boolean back =
                failure == FailureKind.FAILED && release.policy().steps().afterFailure() == AfterFailure.ROLL_BACK;
        Optional<VersionId> target = back ? target(wired) : Optional.empty();
        Optional<Plan> plan =
                target.map(version -> wiring.planner().plan(wiring.engine().get(version), wired));
        ReleaseId rollback = new ReleaseId(wiring.engine().newId());
        String oneLine = why.replaceAll("\\v+", " ");
        String told = "verification of " + release.number() + " failed: "
                + oneLine.substring(0, Math.min(oneLine.length(), LONGEST_REASON));
        wiring.engine().run(RULE, Optional.of(told), unit -> {
            Environment environment = unit.get(wired.id());
            boolean watched = environment
                    .watch()
                    .filter(watch -> watch.release().equals(id))
                    .isPresent();
            boolean othersAct = environment.running().isPresent()
                    || environment.degradation().isPresent();
            if (!watched || othersAct) {
                return;
            }
            unit.record(
                    EnvironmentMachine.MACHINE,
                    wired.id(),
                    new EnvironmentEvent.VerificationFailed(id, failure, oneLine));
            log(unit, release, LogEntry.Level.ERROR, "Verification of " + release.number() + " failed: " + oneLine);
            if (plan.isPresent()) {
                rollBack(unit, release, rollback, target.orElseThrow(), plan.get());
            } else if (back) {
                log(
                        unit,
                        release,
                        LogEntry.Level.WARNING,
                        "Not rolled back: no other version was verified in " + wired.name());
            }
        });
    }

    private void rollBack(UnitOfWork unit, Release release, ReleaseId id, VersionId target, Plan plan) {
        WiredEnvironment wired = wiring.environments().get(release.environment());
        Release now = unit.get(release.id());
        Version version = unit.get(target);
        Decision decision = RollbackRules.rollback(
                now,
                unit.get(wired.id()),
                version,
                false,
                false,
                Rollbacks.requested(now, version, wired, plan.summary()));
        log(unit, release, LogEntry.Level.WARNING, "Rolling back to " + version.number() + " with release " + id);
        new Rollbacks(wiring, RULE).launch(unit, id, unit.accepted(release.id(), decision), wired);
    }

    private Optional<VersionId> target(WiredEnvironment wired) {
        return RollbackRules.lastVerified(
                wiring.planner().remembered(wired),
                version -> wiring.engine().get(version).state().kind());
    }

    private static void log(UnitOfWork unit, Release release, LogEntry.Level level, String text) {
        unit.log(new LogEntry(release.id(), unit.now(), release.attempts().size(), Optional.empty(), level, text));
    }
}
