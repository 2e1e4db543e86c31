package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.MissingHotfixes;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Versions that are made after a repository's history was imported. */
class VersionAfterImportTest extends HistoryFacts {
    @Test
    void the_next_version_follows_the_greatest_imported_one() {
        tag("v1.4.0", "main", "");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long merged = merged("workflows/b.json");
        alice.pullRequests().synchronize();

        Version next = alice.versions()
                .publish(alice.changeSets()
                        .create("Next", set -> set.pullRequests(merged))
                        .id());

        assertThat(next.number().tag()).isEqualTo("v1.5.0");
        assertThat(next.isImported()).isFalse();
        assertThat(next.pullRequests()).containsExactly(merged);
        assertThat(alice.versions().get(next.previous().orElseThrow()).number().tag())
                .isEqualTo("v1.4.0");
    }

    @Test
    void a_release_branch_that_never_came_back_does_not_stop_the_main_line() {
        // given
        CommitId base = git.resolve("main");
        tag("v1.0.0", "main", "");
        git.branch("release/1.0", base);
        git.commitOn("release/1.0", Map.of("workflows/a.json", "fixed"));
        tag("v1.0.1", "release/1.0", "");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long merged = merged("workflows/b.json");
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets().create("Next", wishes -> wishes.pullRequests(merged));
        // when
        assertThatThrownBy(() -> alice.versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v1.1.0 has a missing hotfix: v1.0.1");
        Version next =
                alice.versions().publish(List.of(set.id()), version -> version.withoutHotfix("v1.0.1", "written anew"));
        // then
        assertThat(next.number().tag()).isEqualTo("v1.1.0");
        assertThat(next.missingHotfixes())
                .extracting(MissingHotfix::reason)
                .containsExactly(Optional.of("written anew"));
        assertThat(previous("v1.1.0")).contains("v1.0.0");
        assertThat(next.pullRequests()).containsExactly(merged);
    }

    @Test
    void a_release_branch_whose_fix_was_picked_is_passed_over_without_a_word() {
        // given
        tag("v1.0.0", "main", "");
        git.branch("release/1.0", git.resolve("main"));
        git.commitOn("release/1.0", Map.of("workflows/a.json", "new"));
        tag("v1.0.1", "release/1.0", "");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long picked = merged("workflows/a.json");
        alice.pullRequests().synchronize();
        // when
        Version next = alice.versions()
                .publish(alice.changeSets()
                        .create("Next", set -> set.pullRequests(picked))
                        .id());
        // then
        assertThat(next.missingHotfixes()).isEmpty();
        assertThat(previous("v1.1.0")).contains("v1.0.0");
    }

    @Test
    void a_commit_that_contains_no_imported_version_does_not_begin_a_line_again() {
        // given
        tag("v1.0.0", "main", "");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        git.branch("orphan", git.commit(Map.of("workflows/a.json", "1"), List.of()));
        long number = forge.openOn("orphan", "Alone", "bob", List.of(), Map.of("workflows/b.json", "1"));
        forge.mergeElsewhere(number, "bob");
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets().create("Alone", wishes -> wishes.pullRequests(number));
        // when / then
        assertThatThrownBy(() -> alice.versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("does not contain v1.0.0, the version before");
    }

    @Test
    void what_an_imported_version_holds_already_is_no_next_version() {
        // given
        tag("v1.0.0", "main", "");
        long released = merged("workflows/b.json");
        git.commitOn("main", Map.of("workflows/c.json", "by hand"));
        tag("v1.1.0", "main", "");
        ActingPipeline alice =
                build(wiring(store, git).missingHotfixes(MissingHotfixes.WARN)).as(ALICE);
        alice.versions().importHistory();
        ChangeSet set = alice.changeSets().create("Again", wishes -> wishes.pullRequests(released));
        // when / then
        assertThatThrownBy(() -> alice.versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("does not contain v1.1.0, the version before");
    }

    @Test
    void what_was_merged_after_the_last_tag_has_to_be_in_a_change_set_too() {
        // given
        tag("v1.0.0", "main", "");
        long unreleased = merged("workflows/b.json");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long merged = merged("workflows/c.json");
        alice.pullRequests().synchronize();
        ChangeSet next = alice.changeSets().create("Next", set -> set.pullRequests(merged));
        // when / then
        assertThatThrownBy(() -> alice.versions().publish(next.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v1.1.0 would bring")
                .hasMessageContaining("#" + unreleased + " \"Merged\" by bob");
        ChangeSet rest = alice.changeSets().create("Rest", set -> set.pullRequests(unreleased));
        assertThat(alice.versions()
                        .publish(List.of(next.id(), rest.id()), version -> {})
                        .pullRequests())
                .containsExactly(unreleased, merged);
    }
}
