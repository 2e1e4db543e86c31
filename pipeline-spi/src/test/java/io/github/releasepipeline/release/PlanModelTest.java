package io.github.releasepipeline.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.policy.ApprovalRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanModelTest {
    private static final List<String> KINDS = List.of("workflow", "agent", "processor");

    private static PlanSummary plan(List<String> created, List<String> updated, List<String> deleted) {
        Digest digest = Digest.of("plan");
        return new PlanSummary(
                digest,
                digest,
                ItemCounts.of(created),
                ItemCounts.of(updated),
                ItemCounts.of(deleted),
                Optional.empty());
    }

    @Test
    void the_changes_are_summed_up_in_the_words_of_the_page() {
        assertThat(plan(List.of("agent"), List.of("workflow", "workflow"), List.of())
                        .sentences(KINDS))
                .containsExactly(
                        "2 workflows will be updated", "1 agent will be created", "0 processors will be deleted");
    }

    @Test
    void what_is_not_done_to_more_than_one_kind_is_told_of_items() {
        assertThat(plan(List.of(), List.of("workflow"), List.of()).sentences(KINDS))
                .containsExactly("1 workflow will be updated", "0 items will be created", "0 items will be deleted");
        assertThat(plan(List.of("agent"), List.of(), List.of("agent", "processor", "processor"))
                        .sentences(KINDS))
                .containsExactly(
                        "0 workflows will be updated",
                        "1 agent will be created",
                        "1 agent will be deleted",
                        "2 processors will be deleted");
    }

    @Test
    void who_could_approve_is_told_by_name_by_group_or_as_anyone() {
        TreeMap<String, String> refused = new TreeMap<>(Map.of("alice", "she asked for it"));
        ApprovalRule sre = ApprovalRule.group("sre", 1);
        assertThat(new ApprovalNeed(sre, Optional.of(List.of("bob", "carol")), refused).who())
                .isEqualTo("bob, carol");
        assertThat(new ApprovalNeed(sre, Optional.of(List.of()), refused).who()).isEqualTo("nobody");
        assertThat(new ApprovalNeed(sre, Optional.empty(), refused).who()).isEqualTo("members of sre, but not alice");
        assertThat(new ApprovalNeed(ApprovalRule.anyone(2), Optional.empty(), new TreeMap<>()).who())
                .isEqualTo("anyone who may approve");
    }

    @Test
    void an_explanation_is_clear_when_nothing_is_unmet() {
        Condition met = Condition.met("a", "so");
        Condition note = Condition.note("b", "by the way");
        Condition unmet = Condition.unmet("c", "not so", "wait").earliest(Optional.of(Instant.EPOCH));
        assertThat(new Explanation(List.of(met, note)).isClear()).isTrue();
        Explanation blocked = new Explanation(List.of(met, unmet, note));
        assertThat(blocked.isClear()).isFalse();
        assertThat(blocked.unmet()).containsExactly(unmet);
        assertThat(unmet.remedies()).containsExactly("wait");
        assertThat(unmet.earliest()).contains(Instant.EPOCH);
    }
}
