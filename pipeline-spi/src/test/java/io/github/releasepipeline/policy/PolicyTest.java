package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void a_tier_alone_makes_a_policy_that_refuses_the_requester_and_in_production_pre_releases() {
        for (Tier tier : Tier.values()) {
            EnvironmentPolicy policy = EnvironmentPolicy.of(tier);
            assertThat(policy.tier()).isEqualTo(tier);
            assertThat(policy.refusedApprovers()).containsExactly(EnvironmentPolicy.Involved.REQUESTER);
            assertThat(policy.approvalExpiry()).isEqualTo(Duration.ofDays(7));
            assertThat(policy.approvalsNeeded()).isZero();
            assertThat(policy.bypass()).isEqualTo(EnvironmentPolicy.Bypass.ANY_VERSION);
            assertThat(policy.line()).isEmpty();
            assertThat(policy.preReleases())
                    .isEqualTo(
                            tier == Tier.PRODUCTION
                                    ? EnvironmentPolicy.PreReleases.REFUSED
                                    : EnvironmentPolicy.PreReleases.ALLOWED);
        }
    }

    @Test
    void approvals_needed_are_the_sum_of_the_rules() {
        EnvironmentPolicy policy = new EnvironmentPolicy(
                Tier.STAGING,
                List.of(ApprovalRule.anyone(2), ApprovalRule.group("sre", 1)),
                Set.of(),
                Optional.empty(),
                EnvironmentPolicy.Bypass.NOTHING,
                "billing",
                List.of(),
                EnvironmentPolicy.QueueOrder.OLDEST_FIRST,
                EnvironmentPolicy.Start.WHEN_DEPLOYED,
                EnvironmentPolicy.PreReleases.ALLOWED,
                Duration.ofDays(1),
                List.of(),
                StepPolicy.standard());
        assertThat(policy.approvalsNeeded()).isEqualTo(3);
    }

    @Test
    void an_approval_rule_demands_something_and_reads_well() {
        assertThat(ApprovalRule.anyone(1)).hasToString("1 approval");
        assertThat(ApprovalRule.group("sre", 2)).hasToString("2 approvals of sre");
        assertThatThrownBy(() -> ApprovalRule.anyone(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An approval rule demands at least one approval, not 0");
    }

    @Test
    void a_soak_time_is_not_negative() {
        EnvironmentName staging = new EnvironmentName("staging");
        assertThat(new Upstream(staging, Duration.ZERO).soak()).isZero();
        assertThatThrownBy(() -> new Upstream(staging, Duration.ofNanos(-1))).hasMessageContaining("not negative");
    }

    @Test
    void the_name_of_an_environment_is_short_and_plain() {
        assertThat(new EnvironmentName("eu-west-1")).hasToString("eu-west-1");
        assertThat(new EnvironmentName("a".repeat(63)).value()).hasSize(63);
        for (String bad : List.of("", "1a", "-a", "A", "a b", "a".repeat(64))) {
            assertThatThrownBy(() -> new EnvironmentName(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("not '" + bad + "'");
        }
    }

    @Test
    void a_fresh_environment_holds_nothing() {
        Environment fresh = Environment.fresh(new EnvironmentName("dev"));
        assertThat(fresh.id()).isEqualTo(new EnvironmentId(new EnvironmentName("dev")));
        assertThat(fresh.id().reference()).isEqualTo("environment:dev");
        assertThat(fresh.fencingToken()).isZero();
        assertThat(fresh.active()).isEmpty();
        assertThat(fresh.queue()).isEmpty();
    }

    @Test
    void only_users_are_human_and_nobody_is_nameless() {
        assertThat(Actor.user("alice").isHuman()).isTrue();
        assertThat(Actor.service("ci").isHuman()).isFalse();
        assertThat(Actor.rule("auto").isHuman()).isFalse();
        assertThat(Actor.system()).isEqualTo(new Actor("release-pipeline", Actor.Kind.SYSTEM, Optional.empty()));
        assertThat(Actor.service("ci").onBehalfOf("alice"))
                .isEqualTo(new Actor("ci", Actor.Kind.SERVICE, Optional.of("alice")));
        assertThat(Actor.user(" alice ").id()).isEqualTo("alice");
        assertThatThrownBy(() -> Actor.user(" ")).hasMessage("The id of an actor must not be blank");
    }

    @Test
    void somebody_is_themselves_and_whoever_they_act_for() {
        Actor forBob = Actor.service("ci").onBehalfOf("bob");
        assertThat(forBob.isOrActsFor("ci")).isTrue();
        assertThat(forBob.isOrActsFor("bob")).isTrue();
        assertThat(forBob.isOrActsFor("alice")).isFalse();
        assertThat(Actor.user("alice").isOrActsFor("bob")).isFalse();
    }

    @Test
    void without_a_policy_everybody_may_do_everything_and_is_in_no_group() {
        AccessPolicy everyone = AccessPolicy.everyone();
        assertThat(everyone.refusal(Actor.user("alice"), Permission.BYPASS, "production"))
                .isEmpty();
        assertThat(everyone.groups(Actor.user("alice"))).isEmpty();
    }
}
