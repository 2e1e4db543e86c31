package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import java.util.List;
import java.util.Optional;

/** What is active where, holds and repairs. */
public final class Environments {
    private final Wiring wiring;
    private final Actor actor;

    Environments(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** All environments in the order in which they were configured. */
    public List<Environment> list() {
        return wiring.environments().all().stream()
                .map(wiring.planner()::remembered)
                .toList();
    }

    /** One environment. */
    public Environment get(String name) {
        return wiring.planner().remembered(wiring.environments().get(new EnvironmentName(name)));
    }

    /** What an environment demands. */
    public EnvironmentPolicy policy(String name) {
        return wiring.environments().get(new EnvironmentName(name)).policy();
    }

    /** Stops automatic deployments. */
    public Environment hold(String name, String reason) {
        return change(name, reason, new EnvironmentEvent.HoldPlaced());
    }

    /** Lets automatic deployments go on. */
    public Environment resume(String name, String reason) {
        return change(name, reason, new EnvironmentEvent.HoldLifted());
    }

    /** Says that a degraded environment is as it should be again, and opens it. */
    public Environment repaired(String name, String reason) {
        Environment repaired = change(name, reason, new EnvironmentEvent.Repaired());
        wiring.launcher().nudge(repaired.name());
        return repaired;
    }

    private Environment change(String name, String reason, EnvironmentEvent event) {
        wiring.access().require(actor, Permission.OPERATE_ENVIRONMENT, name);
        EnvironmentId id = wiring.environments().get(new EnvironmentName(name)).id();
        return wiring.engine()
                .execute(
                        actor,
                        Optional.of(Reasons.given(reason)),
                        unit -> unit.record(EnvironmentMachine.MACHINE, id, event));
    }
}
