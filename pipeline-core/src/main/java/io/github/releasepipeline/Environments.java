package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.TokenRules;
import io.github.releasepipeline.environment.Drift;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.WindowState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is active where, holds and repairs. Every change needs {@link Permission#OPERATE_ENVIRONMENT}. */
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
        return wiring.planner().remembered(wiring.environments().get(name));
    }

    /** What an environment demands. */
    public EnvironmentPolicy policy(String name) {
        return wiring.environments().get(name).policy();
    }

    /** Whether the windows of an environment let deployments through now, and when that changes. */
    public WindowState window(String name) {
        return policy(name).window(wiring.engine().now());
    }

    /**
     * Looks at what an environment really holds, and says what somebody changed, deleted or added past the pipeline. While a
     * release runs there, that may be its own work.
     *
     * @throws AdapterException if the target cannot be asked
     */
    public Drift drift(String name) {
        return wiring.planner().drift(wiring.environments().get(name));
    }

    /**
     * Stops automatic deployments, and those of services, until {@link #resume} or until a person deploys; those that are queued
     * wait on. What people start, or have queued already, is not stopped. Another hold takes the place of one before.
     */
    public Environment hold(String name, String reason) {
        return change(name, reason, new EnvironmentEvent.HoldPlaced(), held -> {});
    }

    /** Lets automatic deployments go on: what is queued at once, what is ready with the next maintenance. */
    public Environment resume(String name, String reason) {
        return change(name, reason, new EnvironmentEvent.HoldLifted(), wiring.launcher()::nudge);
    }

    /** Says that a degraded environment is as it should be again, and opens it: what is queued starts. Nothing is checked. */
    public Environment repaired(String name, String reason) {
        return change(name, reason, new EnvironmentEvent.Repaired(), wiring.launcher()::nudge);
    }

    /**
     * Raises the fencing token to one that the target knows, so that it accepts calls again. Needed when the store was
     * restored from a backup and targets were not: releases then fail, naming the token that the target has seen. Make sure
     * before that nothing else drives the target.
     *
     * @param to higher than the environment's token
     * @throws RefusedException if it is not higher, or a release runs
     */
    public Environment raiseToken(String name, long to, String reason) {
        wiring.access().require(actor, Permission.OPERATE_ENVIRONMENT, name);
        EnvironmentId id = wiring.environments().get(name).id();
        return wiring.engine().execute(actor, Optional.of(Reasons.given(reason)), unit -> {
            Environment environment = unit.find(id).orElse(Environment.fresh(id.name()));
            return unit.record(EnvironmentMachine.MACHINE, id, unit.accepted(id, TokenRules.raise(environment, to)));
        });
    }

    /** @param afterwards is done once the change is committed */
    private Environment change(
            String name, String reason, EnvironmentEvent event, Consumer<EnvironmentName> afterwards) {
        wiring.access().require(actor, Permission.OPERATE_ENVIRONMENT, name);
        EnvironmentId id = wiring.environments().get(name).id();
        return wiring.engine().execute(actor, Optional.of(Reasons.given(reason)), unit -> {
            unit.afterCommit(() -> afterwards.accept(id.name()));
            return unit.record(EnvironmentMachine.MACHINE, id, event);
        });
    }
}
