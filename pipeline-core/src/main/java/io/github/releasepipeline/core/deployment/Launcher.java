package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StartRules;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.subject.DomainEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives an environment's one slot to releases: at once when it is free, in order when it is not. */
public final class Launcher {
    private final Engine engine;
    private final WiredEnvironments environments;
    private final Planner planner;
    private final Workers workers;

    /** @param workers run what is started */
    public Launcher(Engine engine, WiredEnvironments environments, Planner planner, Workers workers) {
        this.engine = engine;
        this.environments = environments;
        this.planner = planner;
        this.workers = workers;
    }

    /** Starts a release that may start, or queues it. Part of the transaction that decided so. */
    public Release launch(UnitOfWork unit, ReleaseId id) {
        Release release = unit.get(id);
        Environment environment = environment(unit, release);
        boolean turn = environment.queue().isEmpty() || release.kind() == ReleaseKind.ROLLBACK;
        return environment.running().isEmpty() && turn
                ? start(unit, release, environment, Optional.empty())
                : queue(unit, release);
    }

    /** Lets the next waiting release run, if the slot is free. To be called, outside a transaction, when it became so. */
    public void advance(EnvironmentName name) {
        WiredEnvironment wired = environments.get(name);
        while (planner.remembered(wired).running().isEmpty()) {
            Environment environment = planner.remembered(wired);
            if (environment.queue().isEmpty() || waitsForRepair(environment)) {
                return;
            }
            advance(wired, environment.queue().get(0).release(), environment.active());
        }
    }

    /** The same, on another thread. */
    public void nudge(EnvironmentName name) {
        workers.nudge(name);
    }

    /** A degraded environment is closed to what waits, except for a rollback. */
    private static boolean waitsForRepair(Environment environment) {
        return environment.degradation().isPresent()
                && environment.queue().get(0).kind() == ReleaseKind.DEPLOY;
    }

    /** @param active what was active before the plan is made: if it is not any more, the plan is none */
    private void advance(WiredEnvironment wired, ReleaseId head, Optional<ActiveVersion> active) {
        Release waiting = engine.get(head);
        PlanSummary fresh = waiting.kind() == ReleaseKind.ROLLBACK
                ? waiting.plan()
                : planner.plan(engine.get(waiting.version()), wired).summary();
        engine.run(Actor.system(), Optional.empty(), unit -> {
            Environment environment = unit.find(wired.id()).orElse(Environment.fresh(wired.name()));
            boolean stillHead = !environment.queue().isEmpty()
                    && environment.queue().get(0).release().equals(head);
            boolean same = environment.active().equals(active);
            if (environment.running().isEmpty() && stillHead && same && !waitsForRepair(environment)) {
                next(unit, unit.get(head), environment, fresh);
            }
        });
    }

    private void next(UnitOfWork unit, Release release, Environment environment, PlanSummary fresh) {
        if (StartRules.overtaken(release, environment, Numbers.ORDER)) {
            supersede(unit, release, environment.active().orElseThrow().release());
            return;
        }
        if (StartRules.retired(release, unit.get(release.version())).orElse(null) instanceof Decision.Refused retired) {
            unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.Dequeued(release.id()));
            unit.record(
                    ReleaseMachine.MACHINE,
                    release.id(),
                    new ReleaseEvent.Cancelled(unit.stamp().actor(), retired.message()));
            return;
        }
        Optional<Instant> waitsSince = Optional.of(((ReleaseState.Queued) release.state()).since());
        List<DomainEvent> lapse = StartRules.lapse(release, fresh);
        if (lapse.isEmpty()) {
            start(unit, release, environment, waitsSince);
            return;
        }
        unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.Dequeued(release.id()));
        Release replanned = unit.record(ReleaseMachine.MACHINE, release.id(), lapse);
        if (replanned.state().kind() == ReleaseState.Kind.READY) {
            start(unit, replanned, environment(unit, replanned), waitsSince);
        }
    }

    /** Takes over a running release whose worker is gone, or starts what waits. */
    public void recover(WiredEnvironment wired) {
        Optional<ReleaseId> running = planner.remembered(wired).running();
        if (running.isEmpty()) {
            advance(wired.name());
        } else if (!workers.runsHere(running.get())) {
            takeOver(wired, running.get());
        }
    }

    private void takeOver(WiredEnvironment wired, ReleaseId id) {
        engine.run(Actor.system(), Optional.of("its worker is gone"), unit -> {
            Environment environment = unit.get(wired.id());
            boolean runs = environment.running().equals(Optional.of(id))
                    && unit.get(id).state().kind() == ReleaseState.Kind.IN_PROGRESS;
            if (runs) {
                long token = environment.fencingToken() + 1;
                unit.record(EnvironmentMachine.MACHINE, wired.id(), new EnvironmentEvent.SlotTakenOver(id, token));
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.TakenOver(token));
                unit.afterCommit(() -> workers.run(id, token));
            }
        });
    }

    /** @param waitsSince since when the release was in the queue; empty if it never was */
    private Release start(UnitOfWork unit, Release release, Environment environment, Optional<Instant> waitsSince) {
        long token = environment.fencingToken() + 1;
        int attempt = release.attempts().size() + 1;
        unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.SlotTaken(release.id(), token));
        // A hold that came while this deployment waited is not for it to lift.
        boolean lifts = release.kind() == ReleaseKind.DEPLOY
                && environment.hold().stream()
                        .anyMatch(hold -> waitsSince
                                .filter(since -> !since.isAfter(hold.since()))
                                .isEmpty());
        if (lifts) {
            unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.HoldLifted());
        }
        unit.log(LogLines.starting(release, attempt, unit.now()));
        unit.afterCommit(() -> workers.run(release.id(), token));
        return unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.AttemptStarted(attempt, token));
    }

    private Release queue(UnitOfWork unit, Release release) {
        EnvironmentId id = new EnvironmentId(release.environment());
        if (release.policy().queueOrder() == EnvironmentPolicy.QueueOrder.NEWEST_WINS) {
            for (QueuedRelease waiting : unit.get(id).queue()) {
                if (waiting.kind() == ReleaseKind.DEPLOY) {
                    supersede(unit, unit.get(waiting.release()), release.id());
                }
            }
        }
        unit.record(
                EnvironmentMachine.MACHINE,
                id,
                new EnvironmentEvent.Enqueued(release.id(), release.number(), release.kind()));
        if (unit.get(id).running().isEmpty()) {
            unit.afterCommit(() -> workers.nudge(release.environment()));
        }
        return unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.Queued());
    }

    private static void supersede(UnitOfWork unit, Release release, ReleaseId successor) {
        EnvironmentId environment = new EnvironmentId(release.environment());
        unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.Dequeued(release.id()));
        unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.Superseded(successor));
    }

    private static Environment environment(UnitOfWork unit, Release release) {
        EnvironmentId id = new EnvironmentId(release.environment());
        return unit.find(id).orElse(Environment.fresh(id.name()));
    }
}
