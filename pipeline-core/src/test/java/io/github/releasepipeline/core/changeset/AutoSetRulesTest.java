package io.github.releasepipeline.core.changeset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.tck.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoSetRulesTest {
    private static final AutoChangeSetRule RULE = AutoChangeSetRule.grouping("hotfix", "Hotfix");
    private static final ChangeSetState DRAFT = new ChangeSetState.Draft();
    private static final ChangeSetState PROPOSED = new ChangeSetState.PendingReview(Sample.ALICE, Sample.NOW);
    private static final ChangeSetState READY = new ChangeSetState.Ready(Sample.ALICE, Sample.NOW);

    @Test
    void a_new_set_has_the_rules_name_and_is_ready_or_proposed() {
        ChangeSetEvent created = new ChangeSetEvent.Created(
                "Hotfix", "Made by the rule for the label 'hotfix'", ChangeType.OTHER, List.of(7L));
        assertThat(AutoSetRules.fresh(RULE, 7, ChangeSetReview.NOT_NEEDED))
                .containsExactly(created, new ChangeSetEvent.Readied());
        assertThat(AutoSetRules.fresh(RULE, 7, ChangeSetReview.NEEDED))
                .containsExactly(created, new ChangeSetEvent.Proposed());
    }

    @Test
    void a_member_is_added_behind_the_others_and_nothing_else_changes() {
        ChangeSet set = set(DRAFT);
        assertThat(AutoSetRules.join(set, 3, ChangeSetReview.NOT_NEEDED))
                .containsExactly(
                        new ChangeSetEvent.Edited(set.name(), set.description(), set.type(), List.of(9L, 2L, 3L)));
    }

    @Test
    void a_ready_set_stays_ready_where_no_review_is_needed() {
        assertThat(AutoSetRules.join(set(READY), 3, ChangeSetReview.NOT_NEEDED))
                .hasSize(2)
                .last()
                .isEqualTo(new ChangeSetEvent.Readied());
    }

    @Test
    void a_ready_or_proposed_set_is_proposed_again_where_a_review_is_needed() {
        for (ChangeSetState state : List.of(READY, PROPOSED)) {
            assertThat(AutoSetRules.join(set(state), 3, ChangeSetReview.NEEDED))
                    .hasSize(2)
                    .last()
                    .isEqualTo(new ChangeSetEvent.Proposed());
        }
    }

    @Test
    void a_draft_stays_a_draft() {
        assertThat(AutoSetRules.join(set(DRAFT), 3, ChangeSetReview.NEEDED)).hasSize(1);
        assertThat(AutoSetRules.join(set(DRAFT), 3, ChangeSetReview.NOT_NEEDED)).hasSize(1);
        assertThat(AutoSetRules.join(set(PROPOSED), 3, ChangeSetReview.NOT_NEEDED))
                .hasSize(1);
    }

    @Test
    void who_proposed_a_set_has_proposed_it_also_when_the_rule_does_so_again() {
        Actor rule = RULE.actor();
        assertThat(AutoSetRules.joining(set(PROPOSED), rule)).isEqualTo(rule.onBehalfOf(Sample.ALICE.id()));
        ChangeSetState again = new ChangeSetState.PendingReview(rule.onBehalfOf(Sample.ALICE.id()), Sample.NOW);
        assertThat(AutoSetRules.joining(set(again), rule)).isEqualTo(rule.onBehalfOf(Sample.ALICE.id()));
    }

    @Test
    void a_rule_adds_in_its_own_name_where_no_person_has_proposed() {
        Actor rule = RULE.actor();
        assertThat(AutoSetRules.joining(set(DRAFT), rule)).isEqualTo(rule);
        assertThat(AutoSetRules.joining(set(READY), rule)).isEqualTo(rule);
        assertThat(AutoSetRules.joining(set(new ChangeSetState.PendingReview(rule, Sample.NOW)), rule))
                .isEqualTo(rule);
    }

    private static ChangeSet set(ChangeSetState state) {
        return Sample.changeSet("cs-1", 9L, 2L).description("why").state(state).build();
    }
}
