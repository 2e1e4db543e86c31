package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ForceRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.RequestRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Asks for deployments, by people and by rules. */
final class Requests {
    private final Wiring wiring;
    private final Actor actor;

    Requests(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /**
     * Asks for the release of a version into an environment.
     *
     * @param policy what the release has to meet
     * @param bypass why it passes over the environment before this one; absent if it does not
     * @param alongside records, in the same transaction, whatever hangs on the release
     */
    Release request(
            VersionId versionId,
            WiredEnvironment wired,
            EnvironmentPolicy policy,
            Optional<String> bypass,
            BiConsumer<UnitOfWork, ReleaseId> alongside) {
        return request(versionId, wired, policy, bypass, bypass, Release.Order.FORWARD, alongside);
    }

    /** Asks for a release into a degraded environment, with a reason. */
    Release force(VersionId versionId, WiredEnvironment wired, String reason) {
        ReleaseId id = new ReleaseId(wiring.engine().newId());
        return planned(versionId, wired, Optional.of(reason), (unit, plan) -> {
            Memory memory = new Memory.Within(unit);
            Environment environment = memory.environment(wired.name());
            Decision requested = RequestRules.request(
                    requested(unit.get(versionId), wired, wired.policy(), plan),
                    unit.get(versionId),
                    ForceRules.without(environment),
                    memory.upstream(wired.policy()),
                    Optional.empty(),
                    Release.Order.FORWARD);
            List<DomainEvent> events = new ArrayList<>(unit.accepted(id, requested));
            events.addAll(1, unit.accepted(id, ForceRules.forced(environment)));
            return unit.create(ReleaseMachine.MACHINE, id, events);
        });
    }

    private static ReleaseEvent.Requested requested(
            Version version, WiredEnvironment wired, EnvironmentPolicy policy, PlanSummary plan) {
        return new ReleaseEvent.Requested(
                ReleaseKind.DEPLOY,
                version.id(),
                version.number(),
                version.manifest(),
                wired.name(),
                policy,
                plan,
                Optional.empty());
    }

    /** Asks for a release that is not superseded by newer versions, with a reason. */
    Release downgrade(VersionId versionId, WiredEnvironment wired, String reason) {
        return request(
                versionId,
                wired,
                wired.policy(),
                Optional.empty(),
                Optional.of(reason),
                Release.Order.DOWNGRADE,
                (unit, id) -> {});
    }

    private Release request(
            VersionId versionId,
            WiredEnvironment wired,
            EnvironmentPolicy policy,
            Optional<String> bypass,
            Optional<String> reason,
            Release.Order order,
            BiConsumer<UnitOfWork, ReleaseId> alongside) {
        ReleaseId id = new ReleaseId(wiring.engine().newId());
        return planned(versionId, wired, reason, (unit, plan) -> {
            alongside.accept(unit, id);
            Version version = unit.get(versionId);
            ReleaseEvent.Requested request = requested(version, wired, policy, plan);
            Memory memory = new Memory.Within(unit);
            Environment environment = memory.environment(wired.name());
            return unit.create(
                    ReleaseMachine.MACHINE,
                    id,
                    unit.accepted(
                            id,
                            RequestRules.request(
                                    request, version, environment, memory.upstream(policy), bypass, order)));
        });
    }

    private Release planned(
            VersionId version,
            WiredEnvironment wired,
            Optional<String> reason,
            BiFunction<UnitOfWork, PlanSummary, Release> decide) {
        return new PlannedDecision(wiring, wired, version, memory -> wired.policy()).make(actor, reason, decide);
    }
}
