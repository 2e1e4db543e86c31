package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.policy.MissingHotfixes;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissingHotfixTest {
    @Test
    void the_next_version_without_the_fix_is_refused_and_names_it() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            // given
            Version hotfix = branches.hotfix();
            ChangeSet next = branches.ready("main", "flows/c");
            // when / then
            Branches.refused(
                    "version.missing-hotfix",
                    "v1.4.0 has a missing hotfix: v1.2.1",
                    () -> branches.versions().publish(next.id()));
            assertThat(branches.isReady(next)).isTrue();
            assertThat(branches.tags()).doesNotContain("v1.4.0");
            assertThat(branches.versions()
                            .preview(List.of(next.id()), version -> {})
                            .missingHotfixes())
                    .containsExactly(new MissingHotfix(hotfix.id(), hotfix.number(), Optional.empty()));
        }
    }

    @Test
    void a_hotfix_that_was_merged_back_is_not_missing() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            branches.hotfix();
            branches.mergeIntoMain("fix", Map.of("flows/a", Branches.FIXED, "flows/b", "new flows/b"));
            ChangeSet next = branches.set(branches.merged("main", "flows/a", "went on from the fix"));
            assertThat(branches.versions().publish(next.id()).missingHotfixes()).isEmpty();
        }
    }

    @Test
    void a_hotfix_whose_pull_requests_are_merged_is_not_missing_although_its_commit_is_elsewhere() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            // given
            long fix = branches.merged("fix", "flows/a", Branches.FIXED);
            branches.history.branch("main-with-fix", branches.history.resolve("fix"));
            String commit = branches.history
                    .commitOn("fix", Map.of("README", "no item"))
                    .hex();
            branches.versions()
                    .publish(
                            List.of(branches.set(fix).id()),
                            version -> version.hotfix().commit(commit));
            branches.mergeIntoMain("main-with-fix", Map.of("flows/a", Branches.FIXED, "flows/b", "new flows/b"));
            // when / then
            ChangeSet next = branches.set(branches.merged("main", "flows/a", "went on from the fix"));
            assertThat(branches.versions().publish(next.id()).missingHotfixes()).isEmpty();
        }
    }

    @Test
    void a_hotfix_whose_items_were_picked_into_main_as_they_are_is_not_missing() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            branches.hotfix();
            long picked = branches.merged("main", "flows/a", Branches.FIXED);
            assertThat(branches.versions().publish(branches.set(picked).id()).missingHotfixes())
                    .isEmpty();
        }
    }

    @Test
    void a_hotfix_that_deletes_is_missing_until_that_is_deleted_in_main_too() {
        try (Branches branches = new Branches(wiring -> wiring.stowaways(Stowaways.WARN))) {
            // given
            Version active = branches.publish(
                    "1.2.0",
                    branches.set(branches.merged("main", "flows/a", "1"), branches.merged("main", "flows/x", "1")));
            branches.deployed(active, "production");
            branches.branch("fix", active);
            long fix = branches.merged("fix", "flows/a", Branches.FIXED);
            String deleted = branches.history.deleteOn("fix", "flows/x").hex();
            branches.versions()
                    .publish(
                            List.of(branches.set(fix).id()),
                            version -> version.hotfix().commit(deleted));
            ChangeSet picked = branches.set(branches.merged("main", "flows/a", Branches.FIXED));
            Branches.refused(
                    "version.missing-hotfix",
                    "v1.2.1",
                    () -> branches.versions().publish(picked.id()));
            // when
            String also = branches.history.deleteOn("main", "flows/x").hex();
            // then
            assertThat(branches.versions()
                            .publish(List.of(picked.id()), version -> version.commit(also))
                            .missingHotfixes())
                    .isEmpty();
        }
    }

    @Test
    void a_missing_hotfix_is_accepted_once_with_a_reason_that_is_kept() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            // given
            Version hotfix = branches.hotfix();
            long picked = branches.merged("main", "flows/a", "fixed another way");
            ChangeSet set = branches.set(picked);
            assertThatThrownBy(() -> branches.versions()
                            .publish(List.of(set.id()), version -> version.withoutHotfix("v1.2.1", " ")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> branches.versions()
                            .publish(List.of(set.id()), version -> version.withoutHotfix("v7.7.7", "no")))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("v7.7.7");
            // when
            Version next = branches.versions()
                    .publish(List.of(set.id()), version -> version.withoutHotfix("v1.2.1", "picked as #" + picked));
            // then
            MissingHotfix said = new MissingHotfix(hotfix.id(), hotfix.number(), Optional.of("picked as #" + picked));
            assertThat(next.missingHotfixes()).containsExactly(said);
            assertThat(branches.published("1.5.0", "flows/c").missingHotfixes())
                    .as("nobody is asked twice")
                    .containsExactly(said);
        }
    }

    @Test
    void nobody_misses_a_hotfix_that_was_blocked() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            branches.versions().block(branches.hotfix().id(), "it made things worse");
            assertThat(branches.published("1.4.0", "flows/c").missingHotfixes()).isEmpty();
        }
    }

    @Test
    void a_missing_hotfix_is_listed_where_a_warning_is_enough() {
        try (Branches branches = Branches.ahead(wiring -> wiring.missingHotfixes(MissingHotfixes.WARN))) {
            Version hotfix = branches.hotfix();
            Version next = branches.published("1.4.0", "flows/c");
            assertThat(next.missingHotfixes())
                    .containsExactly(new MissingHotfix(hotfix.id(), hotfix.number(), Optional.empty()));
            assertThat(next.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
        }
    }

    @Test
    void a_version_before_a_hotfix_does_not_miss_it() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            branches.history.branch("release/1.1", branches.history.resolve("fix"));
            branches.deployed(branches.versions().tagged("v1.3.0").orElseThrow(), "production");
            branches.history.branch("fix", branches.history.resolve("main"));
            assertThat(branches.hotfix().number().tag()).isEqualTo("v1.3.1");
            Version maintained = branches.publish("1.2.1", branches.ready("release/1.1", "flows/a"));
            assertThat(maintained.missingHotfixes()).isEmpty();
        }
    }
}
