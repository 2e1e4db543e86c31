package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ReleaseActions;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.RollbackRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Starts rollbacks. */
final class Rollbacks {
    private final Wiring wiring;
    private final Actor actor;

    Rollbacks(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    Deployment start(ReleaseId originalId, Optional<VersionId> chosen, boolean allowDeprecated, String reason) {
        Release original = wiring.engine().get(originalId);
        wiring.access()
                .require(actor, Permission.ROLLBACK, original.environment().value());
        WiredEnvironment wired = wiring.environments().get(original.environment());
        VersionId target = chosen.or(() -> defaultTarget(original, wired))
                .orElseThrow(() -> new RefusedException(
                        "rollback.no-target",
                        originalId.reference(),
                        "There is no version to go back to in " + wired.name(),
                        List.of("choose a version")));
        chosen.ifPresent(version -> requireOnceActive(version, wired));
        Plan plan = wiring.planner().plan(wiring.engine().get(target), wired);
        ReleaseId id = new ReleaseId(wiring.engine().newId());
        wiring.engine().run(actor, Optional.of(Reasons.given(reason)), unit -> {
            Environment environment = unit.find(wired.id()).orElse(Environment.fresh(wired.name()));
            Release now = unit.get(originalId);
            Version version = unit.get(target);
            Decision decision = RollbackRules.rollback(
                    now,
                    environment,
                    version,
                    chosen.isPresent(),
                    allowDeprecated,
                    requested(now, version, wired, plan.summary()));
            launch(unit, id, unit.accepted(originalId, decision), wired);
        });
        return new Deployment(wiring, id);
    }

    /** What the command would be refused for, if anything; nothing is recorded. */
    Rollbackability rollbackability(Release original) {
        WiredEnvironment wired = wiring.environments().get(original.environment());
        Optional<VersionId> target = defaultTarget(original, wired);
        if (target.isEmpty()) {
            return new Rollbackability.Impossible("There is no version to go back to in " + wired.name());
        }
        Version version = wiring.engine().get(target.get());
        Decision decision = RollbackRules.rollback(
                original,
                wiring.planner().remembered(wired),
                version,
                false,
                false,
                requested(original, version, wired, original.plan()));
        return decision instanceof Decision.Refused refused
                ? new Rollbackability.Impossible(refused.message())
                : new Rollbackability.Possible(version.id(), version.number());
    }

    /** What a rollback asks for. */
    static ReleaseEvent.Requested requested(
            Release original, Version target, WiredEnvironment wired, PlanSummary plan) {
        return new ReleaseEvent.Requested(
                ReleaseKind.ROLLBACK,
                target.id(),
                target.number(),
                target.manifest(),
                wired.name(),
                wired.policy(),
                plan,
                Optional.of(new RollbackOf(original.id(), original.version(), original.number())));
    }

    /** Records a rollback with its hold, and starts it. */
    void launch(UnitOfWork unit, ReleaseId id, List<DomainEvent> events, WiredEnvironment wired) {
        unit.record(ReleaseMachine.MACHINE, id, events);
        unit.record(EnvironmentMachine.MACHINE, wired.id(), new EnvironmentEvent.HoldPlaced());
        wiring.launcher().launch(unit, id);
    }

    /** The versions to choose from, the one that is the default first. */
    List<Version> targets(Release original) {
        return RollbackRules.targets(original, wiring.planner().remembered(environment(original)), this::state).stream()
                .map(wiring.engine()::get)
                .toList();
    }

    /** What can be done with a release now, as far as a rollback is concerned and everything else. */
    Set<ReleaseAction> actions(Release release) {
        return ReleaseActions.of(release, wiring.planner().remembered(environment(release)), this::state);
    }

    private WiredEnvironment environment(Release release) {
        return wiring.environments().get(release.environment());
    }

    private VersionState.Kind state(VersionId version) {
        return wiring.engine().get(version).state().kind();
    }

    /**
     * What was never active here was never approved for here, and a rollback asks nobody. Once active is for ever, so this
     * need not be asked again in the transaction.
     */
    private void requireOnceActive(VersionId target, WiredEnvironment wired) {
        Environment environment = wiring.planner().remembered(wired);
        boolean remembered = Stream.concat(environment.active().stream(), environment.former().stream())
                .anyMatch(active -> active.version().equals(target));
        if (!remembered && !succeededHere(target, wired)) {
            throw new RefusedException(
                    "rollback.never-active",
                    target.reference(),
                    "Version " + wiring.engine().get(target).number() + " was never active in " + wired.name(),
                    List.of("request a release", "choose another version"));
        }
    }

    private boolean succeededHere(VersionId version, WiredEnvironment wired) {
        PipelineFilter ended = PipelineFilter.all()
                .in(wired.name())
                .releases(ReleaseState.Kind.SUCCEEDED, ReleaseState.Kind.ROLLED_BACK);
        return AllRows.<Release>anyMatch(
                page -> wiring.store().tables().releases(ended, page),
                release -> release.version().equals(version) && succeeded(release));
    }

    private static boolean succeeded(Release release) {
        return release.succeeded() || (release.state() instanceof ReleaseState.RolledBack back && back.succeeded());
    }

    private Optional<VersionId> defaultTarget(Release original, WiredEnvironment wired) {
        return RollbackRules.defaultTarget(original, wiring.planner().remembered(wired), this::state);
    }
}
