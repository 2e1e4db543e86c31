package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.deployment.Activations;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.release.CancelRules;
import io.github.releasepipeline.core.release.Quorum;
import io.github.releasepipeline.core.release.ReleaseActions;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Stage 4: releases. */
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

    /** What can be done with a release now. */
    public Set<ReleaseAction> actions(ReleaseId id) {
        return ReleaseActions.in(get(id).state().kind());
    }

    /** What still has to be approved before a release may start; empty if nothing. */
    public List<ApprovalRule> lacking(ReleaseId id) {
        Release release = get(id);
        return release.kind() == ReleaseKind.ROLLBACK
                ? List.of()
                : Quorum.lacking(release.policy().approvals(), release.approvals());
    }

    /** Lines of a release's log after a sequence number, at most 500. */
    public List<LogLine> log(ReleaseId id, long after) {
        return wiring.store().logs().after(id, after, PageRequest.MAX_SIZE);
    }

    /** What a release of a version into an environment would do now. Changes nothing. */
    public Plan plan(VersionId version, String environment) {
        return wiring.planner().plan(wiring.engine().get(version), wired(environment));
    }

    /**
     * Asks for a release of a version into an environment. It is ready to be deployed at once if no approval is needed.
     */
    public Release request(VersionId version, String environment) {
        return request(version, environment, Optional.empty());
    }

    /** Asks for a release past the environment that would have to come first. The reason is kept. */
    public Release requestBypassing(VersionId version, String environment, String reason) {
        wiring.access().require(actor, Permission.BYPASS, environment);
        return request(version, environment, Optional.of(Reasons.given(reason)));
    }

    /** Votes for a release. The vote counts for the plan as it is now. */
    public Release approve(ReleaseId id, String comment) {
        return approve(id, release -> Optional.empty(), comment);
    }

    /**
     * Votes for a release as it was shown a while ago.
     *
     * @param seen digest of the plan that was shown; refused if it is not the plan any more
     */
    public Release approve(ReleaseId id, Digest seen, String comment) {
        return approve(id, release -> ApprovalRules.outdated(release, seen), comment);
    }

    private Release approve(ReleaseId id, Function<Release, Optional<Decision>> refusal, String comment) {
        require(Permission.APPROVE_RELEASE, get(id));
        ApprovalRules.Voter voter =
                new ApprovalRules.Voter(actor, wiring.access().groups(actor));
        Release voted = wiring.engine()
                .execute(
                        actor,
                        Reasons.comment(comment),
                        unit -> unit.decide(
                                ReleaseMachine.MACHINE,
                                id,
                                release -> refusal.apply(release)
                                        .orElseGet(() -> ApprovalRules.approve(
                                                release, voter, involvement(unit, release), unit.now()))));
        return starts().byItself(voted);
    }

    /** Says no to a release, which ends it. */
    public Release reject(ReleaseId id, String reason) {
        require(Permission.APPROVE_RELEASE, get(id));
        ApprovalRules.Voter voter =
                new ApprovalRules.Voter(actor, wiring.access().groups(actor));
        Release rejected = wiring.engine()
                .execute(
                        actor,
                        Optional.of(Reasons.given(reason)),
                        unit -> unit.decide(
                                ReleaseMachine.MACHINE,
                                id,
                                release -> ApprovalRules.reject(release, voter, involvement(unit, release))));
        new Automations(wiring).ended(id);
        return rejected;
    }

    /** Takes the actor's vote back, while the release waits for approvals. */
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
     * approved, the approvals lapse instead and it waits for new ones.
     */
    public Deployment deploy(ReleaseId id) {
        require(Permission.DEPLOY, get(id));
        return new Deployment(wiring, starts().deploy(actor, id).id());
    }

    /** Runs a failed release again, as a new attempt. */
    public Deployment retry(ReleaseId id) {
        Release release = get(id);
        require(release.kind() == ReleaseKind.ROLLBACK ? Permission.ROLLBACK : Permission.DEPLOY, release);
        return new Deployment(wiring, starts().retry(actor, id).id());
    }

    /**
     * Calls a release off: at once while it waits; while it runs, before its next step, and what was staged is dropped.
     */
    public Release cancel(ReleaseId id, String reason) {
        require(Permission.DEPLOY, get(id));
        Release cancelled = wiring.engine().execute(actor, Optional.of(Reasons.given(reason)), unit -> {
            Release after =
                    unit.decide(ReleaseMachine.MACHINE, id, release -> CancelRules.cancel(release, unit.stamp()));
            EnvironmentId environment = new EnvironmentId(after.environment());
            boolean waits = unit.find(environment).stream()
                    .flatMap(found -> found.queue().stream())
                    .anyMatch(waiting -> waiting.release().equals(id));
            if (waits) {
                unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.Dequeued(id));
            }
            return after;
        });
        new Automations(wiring).ended(id);
        return cancelled;
    }

    /** Says what came of a step whose outcome nobody could tell; the release goes on accordingly. */
    public Deployment resolve(ReleaseId id, Resolution resolution, String reason) {
        require(Permission.OPERATE_ENVIRONMENT, get(id));
        wiring.engine().run(actor, Optional.of(Reasons.given(reason)), unit -> {
            Release after = unit.decide(ReleaseMachine.MACHINE, id, release -> StepRules.resolve(release, resolution));
            if (resolution == Resolution.HAPPENED) {
                Activations.record(unit, after, StepRules.lastStep(after));
            }
            long token = after.lastAttempt().orElseThrow().fencingToken();
            unit.afterCommit(() -> wiring.workers().run(id, token));
        });
        return new Deployment(wiring, id);
    }

    /** Rolls a release back to the version before it. Needs no approval, goes ahead of the queue, holds automation. */
    public Deployment rollback(ReleaseId id, String reason) {
        return new Rollbacks(wiring, actor).start(id, Optional.empty(), false, reason);
    }

    /**
     * Rolls a release back to a chosen version.
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

    private ApprovalRules.Involvement involvement(UnitOfWork unit, Release release) {
        Version version = unit.get(release.version());
        Set<String> authors = release.policy()
                        .refusedApprovers()
                        .contains(EnvironmentPolicy.Involved.PULL_REQUEST_AUTHOR)
                ? version.pullRequests().stream()
                        .flatMap(number ->
                                unit.find(new PullRequestId(wiring.source().repository(), number)).stream())
                        .map(PullRequest::author)
                        .collect(Collectors.toSet())
                : Set.of();
        return new ApprovalRules.Involvement(version.createdBy(), authors);
    }

    private void require(Permission permission, Release release) {
        wiring.access().require(actor, permission, release.environment().value());
    }

    private WiredEnvironment wired(String name) {
        return wiring.environments().get(new EnvironmentName(name));
    }
}
