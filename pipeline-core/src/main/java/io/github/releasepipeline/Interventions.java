package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.deployment.Activations;
import io.github.releasepipeline.core.deployment.GateLines;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.release.CancelRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.core.release.VerdictRules;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Resolution;
import java.util.Optional;
import java.util.function.BiFunction;

/** What people do to a release that is on its way. */
final class Interventions {
    private final Wiring wiring;
    private final Actor actor;

    Interventions(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    Release cancel(ReleaseId id, String reason) {
        Release cancelled = wiring.engine().execute(actor, Optional.of(reason), unit -> {
            Release after =
                    unit.decide(ReleaseMachine.MACHINE, id, release -> CancelRules.cancel(release, unit.stamp()));
            EnvironmentId environment = new EnvironmentId(after.environment());
            boolean waits = unit.find(environment).stream()
                    .flatMap(found -> found.queue().stream())
                    .anyMatch(waiting -> waiting.release().equals(id));
            if (waits) {
                unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.Dequeued(id));
            }
            wiring.launcher().wake(unit, after);
            return after;
        });
        new Automations(wiring).ended(cancelled);
        return cancelled;
    }

    /** Takes away what keeps a release from starting; it may be its turn in the queue then, or it starts by itself. */
    Release letThrough(ReleaseId id, String reason, BiFunction<UnitOfWork, Release, Decision> rule) {
        Release free = wiring.engine().execute(actor, Optional.of(reason), unit -> {
            Release after = unit.decide(ReleaseMachine.MACHINE, id, release -> rule.apply(unit, release));
            unit.afterCommit(() -> wiring.launcher().nudge(after.environment()));
            return after;
        });
        return new Starts(wiring).byItself(free);
    }

    Deployment resolve(ReleaseId id, Resolution resolution, String reason) {
        wiring.engine().run(actor, Optional.of(reason), unit -> {
            Release after = unit.decide(ReleaseMachine.MACHINE, id, release -> StepRules.resolve(release, resolution));
            if (resolution == Resolution.HAPPENED) {
                Activations.record(unit, after, StepRules.lastStep(after));
            }
            wiring.launcher().resume(unit, after);
        });
        return new Deployment(wiring, id);
    }

    Deployment judge(ReleaseId id, String gate, GateVerdict verdict, String reason) {
        if (verdict == GateVerdict.INCONCLUSIVE) {
            throw new IllegalArgumentException("A person says passed or failed, or nothing yet");
        }
        ApprovalRules.Voter voter =
                new ApprovalRules.Voter(actor, wiring.access().groups(actor));
        new Involvements(wiring).decide(id, actor, Optional.of(reason), (unit, involved) -> {
            Release after = unit.decide(
                    ReleaseMachine.MACHINE,
                    id,
                    release -> VerdictRules.judge(release, gate, verdict, reason, voter, involved, unit.now()));
            unit.log(GateLines.verdict(after, gate, unit.now()));
            wiring.launcher().resume(unit, after);
            return after;
        });
        return new Deployment(wiring, id);
    }
}
