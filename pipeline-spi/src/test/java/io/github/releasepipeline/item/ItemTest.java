package io.github.releasepipeline.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ItemTest {
    private static Item item(String path) {
        return new Item(new ItemId("workflow", path), Digest.of(path));
    }

    @Test
    void the_glob_of_a_kind_matches_whole_paths_in_the_way_of_gitignore() {
        Predicate<String> workflows =
                ItemKind.of("workflow", "workflows/**/*.json").paths();
        assertThat(List.of("workflows/a.json", "workflows/b/a.json", "workflows/b/c/.json", "workflows/\n.json"))
                .allMatch(workflows);
        assertThat(List.of(
                        "x/workflows/a.json", "workflows/a.jsonx", "workflows", "workflowsXa.json", "workflows/aXjson"))
                .noneMatch(workflows);
        Predicate<String> below = ItemKind.of("agent", "a?*/**").paths();
        assertThat(List.of("ab/c", "abc/d/e")).allMatch(below);
        assertThat(List.of("ab", "a/b", "x/ab/c", "a//b")).noneMatch(below);
        assertThat(ItemKind.of("any", "**.md").paths())
                .accepts("a.md", "b/c.md")
                .rejects("a.txt");
    }

    @Test
    void a_changed_item_says_how_and_under_which_paths() {
        ItemId a = item("a").id();
        ItemId b = item("b").id();
        assertThat(ChangedItem.created(a).type()).isEqualTo(ItemChange.Type.CREATED);
        assertThat(ChangedItem.deleted(a).type()).isEqualTo(ItemChange.Type.DELETED);
        assertThat(ChangedItem.modified(a).type()).isEqualTo(ItemChange.Type.MODIFIED);
        assertThat(ChangedItem.renamed(a, b).type()).isEqualTo(ItemChange.Type.RENAMED);
        assertThat(ChangedItem.renamed(a, b).id()).isEqualTo(b);
        assertThat(ChangedItem.deleted(a).id()).isEqualTo(a);
        assertThat(ChangedItem.renamed(a, b).paths()).containsExactly("a", "b");
        assertThat(ChangedItem.modified(a).paths()).containsExactly("a");
        assertThat(ChangedItem.of(ItemChange.changed(item("a"), item("b")))).isEqualTo(ChangedItem.renamed(a, b));
        assertThat(ChangedItem.of(ItemChange.deleted(item("a")))).isEqualTo(ChangedItem.deleted(a));
        assertThat(ChangedItem.of(ItemChange.created(item("a")))).isEqualTo(ChangedItem.created(a));
        assertThatThrownBy(() -> new ChangedItem(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before or after");
    }

    @Test
    void an_item_is_named_after_its_file_without_directories_and_ending() {
        assertThat(new ItemId("workflow", "flows/invoice.v2.json").name()).isEqualTo("invoice.v2");
        assertThat(new ItemId("workflow", "README").name()).isEqualTo("README");
        assertThat(new ItemId("workflow", "flows/.hidden").name()).isEqualTo(".hidden");
        assertThat(new ItemId("workflow", "a.b/c").name()).isEqualTo("c");
        assertThat(new ItemId("workflow", "a/b.json")).hasToString("workflow:a/b.json");
    }

    @Test
    void a_change_knows_its_type() {
        assertThat(ItemChange.created(item("a")).type()).isEqualTo(ItemChange.Type.CREATED);
        assertThat(ItemChange.deleted(item("a")).type()).isEqualTo(ItemChange.Type.DELETED);
        assertThat(ItemChange.changed(item("a"), item("a")).type()).isEqualTo(ItemChange.Type.MODIFIED);
        assertThat(ItemChange.changed(item("a"), item("b")).type()).isEqualTo(ItemChange.Type.RENAMED);
    }

    @Test
    void a_change_is_identified_by_what_is_there_after_it() {
        assertThat(ItemChange.changed(item("a"), item("b")).id().path()).isEqualTo("b");
        assertThat(ItemChange.deleted(item("a")).id().path()).isEqualTo("a");
        assertThat(ItemChange.created(item("c")).after()).contains(item("c"));
    }

    @Test
    void a_change_of_nothing_is_none() {
        assertThatThrownBy(() -> new ItemChange(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A change has an item before or after it");
    }

    @Test
    void counts_read_as_people_say_them_the_most_first() {
        ItemCounts counts = ItemCounts.of(List.of("workflow", "agent", "workflow", "tool", "workflow", "tool"));
        assertThat(counts).hasToString("3 workflows, 2 tools, 1 agent");
        assertThat(ItemCounts.of(List.of("b", "a"))).hasToString("1 a, 1 b");
        assertThat(ItemCounts.of(List.of())).hasToString("no items");
        assertThat(counts.total()).isEqualTo(6);
        assertThat(ItemCounts.of(List.of()).total()).isZero();
    }

    @Test
    void counts_do_not_follow_the_map_they_were_made_of() {
        TreeMap<String, Integer> map = new TreeMap<>(Map.of("agent", 1));
        ItemCounts counts = new ItemCounts(map);
        map.put("tool", 5);
        assertThat(counts.byKind()).isEqualTo(Map.of("agent", 1));
        assertThatThrownBy(() -> counts.byKind().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_name_of_a_kind_is_short_and_plain() {
        assertThat(ItemKind.of("a" + "b".repeat(39), "**").name()).hasSize(40);
        assertThat(ItemKind.of("work-flow2", " flows/** ").glob()).isEqualTo("flows/**");
        for (String bad : List.of("", "A", "2a", "-a", "a_b", "a".repeat(41))) {
            assertThatThrownBy(() -> ItemKind.of(bad, "**"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not '" + bad + "'");
        }
    }

    @Test
    void a_glob_is_relative_and_says_what_it_wants() {
        for (String bad : List.of("/flows/**", "!flows/**")) {
            assertThatThrownBy(() -> ItemKind.of("flow", bad))
                    .hasMessageContaining("relative to the root and not negated");
        }
        assertThatThrownBy(() -> ItemKind.of("flow", " ")).hasMessageContaining("blank");
    }
}
