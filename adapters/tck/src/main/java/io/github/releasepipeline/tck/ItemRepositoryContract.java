package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ItemRepository} does. A test of an adapter extends it and gives an {@link ItemRepositoryFixture}.
 */
public abstract class ItemRepositoryContract extends FileComparerFacts {
    /** For subclasses. */
    protected ItemRepositoryContract() {}

    /** A new, empty repository; closed by the contract after each fact. */
    @Override
    protected abstract ItemRepositoryFixture newFixture();

    // manifest

    @Test
    void a_manifest_holds_the_digest_of_the_bytes_of_every_item_and_nothing_else() {
        CommitId commit = commit(Map.of(
                "workflows/invoice.json", "{}", "agents/deep/down/reader.json", "äöü\r\n", "README.md", "no item"));

        assertThat(repository.manifest(commit, KINDS).items())
                .containsExactly(
                        item("agent", "agents/deep/down/reader.json", "äöü\r\n"),
                        item("workflow", "workflows/invoice.json", "{}"));
    }

    @Test
    void the_manifest_of_a_commit_without_items_is_empty() {
        assertThat(repository.manifest(commit(Map.of()), KINDS).items()).isEmpty();
        assertThat(repository.manifest(commit(Map.of("README.md", "x")), KINDS).items())
                .isEmpty();
        assertThat(repository
                        .manifest(commit(Map.of("workflows/a.json", "x")), List.of())
                        .items())
                .isEmpty();
    }

    @Test
    void the_first_kind_whose_glob_matches_owns_the_path() {
        CommitId commit = commit(Map.of("workflows/special/a.json", "1", "workflows/b.json", "2"));
        List<ItemKind> kinds =
                List.of(ItemKind.of("special", "workflows/special/*.json"), ItemKind.of("workflow", "workflows/**"));

        assertThat(repository.manifest(commit, kinds).items())
                .containsExactly(
                        item("workflow", "workflows/b.json", "2"), item("special", "workflows/special/a.json", "1"));
    }

    @Test
    void globs_match_as_gitignore_does_against_the_whole_path() {
        CommitId commit = commit(Map.of(
                "a.json",
                "",
                "w/a.json",
                "",
                "w/x/a.json",
                "",
                "w/x/y/a.json",
                "",
                "x/w/a.json",
                "",
                "w/ab.json",
                "",
                "w/a.json.bak",
                ""));

        assertThat(matching(commit, "*.json")).containsExactly("a.json");
        assertThat(matching(commit, "w/*.json")).containsExactly("w/a.json", "w/ab.json");
        assertThat(matching(commit, "w/?.json")).containsExactly("w/a.json");
        assertThat(matching(commit, "w/**/a.json")).containsExactly("w/a.json", "w/x/a.json", "w/x/y/a.json");
        assertThat(matching(commit, "w/*/a.json")).containsExactly("w/x/a.json");
        assertThat(matching(commit, "**/w/a.json")).containsExactly("w/a.json", "x/w/a.json");
        assertThat(matching(commit, "w/x/**")).containsExactly("w/x/a.json", "w/x/y/a.json");
        assertThat(matching(commit, "w/x/y/a.json")).containsExactly("w/x/y/a.json");
    }

    @Test
    void odd_paths_are_items_like_any_other() {
        String spaces = "workflows/with some  spaces.json";
        String quotes = "workflows/it's \"quoted\".json";
        String unicode = "workflows/Überblick-発票-🚀.json";
        String control = "workflows/tab\tand\nline.json";
        CommitId commit = commit(Map.of(spaces, "1", quotes, "2", unicode, "3", control, "4"));

        assertThat(repository.manifest(commit, KINDS).items())
                .containsExactlyInAnyOrder(
                        item("workflow", spaces, "1"),
                        item("workflow", quotes, "2"),
                        item("workflow", unicode, "3"),
                        item("workflow", control, "4"));
    }

    @Test
    void a_manifest_of_an_older_commit_stays_what_it_was() {
        CommitId first = commit(Map.of("workflows/a.json", "1"));
        commit(Map.of("workflows/a.json", "2"), first);

        assertThat(repository.manifest(first, KINDS).items())
                .containsExactly(item("workflow", "workflows/a.json", "1"));
    }

