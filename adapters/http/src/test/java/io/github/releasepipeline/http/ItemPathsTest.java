package io.github.releasepipeline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemPathsTest {
    private final ItemPaths paths =
            new ItemPaths(List.of(ItemKind.of("workflow", "workflows/**/*.json"), ItemKind.of("agent", "**/*.json")));

    @Test
    void a_path_belongs_to_the_first_kind_that_matches() {
        assertThat(paths.changed(List.of(
                        ChangedFile.added("workflows/b.json"),
                        ChangedFile.added("a.json"),
                        ChangedFile.added("README"))))
                .containsExactly(
                        ChangedItem.created(new ItemId("agent", "a.json")),
                        ChangedItem.created(new ItemId("workflow", "workflows/b.json")));
    }

    @Test
    void a_rename_into_or_out_of_items_creates_or_deletes_one() {
        assertThat(paths.changed(List.of(ChangedFile.renamed("old.txt", "new.json"))))
                .containsExactly(ChangedItem.created(new ItemId("agent", "new.json")));
        assertThat(paths.changed(List.of(ChangedFile.renamed("old.json", "new.txt"))))
                .containsExactly(ChangedItem.deleted(new ItemId("agent", "old.json")));
        assertThat(paths.changed(List.of(ChangedFile.renamed("workflows/A.json", "workflows/a.json"))))
                .as("case only")
                .containsExactly(ChangedItem.renamed(
                        new ItemId("workflow", "workflows/A.json"), new ItemId("workflow", "workflows/a.json")));
        assertThat(paths.changed(List.of(ChangedFile.deleted("a.json"), ChangedFile.modified("b.json"))))
                .containsExactly(
                        ChangedItem.deleted(new ItemId("agent", "a.json")),
                        ChangedItem.modified(new ItemId("agent", "b.json")));
    }
}
