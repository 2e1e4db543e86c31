package io.github.releasepipeline.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.difference.ItemDifference;
import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.difference.ValueChange;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeNotesTest {
    private static final ChangedItem CREATED = ChangedItem.created(item("workflows/a.json"));
    private static final ChangedItem DELETED = ChangedItem.deleted(item("workflows/a.json"));
    private static final ChangedItem MODIFIED = ChangedItem.modified(item("workflows/a.json"));
    private static final ChangedItem RENAMED =
            ChangedItem.renamed(item("workflows/old\n.json"), item("workflows/a.json"));
    private static final TextDifference LINES = new TextDifference.Compared("…", 12, 3);

    @Test
    void what_is_new_or_gone_is_told_by_its_kind() {
        assertThat(ChangeNotes.note(CREATED, Optional.empty())).isEqualTo("New workflow");
        assertThat(ChangeNotes.note(DELETED, Optional.empty())).isEqualTo("Deleted workflow");
    }

    @Test
    void an_addition_makes_it_modified() {
        assertThat(modified(added("validation node"))).isEqualTo("Modified (added validation node)");
    }

    @Test
    void values_that_are_only_others_make_it_updated() {
        assertThat(modified(changed("prompt"))).isEqualTo("Updated prompt");
        assertThat(modified(changed("prompt"), changed("prompt"))).isEqualTo("Updated prompt");
        assertThat(modified(changed("a"), changed("b"))).isEqualTo("Updated a and b");
        assertThat(modified(changed("a"), changed("b"), changed("c"))).isEqualTo("Updated a, b and c");
        assertThat(modified(changed("a"), changed("b"), changed("c"), changed("d"), changed("e")))
                .isEqualTo("Updated a, b, c and 2 more");
    }

    @Test
    void additions_removals_and_changes_are_told_in_their_order() {
        assertThat(modified(removed("a"), added("b"), changed("c")))
                .isEqualTo("Modified (removed a, added b, changed c)");
        assertThat(modified(removed("a"), added("b"), changed("c"), changed("d")))
                .isEqualTo("Modified (removed a, added b, changed c and 1 more)");
    }

    @Test
    void changes_that_were_left_out_are_counted() {
        assertThat(note(MODIFIED, new StructuralDifference.Compared(List.of(added("a")), 7), LINES))
                .isEqualTo("Modified (added a and 5 more)");
    }

    @Test
    void another_form_of_the_same_values_is_formatting_only() {
        assertThat(modified()).isEqualTo("Modified (formatting only)");
    }

    @Test
    void without_values_lines_are_counted_and_without_lines_nothing_is_claimed() {
        StructuralDifference none = new StructuralDifference.NotCompared("not JSON");

        assertThat(note(MODIFIED, none, LINES)).isEqualTo("Modified (+12 −3 lines)");
        assertThat(note(MODIFIED, none, new TextDifference.NotCompared("binary")))
                .isEqualTo("Modified");
    }

    @Test
    void a_rename_tells_where_from_and_what_changed_on_the_way() {
        assertThat(ChangeNotes.note(RENAMED, Optional.empty())).isEqualTo("Renamed from workflows/old\uFFFD.json");
        assertThat(note(RENAMED, new StructuralDifference.Compared(List.of(changed("prompt")), 0), LINES))
                .isEqualTo("Renamed from workflows/old\uFFFD.json (changed prompt)");
    }

    @Test
    void a_failure_is_told_in_one_line() {
        assertThat(ChangeNotes.notCompared(MODIFIED, "gone\nfor good"))
                .isEqualTo("Modified (not compared: gone\uFFFDfor good)");
    }

    @Test
    void only_two_states_have_a_difference() {
        assertThat(ChangeNotes.isDetailed(MODIFIED)).isTrue();
        assertThat(ChangeNotes.isDetailed(RENAMED)).isTrue();
        assertThat(ChangeNotes.isDetailed(CREATED)).isFalse();
        assertThat(ChangeNotes.isDetailed(DELETED)).isFalse();
    }

    @Test
    void an_item_that_was_only_renamed_has_no_details() {
        assertThat(note(
                        RENAMED,
                        new StructuralDifference.Compared(List.of(), 0),
                        new TextDifference.Compared("", 0, 0)))
                .isEqualTo("Renamed from workflows/old\uFFFD.json");
    }

    private static String modified(ValueChange... changes) {
        return note(MODIFIED, new StructuralDifference.Compared(List.of(changes), 0), LINES);
    }

    private static String note(ChangedItem item, StructuralDifference structure, TextDifference text) {
        return ChangeNotes.note(
                item, Optional.of(new ItemDifference(item, Optional.of(1L), Optional.of(2L), structure, text)));
    }

    private static ValueChange added(String label) {
        return new ValueChange("/x", label, Optional.empty(), Optional.of("1"));
    }

    private static ValueChange removed(String label) {
        return new ValueChange("/x", label, Optional.of("1"), Optional.empty());
    }

    private static ValueChange changed(String label) {
        return new ValueChange("/x", label, Optional.of("1"), Optional.of("2"));
    }

    private static ItemId item(String path) {
        return new ItemId("workflow", path);
    }
}