    @Test
    void a_commit_that_is_missing_is_named_in_the_error() {
        CommitId missing = new CommitId("0123456789".repeat(4));

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> repository.manifest(missing, KINDS))
                .withMessageContaining(missing.hex())
                .matches(e -> !e.retryable());
    }

    // changes

    @Test
    void changes_are_created_modified_and_deleted_items_in_order_of_the_path() {
        CommitId before =
                commit(Map.of("workflows/gone.json", "old", "workflows/mod.json", "1", "agents/same.json", "s"));
        CommitId after = commit(
                Map.of("workflows/mod.json", "2", "agents/same.json", "s", "agents/new.json", "n", "notes.md", "x"),
                before);

        assertThat(repository.changes(Optional.of(before), after, KINDS))
                .containsExactly(
                        ItemChange.created(item("agent", "agents/new.json", "n")),
                        ItemChange.deleted(item("workflow", "workflows/gone.json", "old")),
                        ItemChange.changed(
                                item("workflow", "workflows/mod.json", "1"),
                                item("workflow", "workflows/mod.json", "2")));
    }

    @Test
    void changes_from_nothing_create_every_item() {
        CommitId commit = commit(Map.of("workflows/a.json", "1", "README.md", "x"));

        assertThat(repository.changes(Optional.empty(), commit, KINDS))
                .containsExactly(ItemChange.created(item("workflow", "workflows/a.json", "1")));
    }

    @Test
    void an_item_moved_to_another_path_is_renamed() {
        CommitId before = commit(Map.of("workflows/old.json", "same bytes, long enough to tell"));
        CommitId after = commit(Map.of("workflows/new.json", "same bytes, long enough to tell"), before);

        assertThat(repository.changes(Optional.of(before), after, KINDS))
                .containsExactly(ItemChange.changed(
                        item("workflow", "workflows/old.json", "same bytes, long enough to tell"),
                        item("workflow", "workflows/new.json", "same bytes, long enough to tell")));
    }

    @Test
    void an_item_renamed_between_kinds_has_its_old_kind_before_and_its_new_kind_after() {
        CommitId before = commit(Map.of("workflows/a.json", "same bytes, long enough to tell"));
        CommitId after = commit(Map.of("agents/a.json", "same bytes, long enough to tell"), before);

        assertThat(repository.changes(Optional.of(before), after, KINDS))
                .containsExactly(ItemChange.changed(
                        item("workflow", "workflows/a.json", "same bytes, long enough to tell"),
                        item("agent", "agents/a.json", "same bytes, long enough to tell")));
    }

    @Test
    void a_file_renamed_out_of_all_globs_is_deleted_and_one_renamed_into_them_is_created() {
        CommitId inside = commit(Map.of("workflows/a.json", "same bytes, long enough to tell"));
        CommitId outside = commit(Map.of("attic/a.json", "same bytes, long enough to tell"), inside);

        assertThat(repository.changes(Optional.of(inside), outside, KINDS))
                .containsExactly(
                        ItemChange.deleted(item("workflow", "workflows/a.json", "same bytes, long enough to tell")));
        assertThat(repository.changes(Optional.of(outside), inside, KINDS))
                .containsExactly(
                        ItemChange.created(item("workflow", "workflows/a.json", "same bytes, long enough to tell")));
    }

    @Test
    void what_was_changed_and_changed_back_is_no_change() {
        CommitId first = commit(Map.of("workflows/a.json", "1"));
        CommitId second = commit(Map.of("workflows/a.json", "2"), first);
        CommitId third = commit(Map.of("workflows/a.json", "1"), second);

        assertThat(repository.changes(Optional.of(first), third, KINDS)).isEmpty();
        assertThat(repository.origins(Optional.of(first), third, List.of(), KINDS))
                .isEmpty();
    }

    // contents

    @Test
    void a_file_can_be_read_at_any_commit() throws IOException {
        CommitId first = commit(Map.of("workflows/a b.json", "1\r\n"));
        commit(Map.of("workflows/a b.json", "2"), first);

        try (InputStream in = repository.open(first, "workflows/a b.json")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("1\r\n");
        }
    }

    @Test
    void a_file_that_is_not_there_is_not_found() {
        CommitId commit = commit(Map.of("workflows/a.json", "1"));

        for (String path : List.of("workflows/b.json", "workflows", "", "/", "../a")) {
            assertThatExceptionOfType(NotFoundException.class)
                    .as("'%s'", path)
                    .isThrownBy(() -> repository.open(commit, path));
        }
    }

    private List<String> matching(CommitId commit, String glob) {
        return repository.manifest(commit, List.of(ItemKind.of("item", glob))).items().stream()
                .map(item -> item.id().path())
                .toList();
    }
}
