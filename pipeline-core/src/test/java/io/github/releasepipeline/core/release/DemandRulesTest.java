package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemandRulesTest {
    private static final ApprovalRule ONE = ApprovalRule.anyone(1);
    private static final ApprovalRule SRE = ApprovalRule.group("sre", 1);

    @Test
    void fewer_approvals_or_approvals_of_anyone_instead_of_a_group_are_not_stricter() {
        assertThat(stricter(List.of(ApprovalRule.anyone(2)), List.of(ONE))).isEmpty();
        assertThat(stricter(List.of(SRE, ONE), List.of(ApprovalRule.anyone(2)))).isEmpty();
        assertThat(stricter(List.of(SRE, SRE), List.of(ApprovalRule.group("sre", 2))))
                .isEmpty();
        assertThat(stricter(List.of(SRE), List.of())).isEmpty();
        assertThat(stricter(List.of(ONE, SRE), List.of(SRE, ONE))).isEmpty();
    }

    @Test
    void more_approvals_or_approvals_of_another_group_are_stricter() {
        assertThat(stricter(List.of(ONE), List.of(ApprovalRule.anyone(2))))
                .containsExactly("it demands [2 approvals] instead of [1 approval]");
        assertThat(stricter(List.of(ONE), List.of(SRE)))
                .containsExactly("it demands [1 approval of sre] instead of [1 approval]");
        assertThat(stricter(List.of(SRE, ONE), List.of(ApprovalRule.group("sre", 2))))
                .hasSize(1);
        assertThat(stricter(List.of(SRE), List.of(SRE, ONE))).hasSize(1);
    }

    @Test
    void refusing_more_votes_is_stricter_and_refusing_fewer_is_not() {
        EnvironmentPolicy plain = policy(ONE);
        EnvironmentPolicy all = with(plain, Set.of(Involved.values()), plain.upstream(), plain.gates());
        assertThat(DemandRules.stricter(ready(plain), all))
                .containsExactly("it refuses votes of the version creator and the pull request author");
        assertThat(DemandRules.stricter(ready(all), plain)).isEmpty();
    }

    @Test
    void another_environment_before_it_or_a_longer_soak_is_stricter() {
        EnvironmentPolicy none = policy();
        EnvironmentPolicy hour = after("staging", Duration.ofHours(1));
        assertThat(DemandRules.stricter(ready(none), hour)).containsExactly("versions come from staging");
        assertThat(DemandRules.stricter(ready(after("test", Duration.ofHours(9))), hour))
                .containsExactly("versions come from staging");
        assertThat(DemandRules.stricter(ready(hour), after("staging", Duration.ofHours(2))))
                .containsExactly("versions have to be active in staging for 2 hours instead of 1 hour");
        assertThat(DemandRules.stricter(ready(hour), after("staging", Duration.ofMinutes(59))))
                .isEmpty();
        assertThat(DemandRules.stricter(ready(hour), hour)).isEmpty();
        assertThat(DemandRules.stricter(ready(hour), none)).isEmpty();
    }

    @Test
    void other_gates_are_another_promise_to_those_who_approved() {
        EnvironmentPolicy none = policy();
        EnvironmentPolicy scanned =
                with(none, none.refusedApprovers(), none.upstream(), List.of(GatePolicy.once("scan")));
        assertThat(DemandRules.stricter(ready(none), scanned))
                .containsExactly("its quality gates are [scan] instead of []");
        assertThat(DemandRules.stricter(ready(scanned), none)).hasSize(1);
        assertThat(DemandRules.stricter(ready(scanned), scanned)).isEmpty();
    }

    @Test
    void the_same_gates_in_another_way_are_another_promise_too() {
        EnvironmentPolicy none = policy();
        EnvironmentPolicy scanned =
                with(none, none.refusedApprovers(), none.upstream(), List.of(GatePolicy.once("scan")));
        GatePolicy fresh = new GatePolicy("scan", Duration.ofHours(1), new GatePolicy.Asking.Once());
        EnvironmentPolicy kept = with(none, none.refusedApprovers(), none.upstream(), List.of(fresh));
        assertThat(DemandRules.stricter(ready(scanned), kept))
                .containsExactly("its quality gates [scan] are asked in another way");
    }

    @Test
    void a_canary_that_was_not_demanded_is_another_promise_and_none_any_more_is_not() {
        EnvironmentPolicy none = policy();
        EnvironmentPolicy tenth = canary(none, 10);
        assertThat(DemandRules.stricter(ready(none), tenth))
                .containsExactly("a version gets 10 % of the traffic first, judged by [error rate]");
        assertThat(DemandRules.stricter(ready(tenth), canary(none, 5)))
                .containsExactly(
                        "a version gets 5 % of the traffic first, judged by [error rate], instead of 10 %, judged"
                                + " by [error rate]");
        assertThat(DemandRules.stricter(ready(tenth), tenth)).isEmpty();
        assertThat(DemandRules.stricter(ready(tenth), none)).isEmpty();
    }

    private static EnvironmentPolicy canary(EnvironmentPolicy policy, int percent) {
        return policy.steps(policy.steps().canary(new CanaryPolicy(percent, List.of(GatePolicy.once("error rate")))));
    }

    @Test
    void a_rollback_is_not_affected() {
        Release rollback = release(rollbackRequested(), new ReleaseEvent.Readied());
        assertThat(DemandRules.stricter(rollback, policy(ONE))).isEmpty();
        assertThat(DemandRules.governing(rollback, policy(ONE))).isEqualTo(policy());
    }

    @Test
    void a_release_goes_on_with_its_own_policy_unless_more_is_demanded() {
        EnvironmentPolicy two = policy(ApprovalRule.anyone(2)).starting(EnvironmentPolicy.Start.WHEN_APPROVED);
        assertThat(DemandRules.governing(ready(two), policy(ONE))).isEqualTo(two);
        assertThat(DemandRules.governing(ready(policy(ONE)), two)).isEqualTo(policy(ApprovalRule.anyone(2)));
    }

    @Test
    void more_demands_without_approvals_let_a_release_go_on() {
        assertThat(DemandRules.unapproved(ready(policy()), after("staging", Duration.ZERO))
                        .isUnmet())
                .isFalse();
        assertThat(DemandRules.unapproved(ready(policy()), policy(ONE)).isUnmet())
                .isTrue();
        assertThat(DemandRules.unchanged(ready(policy()), after("staging", Duration.ZERO))
                        .isUnmet())
                .isTrue();
    }

    private static List<String> stricter(List<ApprovalRule> then, List<ApprovalRule> now) {
        return DemandRules.stricter(
                ready(policy(then.toArray(ApprovalRule[]::new))), policy(now.toArray(ApprovalRule[]::new)));
    }

    private static Release ready(EnvironmentPolicy policy) {
        return release(requested(policy), new ReleaseEvent.Readied());
    }

    private static EnvironmentPolicy after(String environment, Duration soak) {
        EnvironmentPolicy plain = policy();
        Upstream upstream = new Upstream(new EnvironmentName(environment), soak);
        return with(plain, plain.refusedApprovers(), Optional.of(upstream), plain.gates());
    }

    private static EnvironmentPolicy with(
            EnvironmentPolicy policy, Set<Involved> refused, Optional<Upstream> upstream, List<GatePolicy> gates) {
        return new EnvironmentPolicy(
                policy.tier(),
                policy.approvals(),
                refused,
                upstream,
                policy.bypass(),
                policy.line(),
                gates,
                policy.queueOrder(),
                policy.start(),
                policy.preReleases(),
                policy.approvalExpiry(),
                policy.windows(),
                policy.steps());
    }
}
