package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.ROBOT;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.active;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.plan;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.published;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static io.github.releasepipeline.core.machine.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartRulesTest {
    private static final Environment FRESH = Environment.fresh(STAGING);
    private static final PlanSummary SAME = plan("plan", "observed");
    private static final Release READY = release(requested(policy()), new ReleaseEvent.Readied());
    private static final Version BLOCKED =
            version(number(1, 3, 0), new VersionEvent.Published(), new VersionEvent.Blocked());

    private static Environment environment(
            Optional<ActiveVersion> active, Optional<Hold> hold, Optional<Degradation> degradation) {
        return new Environment(STAGING, active, List.of(), Optional.empty(), List.of(), 0, hold, degradation);
    }

    private static final Environment DEGRADED = environment(
            Optional.empty(), Optional.empty(), Optional.of(new Degradation("half restored", List.of(), NOON)));
    private static final Environment HELD =
            environment(Optional.empty(), Optional.of(new Hold(ALICE, "freeze", NOON)), Optional.empty());

    private static Decision deploy(Environment environment, PlanSummary fresh, Stamp stamp) {
        return StartRules.deploy(READY, published(), environment, Optional.empty(), fresh, stamp);
    }

    @Test
    void a_ready_release_starts_as_it_is() {
        assertThat(accepted(deploy(FRESH, SAME, by(ALICE, "")))).isEmpty();
    }

    @Test
    void each_thing_that_could_have_changed_since_the_approval_is_looked_at_again() {
        Stamp now = by(ALICE, "");
        refused(
                StartRules.deploy(
                        release(requested(policy(ApprovalRule.anyone(1)))),
                        published(),
                        FRESH,
                        Optional.empty(),
                        SAME,
                        now),
                "release.state");
        Stamp late = new Stamp(ALICE, NOON.plus(Duration.ofDays(7)), Optional.empty());
        refused(deploy(FRESH, SAME, late), "release.expired");
        refused(StartRules.deploy(READY, BLOCKED, FRESH, Optional.empty(), SAME, now), "release.version-state");
        refused(deploy(DEGRADED, SAME, now), "release.environment-degraded");
        Optional<RequestRules.UpstreamFacts> upstream = Optional.of(new RequestRules.UpstreamFacts(
                new Upstream(new EnvironmentName("test"), Duration.ofHours(1)),
                environment(Optional.of(active(number(1, 3, 0), MANIFEST, NOON)), Optional.empty(), Optional.empty())));
        refused(StartRules.deploy(READY, published(), FRESH, upstream, SAME, now), "release.soak");
    }

    @Test
    void a_hold_stops_machines_and_not_people() {
        assertThat(refused(deploy(HELD, SAME, by(ROBOT, "")), "release.hold").message())
                .isEqualTo("Environment staging is held by alice: freeze");
        refused(deploy(HELD, SAME, by(Actor.system(), "")), "release.hold");
        assertThat(accepted(deploy(HELD, SAME, by(ALICE, "")))).isEmpty();
        assertThat(accepted(deploy(FRESH, SAME, by(ROBOT, "")))).isEmpty();
    }

    @Test
    void approvals_lapse_with_a_reason_when_the_plan_is_another() {
        PlanSummary drifted = plan("other", "drifted");
        assertThat(accepted(deploy(FRESH, drifted, by(ALICE, ""))))
                .containsExactly(
                        new ReleaseEvent.ApprovalsLapsed(
                                drifted, "the environment holds other items than when this was planned"),
                        new ReleaseEvent.Readied());
        PlanSummary stricter = plan("other", "observed");
        Release guarded = release(requested(policy(ApprovalRule.anyone(1))), new ReleaseEvent.Readied());
        assertThat(StartRules.lapse(guarded, stricter))
                .containsExactly(
                        new ReleaseEvent.ApprovalsLapsed(stricter, "what has to be done or approved has changed"));
        assertThat(StartRules.lapse(guarded, SAME)).isEmpty();
        assertThat(StartRules.lapse(release(rollbackRequested(), new ReleaseEvent.Readied()), drifted))
                .isEmpty();
    }

    private static Release failed(ReleaseEvent.Requested request) {
        return release(
                request,
                new ReleaseEvent.Readied(),
                new ReleaseEvent.AttemptStarted(1, 1),
                new ReleaseEvent.Failed(Step.BACKUP, Duration.ZERO, FailureKind.ERRORED, "no"));
    }

    private static Decision retry(Version version, Environment environment, PlanSummary fresh, Actor actor) {
        return StartRules.retry(
                failed(requested(policy())), version, environment, Optional.empty(), fresh, by(actor, ""));
    }

    @Test
    void a_failed_deployment_is_tried_again_where_nothing_has_changed() {
        assertThat(accepted(retry(published(), FRESH, SAME, ALICE))).isEmpty();
        assertThat(accepted(retry(published(), FRESH, plan("other", "observed"), ALICE)))
                .isEmpty();
        assertThat(refused(retry(published(), FRESH, plan("plan", "drifted"), ALICE), "release.retry.changed")
                        .message())
                .isEqualTo("Environment staging has changed since release r1 was planned");
        refused(retry(BLOCKED, FRESH, SAME, ALICE), "release.version-state");
        refused(retry(published(), DEGRADED, SAME, ALICE), "release.environment-degraded");
        refused(StartRules.retry(READY, published(), FRESH, Optional.empty(), SAME, by(ALICE, "")), "release.state");
    }

    @Test
    void a_retry_respects_holds_and_soak_time_as_a_start_does() {
        refused(retry(published(), HELD, SAME, ROBOT), "release.hold");
        assertThat(accepted(retry(published(), HELD, SAME, ALICE))).isEmpty();
        Optional<RequestRules.UpstreamFacts> upstream = Optional.of(new RequestRules.UpstreamFacts(
                new Upstream(new EnvironmentName("test"), Duration.ZERO),
                Environment.fresh(new EnvironmentName("test"))));
        refused(
                StartRules.retry(failed(requested(policy())), published(), FRESH, upstream, SAME, by(ALICE, "")),
                "release.upstream");
    }

    @Test
    void a_failed_rollback_is_tried_again_whatever_has_changed_in_the_environment() {
        assertThat(accepted(StartRules.retry(
                        failed(rollbackRequested()),
                        published(),
                        DEGRADED,
                        Optional.empty(),
                        plan("other", "drifted"),
                        by(ROBOT, ""))))
                .isEmpty();
    }

    @Test
    void a_failed_rollback_is_not_tried_again_to_a_blocked_version() {
        refused(
                StartRules.retry(failed(rollbackRequested()), BLOCKED, DEGRADED, Optional.empty(), SAME, by(ALICE, "")),
                "rollback.version-state");
    }

    @Test
    void approvals_hold_only_for_the_demands_they_were_given_for() {
        EnvironmentPolicy then = policy(ApprovalRule.anyone(1));
        Release ready = release(requested(then), new ReleaseEvent.Readied());
        assertThat(accepted(StartRules.sameDemands(ready, then))).isEmpty();
        List<EnvironmentPolicy> others = List.of(
                with(then, List.of(), then.refusedApprovers(), then.upstream(), then.gates(), then.preReleases()),
                with(then, then.approvals(), Set.of(), then.upstream(), then.gates(), then.preReleases()),
                with(
                        then,
                        then.approvals(),
                        then.refusedApprovers(),
                        Optional.of(new Upstream(new EnvironmentName("test"), Duration.ZERO)),
                        then.gates(),
                        then.preReleases()),
                with(
                        then,
                        then.approvals(),
                        then.refusedApprovers(),
                        then.upstream(),
                        List.of("scan"),
                        then.preReleases()),
                with(
                        then,
                        then.approvals(),
                        then.refusedApprovers(),
                        then.upstream(),
                        then.gates(),
                        EnvironmentPolicy.PreReleases.ALLOWED));
        for (EnvironmentPolicy now : others) {
            assertThat(refused(StartRules.sameDemands(ready, now), "release.policy-changed")
                            .message())
                    .isEqualTo("Environment staging demands other things now than when release r1 was requested");
            refused(StartRules.sameDemands(failed(requested(then)), now), "release.policy-changed");
            assertThat(accepted(StartRules.sameDemands(release(requested(then)), now)))
                    .isEmpty();
            assertThat(accepted(StartRules.sameDemands(failed(rollbackRequested()), now)))
                    .isEmpty();
        }
    }

    private static EnvironmentPolicy with(
            EnvironmentPolicy policy,
            List<ApprovalRule> approvals,
            Set<EnvironmentPolicy.Involved> refused,
            Optional<Upstream> upstream,
            List<String> gates,
            EnvironmentPolicy.PreReleases preReleases) {
        return new EnvironmentPolicy(
                policy.tier(),
                approvals,
                refused,
                upstream,
                policy.bypass(),
                policy.line(),
                gates,
                policy.queueOrder(),
                policy.start(),
                preReleases,
                policy.approvalExpiry());
    }

    @Test
    void a_waiting_release_is_overtaken_by_a_newer_version_that_became_active_after_its_request() {
        assertThat(overtaken(number(1, 4, 0), 1)).isTrue();
        assertThat(overtaken(number(1, 4, 0), 0)).isFalse();
        assertThat(overtaken(number(1, 3, 0), 1)).isFalse();
        assertThat(overtaken(number(1, 2, 0), 1)).isFalse();
        assertThat(StartRules.overtaken(READY, FRESH, Numbers.ORDER)).isFalse();
        Release rollback = release(rollbackRequested(), new ReleaseEvent.Readied());
        assertThat(StartRules.overtaken(
                        rollback,
                        environment(
                                Optional.of(active(number(9, 0, 0), MANIFEST, NOON.plusSeconds(1))),
                                Optional.empty(),
                                Optional.empty()),
                        Numbers.ORDER))
                .isFalse();
    }

    private static boolean overtaken(VersionNumber active, int secondsLater) {
        return StartRules.overtaken(
                READY,
                environment(
                        Optional.of(active(active, MANIFEST, NOON.plusSeconds(secondsLater))),
                        Optional.empty(),
                        Optional.empty()),
                Numbers.ORDER);
    }
}
