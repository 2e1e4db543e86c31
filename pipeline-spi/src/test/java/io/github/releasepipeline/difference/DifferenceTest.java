package io.github.releasepipeline.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.source.PullRequestAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> ONE = Optional.of("1");

    @Test
    void a_value_is_new_or_gone_or_another_one() {
        ValueChange added = new ValueChange("/a", "a", NONE, ONE);
        ValueChange removed = new ValueChange("/a", "a", ONE, NONE);
        ValueChange changed = new ValueChange("/a", "a", ONE, ONE);

        assertThat(added.isAddition()).isTrue();
        assertThat(added.isRemoval()).isFalse();
        assertThat(removed.isAddition()).isFalse();
        assertThat(removed.isRemoval()).isTrue();
        assertThat(changed.isAddition()).isFalse();
        assertThat(changed.isRemoval()).isFalse();
    }

    @Test
    void a_change_without_any_value_is_refused() {
        assertThatThrownBy(() -> new ValueChange("/a", "a", NONE, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a");
    }

    @Test
    void changes_are_copied() {
        List<ValueChange> changes = new ArrayList<>(List.of(new ValueChange("/a", "a", NONE, ONE)));
        StructuralDifference.Compared compared = new StructuralDifference.Compared(changes, 0);

        changes.clear();

        assertThat(compared.changes()).hasSize(1);
    }

    @Test
    void an_action_is_allowed_unless_it_says_why_not() {
        PullRequestAction merge =
                new PullRequestAction(PullRequestAction.Kind.MERGE, Optional.empty(), Optional.empty());

        assertThat(merge.allowed()).isTrue();
        assertThat(merge.kind().label()).isEqualTo("Merge");
        assertThat(new PullRequestAction(PullRequestAction.Kind.RUN_CHECKS, Optional.empty(), ONE).allowed())
                .isFalse();
    }
}
