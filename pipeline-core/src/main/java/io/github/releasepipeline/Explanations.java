package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.release.DemandRules;
import io.github.releasepipeline.core.release.ExplainRules;
import io.github.releasepipeline.core.release.Plans;
import io.github.releasepipeline.core.release.QueueRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.RequestRules;
import io.github.releasepipeline.core.release.StartRules;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.ApprovalNeed;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Explanation;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Says what is in the way of releases: asks the rules that the commands ask, about what is known now. Changes nothing. */
final class Explanations {
    private static final ReleaseId IMAGINED = new ReleaseId("not-requested");

    private final Wiring wiring;
    private final Actor actor;
    private final Memory memory;

    Explanations(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
        this.memory = new Memory.Outside(wiring.engine());
    }

    /** Of a release. */
    Explanation of(ReleaseId id) {
        Release release = memory.get(id);
        List<Condition> conditions = new ArrayList<>();
        wiring.environments()
                .find(release.environment())
                .ifPresentOrElse(
                        wired -> start(release, wired, conditions),
                        () -> conditions.add(ExplainRules.unconfigured(release.environment())));
        conditions.addAll(ExplainRules.notes(release));
        conditions.addAll(obstacles(automation -> automation.releases().contains(id)));
        return new Explanation(conditions);
    }

    private void start(Release release, WiredEnvironment wired, List<Condition> conditions) {
        switch (release.state().kind()) {
            case PENDING_APPROVAL, READY, FAILED -> {
                boolean rollback = release.kind() == ReleaseKind.ROLLBACK;
                conditions.add(access(rollback ? Permission.ROLLBACK : Permission.DEPLOY, wired));
                conditions.addAll(ApprovalRules.conditions(needs(release)));
                conditions.addAll(StartRules.conditions(facts(release, wired, conditions)));
                conditions.addAll(ExplainRules.busy(memory.environment(wired.name())));
            }
            case QUEUED ->
                conditions.addAll(QueueRules.conditions(facts(release, wired, conditions), memory::get, Numbers.ORDER));
            default -> conditions.add(ExplainRules.started(release));
        }
    }

    /** Of a release that nobody has asked for yet, as if its approvals were all that it waits for. */
    Explanation of(Version version, WiredEnvironment wired) {
        EnvironmentPolicy policy = wired.policy();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(access(Permission.REQUEST_RELEASE, wired));
        conditions.addAll(RequestRules.conditions(
                version, policy, memory.environment(wired.name()), memory.upstream(policy), false));
        Manifest observed = observed(wired, conditions).orElse(Manifest.empty());
        PlanSummary plan =
                wiring.planner().plan(version, wired, policy, observed).summary();
        Release imagined = imagined(version, wired, plan);
        conditions.addAll(ApprovalRules.conditions(needs(imagined)));
        Set<String> told = new HashSet<>(RequestRules.OF_REQUESTED_RELEASES);
        conditions.forEach(condition -> told.add(condition.code()));
        StartRules.conditions(facts(imagined, wired, plan)).stream()
                .filter(condition -> !told.contains(condition.code()))
                .forEach(conditions::add);
        conditions.addAll(ExplainRules.busy(memory.environment(wired.name())));
        conditions.addAll(obstacles(automation -> automation.version().equals(Optional.of(version.id()))
                && automation.state() instanceof AutomationState.Deploying deploying
                && deploying.environment().equals(wired.name())));
        return new Explanation(conditions);
    }

    /** What a release would do and need. */
    ReleasePreview preview(Version version, WiredEnvironment wired) {
        Manifest observed = wired.target().observe().active();
        Plan plan = wiring.planner().plan(version, wired, wired.policy(), observed);
        List<String> kinds = wiring.kinds().stream().map(ItemKind::name).toList();
        return new ReleasePreview(
                plan,
                plan.summary().sentences(kinds),
                needs(imagined(version, wired, plan.summary())),
                Plans.backup(observed),
                wiring.planner().rollbackability(version.id(), wired),
                wired.policy().window(wiring.engine().now()));
    }

    /** The release that there would be if the actor asked for it, and it was approved. */
    private Release imagined(Version version, WiredEnvironment wired, PlanSummary plan) {
        ReleaseEvent.Requested request = new ReleaseEvent.Requested(
                ReleaseKind.DEPLOY,
                version.id(),
                version.number(),
                version.manifest(),
                wired.name(),
                wired.policy(),
                plan,
                Optional.empty());
        Release requested = ReleaseMachine.MACHINE.fold(IMAGINED, Optional.empty(), request, stamp());
        return ReleaseMachine.MACHINE.fold(IMAGINED, Optional.of(requested), new ReleaseEvent.Readied(), stamp());
    }

    private List<ApprovalNeed> needs(Release release) {
        ApprovalRules.Involvement involvement = new Involvements(wiring).of(release);
        return new Approvers(wiring.access(), release, involvement).needs(ApprovalRules.lacking(release));
    }

    private Condition access(Permission permission, WiredEnvironment wired) {
        String where = wired.name().value();
        return wiring.access()
                .refusal(actor, permission, where)
                .map(why -> Condition.unmet("access", why))
                .orElseGet(() -> Condition.met("access", actor.id() + " has the permission in " + where));
    }

    /** @param conditions where it is told that the environment cannot be looked at; the old plan has to do then */
    private StartRules.Facts facts(Release release, WiredEnvironment wired, List<Condition> conditions) {
        EnvironmentPolicy governing = DemandRules.governing(release, wired.policy());
        PlanSummary fresh = release.kind() == ReleaseKind.ROLLBACK
                ? release.plan()
                : observed(wired, conditions)
                        .map(active -> wiring.planner()
                                .plan(memory.get(release.version()), wired, governing, active)
                                .summary())
                        .orElse(release.plan());
        return facts(release, wired, fresh);
    }

    private StartRules.Facts facts(Release release, WiredEnvironment wired, PlanSummary fresh) {
        return Starts.facts(memory, release, wired.policy(), fresh, stamp());
    }

    private static Optional<Manifest> observed(WiredEnvironment wired, List<Condition> conditions) {
        try {
            return Optional.of(wired.target().observe().active());
        } catch (RuntimeException e) { // of the target: then nothing starts there either
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            conditions.add(Condition.unmet(
                    "environment.unreachable",
                    "Environment " + wired.name() + " cannot be looked at: " + why,
                    "whoever looks after " + wired.name()));
            return Optional.empty();
        }
    }

    private List<Condition> obstacles(Predicate<Automation> which) {
        return wiring.store().tables().automationsUnderWay().stream()
                .filter(which)
                .flatMap(automation -> automation.obstacle().stream()
                        .map(why -> Condition.note(
                                "automation.obstacle",
                                "The automatic rule of " + automation.changeSet() + " is obstructed: " + why)))
                .toList();
    }

    private Stamp stamp() {
        return new Stamp(actor, wiring.engine().now(), Optional.empty());
    }
}
