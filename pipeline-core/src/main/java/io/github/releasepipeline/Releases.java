package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.release.ExplainRules;
import io.github.releasepipeline.core.release.ForceRules;
import io.github.releasepipeline.core.release.ReleaseActions;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.WindowRules;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.Explanation;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Stage 4: releases. What only reads needs no permission.
 *
 * <p>Requests, {@link #deploy}, {@link #retry} and rollbacks, {@link #plan} and {@link #preview} ask the target what it holds,
 * on the thread of the caller, and throw {@link AdapterException} if it cannot say. Where releases start by themselves the
 * last approval, {@link #force} and {@link #overrideWindow} ask it too; if it cannot say then, the release stays ready.
 */
public final class Releases {
    private final Wiring wiring;
    private final Actor actor;

    Releases(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** The table, newest first. */
    public Page<Release> list(PipelineFilter filter, PageRequest page) {
        return wiring.store().tables().releases(filter, page);
    }

    /** One release. */
    public Release get(ReleaseId id) {
        return wiring.engine().get(id);
    }

    /**
     * What can be done with a release now: what its state offers, without what would be refused for the release's own sake, as
     * calling off what activates, or rolling back what is not active any more, and without what needs an environment that is not
     * configured any more. Whether the actor may, and whether the environment lets it, shows when it is done.
     */
    public Set<ReleaseAction> actions(ReleaseId id) {
        Release release = get(id);
        if (!isConfigured(release)) {
            return ReleaseActions.withoutEnvironment(release);
        }
        Set<ReleaseAction> actions = new Rollbacks(wiring, actor).actions(release);
        EnvironmentPolicy policy = wired(release.environment().value()).policy();
        boolean closed = policy.window(wiring.engine().now()) instanceof WindowState.Closed;
        if (!closed || release.kind() != ReleaseKind.DEPLOY) {
            actions.remove(ReleaseAction.OVERRIDE_WINDOW);
        }
        return actions;
    }

    /**
     * The versions to choose from for a rollback of a release, the default first, deprecated ones last: what the environment
     * remembers, at most fifty. Versions that were active longer ago can be named all the same.
     */
    public List<Version> rollbackTargets(ReleaseId id) {
        Release release = get(id);
        return isConfigured(release) ? new Rollbacks(wiring, actor).targets(release) : List.of();
    }

    /** What still has to be approved before a release may start; empty if nothing. */
    public List<ApprovalRule> lacking(ReleaseId id) {
        return ApprovalRules.lacking(get(id));
    }

    /**
     * Lines of a release's log after a sequence number, at most 500; none of a release that there is not. One that is tried again
     * after its lines were dropped ({@link PipelineBuilder#keepLogs}) may number the new ones from 1 again.
     */
    public List<LogLine> log(ReleaseId id, long after) {
        return wiring.store().logs().after(id, after, PageRequest.MAX_SIZE);
    }

    /** What a release of a version into an environment would do now. Changes nothing. */
    public Plan plan(VersionId version, String environment) {
        return wiring.planner().plan(wiring.engine().get(version), wired(environment));
    }

    /**
     * What a release of a version into an environment would do and need now, and whether it could be rolled back. Changes
     * nothing.
     */
    public ReleasePreview preview(VersionId version, String environment) {
        return new Explanations(wiring, actor).preview(wiring.engine().get(version), wired(environment));
    }

    /**
     * What keeps a release from starting, and who or what could change that; built of the rules by which the commands are
     * refused. If nothing is unmet, pressing Deploy (Retry for a failed one) starts or queues it, and one that waits in the
     * queue goes next. Asks the environment what it holds; changes nothing.
     */
    public Explanation explain(ReleaseId id) {
        return new Explanations(wiring, actor).of(id);
    }

    /** The same of a release that nobody has asked for yet, if the actor asked for it. */
    public Explanation explain(VersionId version, String environment) {
        return new Explanations(wiring, actor).of(wiring.engine().get(version), wired(environment));
    }

    /** Whether a release could be rolled back now without choosing a version. */
    public Rollbackability rollbackability(ReleaseId id) {
        Release release = get(id);
        return isConfigured(release)
                ? new Rollbacks(wiring, actor).rollbackability(release)
                : new Rollbackability.Impossible(
                        ExplainRules.unconfigured(release.environment()).text());
    }

    /**
     * Asks for a release of a version into an environment; each call asks for another one. If no approval is needed it is ready
     * to be deployed at once, and starts where the environment lets releases start by themselves. Needs
     * {@link Permission#REQUEST_RELEASE}.
     *
     * @throws NotFoundException if there is no such version or environment
     * @throws RefusedException if the version or its way here does not allow it
     */
    public Release request(VersionId version, String environment) {
        return request(version, environment, Optional.empty());
    }

    /** Asks for a release past the environment that has to come first; with {@link Permission#BYPASS} too. The reason is kept. */
    public Release requestBypassing(VersionId version, String environment, String reason) {
        wiring.access().require(actor, Permission.BYPASS, environment);
        return request(version, environment, Optional.of(Reasons.given(reason)));
    }

    /**
     * Asks for a release that brings an older version back on purpose: it is not superseded if a newer one becomes active while
     * it waits. The reason is kept. Without it, a release of an older version runs too if it was asked for after the newer one
     * had become active. Needs {@link Permission#REQUEST_RELEASE}.
     */
    public Release requestDowngrade(VersionId version, String environment, String reason) {
        wiring.access().require(actor, Permission.REQUEST_RELEASE, environment);
        return starts().byItself(
                        new Requests(wiring, actor).downgrade(version, wired(environment), Reasons.given(reason)));
    }

    /**
     * Asks for a release into an environment that is degraded, and closed to all others. It needs its approvals like any other
     * one. When its version is active, the environment is not degraded any more. The reason is kept. Needs
     * {@link Permission#FORCE_RELEASE} and {@link Permission#REQUEST_RELEASE}.
     */
    public Release requestForced(VersionId version, String environment, String reason) {
        wiring.access().require(actor, Permission.FORCE_RELEASE, environment);
        wiring.access().require(actor, Permission.REQUEST_RELEASE, environment);
        Release requested = new Requests(wiring, actor).force(version, wired(environment), Reasons.given(reason));
        return starts().byItself(requested);
    }

    /**
     * Lets a release that waits or failed into its environment although that is degraded. The reason is kept. Needs
     * {@link Permission#FORCE_RELEASE}.
     */
    public Release force(ReleaseId id, String reason) {
        require(Permission.FORCE_RELEASE, id);
        return new Interventions(wiring, actor)
                .letThrough(
                        id,
                        Reasons.given(reason),
                        (unit, release) ->
                                ForceRules.force(release, new Memory.Within(unit).environment(release.environment())));
    }

    /** Votes for a release. The vote counts for the plan as it is now. Needs {@link Permission#APPROVE_RELEASE}. */
    public Release approve(ReleaseId id, String comment) {
        return approve(id, release -> Optional.empty(), comment);
    }

    /**
     * Votes for a release as it was shown a while ago. Needs {@link Permission#APPROVE_RELEASE}.
     *
     * @param seen digest of the plan that was shown; refused if it is not the plan any more
     */
    public Release approve(ReleaseId id, Digest seen, String comment) {
        return approve(id, release -> ApprovalRules.outdated(release, seen), comment);
    }

    private Release approve(ReleaseId id, Function<Release, Optional<Decision>> refusal, String comment) {
        require(Permission.APPROVE_RELEASE, id);
        ApprovalRules.Voter voter =
                new ApprovalRules.Voter(actor, wiring.access().groups(actor));
        Release voted = new Involvements(wiring)
                .decide(
                        id,
                        actor,
                        Reasons.comment(comment),
                        (unit, involved) -> unit.decide(
                                ReleaseMachine.MACHINE,
                                id,
                                release -> refusal.apply(release)
                                        .orElseGet(() -> ApprovalRules.approve(release, voter, involved, unit.now()))));
        return starts().byItself(voted);
    }

    /** Says no to a release, which ends it. Needs {@link Permission#APPROVE_RELEASE}. */
    public Release reject(ReleaseId id, String reason) {
        return reject(id, Optional.empty(), reason);
    }

    /**
     * Says no to a release as it was shown a while ago. Needs {@link Permission#APPROVE_RELEASE}.
     *
     * @param seen digest of the plan that was shown; refused if it is not the plan any more
     */
    public Release reject(ReleaseId id, Digest seen, String reason) {
        return reject(id, Optional.of(seen), reason);
    }

    private Release reject(ReleaseId id, Optional<Digest> seen, String reason) {
        require(Permission.APPROVE_RELEASE, id);
        ApprovalRules.Voter voter =
                new ApprovalRules.Voter(actor, wiring.access().groups(actor));
        Release rejected = new Involvements(wiring)
                .decide(
                        id,
                        actor,
                        Optional.of(Reasons.given(reason)),
                        (unit, involved) -> unit.decide(
                                ReleaseMachine.MACHINE,
                                id,
                                release -> ApprovalRules.reject(release, voter, involved, seen)));
        new Automations(wiring).ended(rejected);
        return rejected;
    }

    /** Takes the actor's vote back, while the release waits for approvals. Needs no permission: it is their own. */
    public Release withdraw(ReleaseId id) {
        return wiring.engine()
                .execute(
                        actor,
                        Optional.empty(),
                        unit -> unit.decide(
                                ReleaseMachine.MACHINE, id, release -> ApprovalRules.withdraw(release, actor)));
    }

    /**
     * Starts a release that is ready, or queues it while its environment is busy. If what would happen now is not what was
     * approved, the approvals lapse instead and it waits for new ones: ask the state. A person's order lifts a hold; services
     * are refused by it. Needs {@link Permission#DEPLOY}.
     */
    public Deployment deploy(ReleaseId id) {
        return new Deployment(
                wiring, starts().deploy(actor, require(Permission.DEPLOY, id)).id());
    }

    /**
     * Runs a failed release again, as a new attempt that keeps the first backup. Needs {@link Permission#DEPLOY}, or
     * {@link Permission#ROLLBACK} for a rollback.
     *
     * @throws RefusedException also if the environment holds something else than when it was planned, or demands more: request
     *     a new release then
     */
    public Deployment retry(ReleaseId id) {
        boolean rollback = wiring.engine().seen(id).kind() == ReleaseKind.ROLLBACK;
        Release release = require(rollback ? Permission.ROLLBACK : Permission.DEPLOY, id);
        return new Deployment(wiring, starts().retry(actor, release).id());
    }

    /**
     * Lets a release start although its environment's windows are closed: one that is ready when somebody presses Deploy, or
     * by itself where its policy says so; one that waits in the queue when the slot is free. The reason is kept. The leave
     * ends when the approvals lapse. Needs {@link Permission#OVERRIDE_WINDOW}.
     */
    public Release overrideWindow(ReleaseId id, String reason) {
        Release before = require(Permission.OVERRIDE_WINDOW, id);
        WiredEnvironment wired = wiring.environments().get(before.environment());
        return new Interventions(wiring, actor)
                .letThrough(
                        id,
                        Reasons.given(reason),
                        (unit, release) -> WindowRules.override(release, wired.policy(), unit.stamp()));
    }

    /**
     * Calls a release off: at once while it waits; while it runs, before its next step, and what was staged is dropped, or the
     * environment is degraded. Needs {@link Permission#DEPLOY}.
     *
     * @return the release; one that runs is only asked to end, follow it to see that it has
     * @throws RefusedException from "activate" on, for a rollback that runs, and while it is paused for a lost step
     */
    public Release cancel(ReleaseId id, String reason) {
        require(Permission.DEPLOY, id);
        return new Interventions(wiring, actor).cancel(id, Reasons.given(reason));
    }

    /**
     * Says what came of a step whose outcome nobody could tell; the release goes on accordingly, and believes it. Look at the
     * target before. Needs {@link Permission#OPERATE_ENVIRONMENT}.
     *
     * @param resolution "happened" goes on behind the step: after "activate" its version is recorded as active, after "backup"
     *     there is none; "repeat" calls the target under a new key, so that what did happen happens twice; "give up" fails the
     *     release, and degrades the environment if the step was "activate"
     */
    public Deployment resolve(ReleaseId id, Resolution resolution, String reason) {
        require(Permission.OPERATE_ENVIRONMENT, id);
        return new Interventions(wiring, actor).resolve(id, resolution, Reasons.given(reason));
    }

    /**
     * Gives the verdict that a quality gate of a paused release waits for, and lets the release go on with it. The reason is
     * kept in the log and in the audit trail. Needs {@link Permission#JUDGE_GATE}.
     *
     * @param gate name of the gate
     * @param verdict passed or failed
     * @throws IllegalArgumentException if the verdict is inconclusive: a person who cannot tell leaves it open
     */
    public Deployment judge(ReleaseId id, String gate, GateVerdict verdict, String reason) {
        require(Permission.JUDGE_GATE, id);
        return new Interventions(wiring, actor).judge(id, gate, verdict, Reasons.given(reason));
    }

    /**
     * Rolls a release back to the version before it. Needs no approval, goes ahead of the queue, and holds automation from now
     * on, also if it fails. Between "deactivate" and "activate previous" the environment may serve nothing. If anything else
     * becomes active while it waits it is called off, and superseded if that is its own target: asked for twice, it happens
     * once. Needs {@link Permission#ROLLBACK}.
     *
     * @throws RefusedException if the release is not active any more, or there is no version to go back to
     */
    public Deployment rollback(ReleaseId id, String reason) {
        return new Rollbacks(wiring, actor).start(id, Optional.empty(), false, reason);
    }

    /**
     * Rolls a release back to a chosen version, which must have been active in that environment, and another one if the release
     * succeeded. Needs {@link Permission#ROLLBACK}.
     *
     * @param allowDeprecated whether a deprecated version will do; a blocked one never does
     */
    public Deployment rollback(ReleaseId id, VersionId target, boolean allowDeprecated, String reason) {
        return new Rollbacks(wiring, actor).start(id, Optional.of(target), allowDeprecated, reason);
    }

    /** Follows a release that somebody started. */
    public Deployment follow(ReleaseId id) {
        return new Deployment(wiring, get(id).id());
    }

    private Release request(VersionId version, String name, Optional<String> bypass) {
        wiring.access().require(actor, Permission.REQUEST_RELEASE, name);
        WiredEnvironment wired = wired(name);
        Release requested =
                new Requests(wiring, actor).request(version, wired, wired.policy(), bypass, (unit, id) -> {});
        return starts().byItself(requested);
    }

    private Starts starts() {
        return new Starts(wiring);
    }

    /** The release may be old: a permission depends on nothing that changes. */
    private Release require(Permission permission, ReleaseId id) {
        Release release = wiring.engine().seen(id);
        wiring.access().require(actor, permission, release.environment().value());
        return release;
    }

    private boolean isConfigured(Release release) {
        return wiring.environments().find(release.environment()).isPresent();
    }

    private WiredEnvironment wired(String name) {
        return wiring.environments().get(name);
    }
}
