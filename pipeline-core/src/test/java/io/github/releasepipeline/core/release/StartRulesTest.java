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
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartRulesTest {
    private static final Environment FRESH = Environment.fresh(STAGING);
    private static final PlanSummary SAME = plan("plan", "observed");
    private static final Release READY = release(requested(policy()), new ReleaseEvent.Readied());
    private static final Version BLOCKED =
            version(number(1, 3, 0), new VersionEvent.Published(), new VersionEvent.Blocked());

    private static final Instant LATER = NOON.plusSeconds(1);
    private static final Release ROLLBACK = release(rollbackRequested(), new ReleaseEvent.Readied());
    private static final ActiveVersion SAME_VERSION = later(ROLLBACK.version());
    private static final ActiveVersion OTHER_VERSION = later(new VersionId("v9"));
    private static final Optional<Degradation> HALF = Optional.of(new Degradation("half restored", List.of(), NOON));

    private static Environment environment(
            Optional<ActiveVersion> active, Optional<Hold> hold, Optional<Degradation> degradation) {
        return new Environment(
                STAGING, active, List.of(), Optional.empty(), List.of(), 0, hold, degradation, Optional.empty());
    }

    private static final Environment DEGRADED = environment(
            Optional.empty(), Optional.empty(), Optional.of(new Degradation("half restored", List.of(), NOON)));
    private static final Environment HELD =
            environment(Optional.empty(), Optional.of(new Hold(ALICE, "freeze", NOON)), Optional.empty());

    private static Decision deploy(Environment environment, PlanSummary fresh, Stamp stamp) {
        return deploy(READY, published(), environment, Optional.empty(), fresh, stamp);
    }

    private static Decision deploy(
            Release release,
            Version version,
            Environment environment,
            Optional<RequestRules.UpstreamFacts> upstream,
            PlanSummary fresh,
            Stamp stamp) {
        return StartRules.deploy(
                new StartRules.Facts(release, version, environment, release.policy(), upstream, fresh, stamp));
    }

    private static Decision retry(
            Release release,
            Version version,
            Environment environment,
            Optional<RequestRules.UpstreamFacts> upstream,
            PlanSummary fresh,
            Stamp stamp) {
        return StartRules.retry(
                new StartRules.Facts(release, version, environment, release.policy(), upstream, fresh, stamp));
    }

    @Test
    void a_ready_release_starts_as_it_is() {
        assertThat(accepted(deploy(FRESH, SAME, by(ALICE, "")))).isEmpty();
    }

    @Test
    void each_thing_that_could_have_changed_since_the_approval_is_looked_at_again() {
        Stamp now = by(ALICE, "");
        refused(
                deploy(
                        release(requested(policy(ApprovalRule.anyone(1)))),
                        published(),
                        FRESH,
                        Optional.empty(),
                        SAME,
                        now),
                "release.state");
        Stamp late = new Stamp(ALICE, NOON.plus(Duration.ofDays(7)), Optional.empty());
        refused(deploy(FRESH, SAME, late), "release.expired");
        refused(deploy(READY, BLOCKED, FRESH, Optional.empty(), SAME, now), "release.version-state");
        refused(deploy(DEGRADED, SAME, now), "release.environment-degraded");
        Optional<RequestRules.UpstreamFacts> upstream = Optional.of(new RequestRules.UpstreamFacts(
                new Upstream(new EnvironmentName("test"), Duration.ofHours(1)),
                environment(Optional.of(active(number(1, 3, 0), MANIFEST, NOON)), Optional.empty(), Optional.empty())));
        refused(deploy(READY, published(), FRESH, upstream, SAME, now), "release.soak");
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
        assertThat(StartRules.lapse(guarded, guarded.policy(), stricter))
                .containsExactly(new ReleaseEvent.ApprovalsLapsed(stricter, "what has to be done has changed"));
        assertThat(StartRules.lapse(guarded, guarded.policy(), SAME)).isEmpty();
        assertThat(StartRules.lapse(
                        release(rollbackRequested(), new ReleaseEvent.Readied()),
                        policy(ApprovalRule.anyone(3)),
                        drifted))
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
        return retry(failed(requested(policy())), version, environment, Optional.empty(), fresh, by(actor, ""));
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
        refused(retry(READY, published(), FRESH, Optional.empty(), SAME, by(ALICE, "")), "release.state");
    }

    @Test
    void a_retry_respects_holds_and_soak_time_as_a_start_does() {
        refused(retry(published(), HELD, SAME, ROBOT), "release.hold");
        assertThat(accepted(retry(published(), HELD, SAME, ALICE))).isEmpty();
        Optional<RequestRules.UpstreamFacts> upstream = Optional.of(new RequestRules.UpstreamFacts(
                new Upstream(new EnvironmentName("test"), Duration.ZERO),
                Environment.fresh(new EnvironmentName("test"))));
        refused(
                retry(failed(requested(policy())), published(), FRESH, upstream, SAME, by(ALICE, "")),
                "release.upstream");
    }

    @Test
    void a_failed_rollback_is_tried_again_whatever_has_changed_in_the_environment() {
        assertThat(accepted(retry(
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
                retry(failed(rollbackRequested()), BLOCKED, DEGRADED, Optional.empty(), SAME, by(ALICE, "")),
                "rollback.version-state");
    }

    @Test
    void approvals_lapse_when_the_environment_demands_more_and_the_release_comes_under_its_policy() {
        EnvironmentPolicy then = policy(ApprovalRule.anyone(1));
        EnvironmentPolicy now = policy(ApprovalRule.anyone(2)).starting(EnvironmentPolicy.Start.WHEN_APPROVED);
        Release ready = release(requested(then), new ReleaseEvent.Readied());
        assertThat(StartRules.lapse(ready, now, SAME))
                .containsExactly(new ReleaseEvent.ApprovalsLapsed(
                        SAME,
                        "the environment demands more: it demands [2 approvals] instead of [1 approval]",
                        Optional.of(policy(ApprovalRule.anyone(2)))));
        PlanSummary drifted = plan("other", "drifted");
        assertThat(StartRules.lapse(ready, now, drifted).get(0).toString())
                .contains(
                        "it demands [2 approvals] instead of [1 approval]; the environment holds other items than when this was planned");
    }

    @Test
    void approvals_lapse_for_a_stricter_policy_even_while_something_else_is_in_the_way() {
        EnvironmentPolicy now = policy(ApprovalRule.anyone(2));
        Release ready = release(requested(policy(ApprovalRule.anyone(1))), new ReleaseEvent.Readied());
        assertThat(accepted(StartRules.deploy(new StartRules.Facts(
                        ready, published(), DEGRADED, now, Optional.empty(), SAME, by(ALICE, "")))))
                .singleElement()
                .isInstanceOf(ReleaseEvent.ApprovalsLapsed.class);
        refused(
                StartRules.deploy(
                        new StartRules.Facts(ready, BLOCKED, FRESH, now, Optional.empty(), SAME, by(ALICE, ""))),
                "release.version-state");
    }

    @Test
    void a_failed_release_is_not_tried_again_where_more_is_demanded() {
        Release failed = failed(requested(policy()));
        assertThat(refused(
                                StartRules.retry(new StartRules.Facts(
                                        failed,
                                        published(),
                                        FRESH,
                                        policy(ApprovalRule.anyone(1)),
                                        Optional.empty(),
                                        SAME,
                                        by(ALICE, ""))),
                                "release.policy-changed")
                        .message())
                .isEqualTo("Environment staging demands more than when release r1 was approved:"
                        + " it demands [1 approval] instead of []");
    }

    @Test
    void a_waiting_release_is_overtaken_by_a_newer_version_that_became_active_after_its_request() {
        assertThat(overtaken(number(1, 4, 0), 1)).isTrue();
        assertThat(overtaken(number(1, 4, 0), 0)).isFalse();
        assertThat(overtaken(number(1, 3, 0), 1)).isFalse();
        assertThat(overtaken(number(1, 2, 0), 1)).isFalse();
        assertThat(StartRules.overtaken(READY, FRESH, Numbers.ORDER)).isFalse();
        Release downgrade =
                release(requested(policy()), new ReleaseEvent.DowngradeWanted(), new ReleaseEvent.Readied());
        assertThat(StartRules.overtaken(
                        downgrade,
                        environment(
                                Optional.of(active(number(9, 0, 0), MANIFEST, NOON.plusSeconds(1))),
                                Optional.empty(),
                                Optional.empty()),
                        Numbers.ORDER))
                .isFalse();
    }

    @Test
    void a_waiting_rollback_is_needless_when_what_it_goes_back_to_is_active_again_and_whole() {
        assertThat(overtaken(ROLLBACK, SAME_VERSION, Optional.empty())).isTrue();
        assertThat(overtaken(ROLLBACK, SAME_VERSION, HALF)).isFalse();
        assertThat(overtaken(ROLLBACK, OTHER_VERSION, Optional.empty())).isFalse();
        assertThat(overtaken(ROLLBACK, active(number(1, 2, 0), MANIFEST, LATER), Optional.empty()))
                .as("its own")
                .isFalse();
    }

    @Test
    void a_waiting_rollback_is_called_off_when_something_else_became_active_and_is_whole() {
        assertThat(gone(ROLLBACK, Optional.of(OTHER_VERSION), Optional.empty()))
                .map(Decision.Refused.class::cast)
                .map(Decision.Refused::rule)
                .contains("rollback.overtaken");
        assertThat(gone(ROLLBACK, Optional.of(OTHER_VERSION), HALF)).isEmpty();
        assertThat(gone(ROLLBACK, Optional.empty(), Optional.empty())).isEmpty();
        assertThat(gone(READY, Optional.of(OTHER_VERSION), Optional.empty())).isEmpty();
    }

    private static ActiveVersion later(VersionId version) {
        return new ActiveVersion(version, number(1, 4, 0), MANIFEST, new ReleaseId("r9"), LATER, Optional.of(LATER));
    }

    private static boolean overtaken(Release rollback, ActiveVersion active, Optional<Degradation> degradation) {
        return StartRules.overtaken(
                rollback, environment(Optional.of(active), Optional.empty(), degradation), Numbers.ORDER);
    }

    private static Optional<Decision> gone(
            Release release, Optional<ActiveVersion> active, Optional<Degradation> degradation) {
        return StartRules.gone(new StartRules.Facts(
                release,
                published(),
                environment(active, Optional.empty(), degradation),
                release.policy(),
                Optional.empty(),
                SAME,
                by(ALICE, "")));
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
