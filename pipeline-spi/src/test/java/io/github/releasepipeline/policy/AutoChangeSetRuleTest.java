package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoChangeSetRuleTest {
    private static final EnvironmentName STAGING = new EnvironmentName("staging");

    @Test
    void a_rule_groups_or_versions_and_deploys() {
        assertThat(AutoChangeSetRule.grouping("a", "A")).isEqualTo(new AutoChangeSetRule("a", "A", false, List.of()));
        assertThat(AutoChangeSetRule.versioning("a", "A", "staging"))
                .isEqualTo(new AutoChangeSetRule("a", "A", true, List.of(STAGING)));
        assertThat(AutoChangeSetRule.versioning("a", "A").autoVersion()).isTrue();
    }

    @Test
    void label_and_name_are_lines() {
        assertThat(AutoChangeSetRule.grouping(" a b ", " A ").label()).isEqualTo("a b");
        assertThat(AutoChangeSetRule.grouping("a", " A ").changeSetName()).isEqualTo("A");
        assertThatThrownBy(() -> AutoChangeSetRule.grouping(" ", "A")).hasMessageContaining("label of a rule");
        assertThatThrownBy(() -> AutoChangeSetRule.grouping("a", "A\nB")).hasMessageContaining("name of a change set");
        assertThatThrownBy(() -> AutoChangeSetRule.grouping("a".repeat(101), "A"))
                .hasMessageContaining("100");
        assertThatThrownBy(() -> AutoChangeSetRule.grouping("a", "A".repeat(201)))
                .hasMessageContaining("200");
    }

    @Test
    void a_rule_that_deploys_makes_versions() {
        assertThatThrownBy(() -> new AutoChangeSetRule("a", "A", false, List.of(STAGING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auto_deploy_to needs auto_version true");
    }

    @Test
    void an_environment_comes_once() {
        assertThatThrownBy(() -> AutoChangeSetRule.versioning("a", "A", "x", "y", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice: [x, y, x]");
    }

    @Test
    void a_rule_acts_under_the_name_of_its_label() {
        assertThat(AutoChangeSetRule.grouping("hotfix", "A").actor()).isEqualTo(Actor.rule("label:hotfix"));
    }

    @Test
    void a_policy_may_start_in_another_way_and_demands_the_same() {
        EnvironmentPolicy policy = EnvironmentPolicy.of(Tier.STAGING);
        EnvironmentPolicy other = policy.starting(EnvironmentPolicy.Start.WHEN_APPROVED);
        assertThat(other.start()).isEqualTo(EnvironmentPolicy.Start.WHEN_APPROVED);
        assertThat(other.starting(EnvironmentPolicy.Start.WHEN_DEPLOYED)).isEqualTo(policy);
    }
}
