package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.RequestRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;
import java.util.function.BiConsumer;

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
     * @param alongside records, in the same transaction, whatever hangs on the release
     */
    Release request(
            VersionId versionId,
            WiredEnvironment wired,
            EnvironmentPolicy policy,
            Optional<String> bypass,
            BiConsumer<UnitOfWork, ReleaseId> alongside) {
        PlanSummary plan =
                wiring.planner().plan(wiring.engine().get(versionId), wired).summary();
        ReleaseId id = new ReleaseId(wiring.engine().newId());
        return wiring.engine().execute(actor, bypass, unit -> {
            alongside.accept(unit, id);
            Version version = unit.get(versionId);
            ReleaseEvent.Requested request = new ReleaseEvent.Requested(
                    ReleaseKind.DEPLOY,
                    versionId,
                    version.number(),
                    version.manifest(),
                    wired.name(),
                    policy,
                    plan,
                    Optional.empty());
            Environment environment = Starts.environment(unit, wired.name());
            return unit.record(
                    ReleaseMachine.MACHINE,
                    id,
                    unit.accepted(
                            id,
                            RequestRules.request(
                                    request, version, environment, Starts.upstream(unit, policy), bypass)));
        });
    }
}
