package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy.Bypass;
import io.github.releasepipeline.policy.MissingHotfixes;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotfixTest {
    private static final String FIXED = "fixed";

    /** 1.2.0 in production, 1.3.0 on main, and a branch at what is in production. */
    private static Branches ahead(Consumer<PipelineBuilder> more) {
        Branches branches = new Branches(more);
        Version active = branches.published("1.2.0", "flows/a");
        branches.deployed(active, "production");
        branches.published("1.3.0", "flows/b");
        branches.branch("fix", active);
        return branches;
    }

    private static Version hotfix(Branches branches) {
        long fix = branches.merged("fix", "flows/a", FIXED);
        return branches.versions().hotfix(branches.set(ChangeType.HOTFIX, fix).id());
    }

    private static void refused(String rule, String named, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.rule()).isEqualTo(rule))
                .hasMessageContaining(named);
    }

    @Test
    void a_hotfix_is_the_next_patch_of_what_is_active_in_production() {
        try (Branches branches = ahead(wiring -> {})) {
            // given
            Version active = branches.versions().tagged("v1.2.0").orElseThrow();
            // when
            Version hotfix = hotfix(branches);
            // then
            assertThat(hotfix.number().tag()).isEqualTo("v1.2.1");
            assertThat(hotfix.previous()).contains(active.id());
            assertThat(hotfix.bump()).isEqualTo(Bump.PATCH);
            assertThat(hotfix.bumpReason()).isEqualTo("hotfix of v1.2.0, which is active in production");
            assertThat(hotfix.hotfix())
                    .contains(new Hotfix(active.id(), active.number(), new EnvironmentName("production")));
            assertThat(active.hotfix()).isEmpty();
            assertThat(branches.versions().manifest(hotfix.id()).byPath()).containsOnlyKeys("flows/a");
            branches.deployed(hotfix, "production");
            assertThat(hotfix(branches).number().tag()).as("of the hotfix").isEqualTo("v1.2.2");
        }
    }

    @Test
    void a_hotfix_of_the_newest_version_is_its_next_patch() {
        try (Branches branches = new Branches()) {
            branches.published("2.0.0-rc.1", "flows/a");
            branches.deployed(branches.published("2.0.0", "flows/b"), "production");
            assertThat(branches.versions()
                            .hotfix(branches.ready("main", "flows/a").id())
                            .number()
                            .tag())
                    .isEqualTo("v2.0.1");
        }
    }

    @Test
    void where_patches_of_production_are_taken_the_hotfix_goes_behind_them_without_containing_them() {
        try (Branches branches = new Branches()) {
            // given
            Version active = branches.published("1.2.0", "flows/a");
            branches.deployed(active, "production");
            Version taken = branches.published("1.2.1", "flows/b");
            branches.published("1.2.2-rc.1", "flows/c");
            branches.branch("fix", active);
            // when
            Version hotfix = hotfix(branches);
            // then
            assertThat(hotfix.number().tag()).isEqualTo("v1.2.3");
            assertThat(hotfix.previous()).contains(active.id());
            assertThat(branches.versions().manifest(hotfix.id()).byPath()).containsOnlyKeys("flows/a");
            ChangeSet next = branches.ready("main", "flows/d");
            refused(
                    "version.missing-hotfix",
                    "v1.2.3",
                    () -> branches.versions().publish(next.id(), Bump.MINOR));
            Version later = branches.versions()
                    .publish(
                            List.of(next.id()),
                            version -> version.bump(Bump.MINOR).withoutHotfix("v1.2.3", "rewritten"));
            assertThat(later.number().tag()).isEqualTo("v1.3.0");
            assertThat(later.previous())
                    .as("the nearest version that it contains")
                    .contains(branches.versions()
                            .tagged("v1.2.2-rc.1")
                            .orElseThrow()
                            .id());
            assertThat(taken.previous()).contains(active.id());
        }
    }

    @Test
    void a_hotfix_contains_what_it_corrects_and_its_members() {
        try (Branches branches = ahead(wiring -> {})) {
            String base = branches.history.resolve("fix").hex();
            branches.history.branch("old", branches.history.commit(Map.of(), List.of(branches.history.resolve(base))));
            ChangeSet fix = branches.ready("fix", "flows/a");
            refused(
                    "version.member-missing",
                    "is not contained in commit",
                    () -> branches.versions()
                            .publish(
                                    List.of(fix.id()),
                                    version -> version.hotfix().commit(base)));
            branches.history.branch("unrelated", branches.history.commit(Map.of(), List.of()));
            ChangeSet elsewhere = branches.ready("unrelated", "flows/a");
            refused("version.ancestry", "v1.2.0", () -> branches.versions().hotfix(elsewhere.id()));
            assertThat(branches.isReady(elsewhere)).isTrue();
            assertThat(branches.tags()).containsExactlyInAnyOrder("v1.2.0", "v1.3.0");
        }
    }

    @Test
    void a_hotfix_needs_to_know_what_it_corrects() {
        try (Branches branches = new Branches(wiring -> wiring.environment("staging", new ScriptedTarget())
                .environment("eu", new ScriptedTarget(), env -> env.tier(Tier.PRODUCTION)))) {
            Version active = branches.published("1.0.0", "flows/a");
            ChangeSet fix = branches.ready("main", "flows/b");
            refused(
                    "version.hotfix",
                    "[production, eu]",
                    () -> branches.versions().hotfix(fix.id()));
            refused("version.hotfix", "Nothing is active in eu", () -> of(branches, fix, "eu"));
            refused("version.hotfix", "staging does not take", () -> of(branches, fix, "staging"));
            branches.deployed(active, "eu");
            assertThat(of(branches, fix, "eu").hotfix().orElseThrow().environment())
                    .hasToString("eu");
        }
    }

    private static Version of(Branches branches, ChangeSet fix, String environment) {
        return branches.versions().publish(List.of(fix.id()), version -> version.hotfixOf(environment));
    }

    @Test
    void a_hotfix_is_refused_if_production_changes_while_it_is_made() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        try (Branches branches = ahead(wiring -> wiring.ids(Branches.ids(meanwhile)))) {
            // given
            ChangeSet fix = branches.ready("fix", "flows/a");
            Version newer = branches.versions().tagged("v1.3.0").orElseThrow();
            meanwhile.set(() -> branches.deployed(newer, "production"));
            // when / then
            refused(
                    "version.stale",
                    "v1.2.1 was proposed while v1.2.0 was active in production",
                    () -> branches.versions().hotfix(fix.id()));
            assertThat(branches.isReady(fix)).isTrue();
            assertThat(branches.tags()).doesNotContain("v1.2.1");
        }
    }

    @Test
    void a_hotfix_increments_nothing_but_the_patch() {
        try (Branches branches = ahead(wiring -> {})) {
            ChangeSet fix = branches.ready("fix", "flows/a");
            assertThatThrownBy(() -> branches.versions()
                            .publish(
                                    List.of(fix.id()),
                                    version -> version.hotfix().bump(Bump.MINOR)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A hotfix increments the patch, not MINOR");
            Version hotfix = branches.versions()
                    .publish(List.of(fix.id()), version -> version.hotfix().bump(Bump.PATCH));
            assertThat(hotfix.number().tag()).isEqualTo("v1.2.1");
        }
    }

    @Test
    void the_next_version_without_the_fix_is_refused_and_names_it() {
        try (Branches branches = ahead(wiring -> {})) {
            // given
            Version hotfix = hotfix(branches);
            ChangeSet next = branches.ready("main", "flows/c");
            // when / then
            refused(
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
        try (Branches branches = ahead(wiring -> {})) {
            hotfix(branches);
            branches.mergeIntoMain("fix", Map.of("flows/a", FIXED, "flows/b", "new flows/b"));
            ChangeSet next = branches.set(branches.merged("main", "flows/a", "went on from the fix"));
            assertThat(branches.versions().publish(next.id()).missingHotfixes()).isEmpty();
        }
    }

    @Test
    void a_hotfix_whose_pull_requests_are_merged_is_not_missing_although_its_commit_is_elsewhere() {
        try (Branches branches = ahead(wiring -> {})) {
            // given
            long fix = branches.merged("fix", "flows/a", FIXED);
            branches.history.branch("main-with-fix", branches.history.resolve("fix"));
            String commit = branches.history
                    .commitOn("fix", Map.of("README", "no item"))
                    .hex();
            branches.versions()
                    .publish(
                            List.of(branches.set(fix).id()),
                            version -> version.hotfix().commit(commit));
            branches.mergeIntoMain("main-with-fix", Map.of("flows/a", FIXED, "flows/b", "new flows/b"));
            // when / then
            ChangeSet next = branches.set(branches.merged("main", "flows/a", "went on from the fix"));
            assertThat(branches.versions().publish(next.id()).missingHotfixes()).isEmpty();
        }
    }

    @Test
    void a_hotfix_whose_items_were_picked_into_main_as_they_are_is_not_missing() {
        try (Branches branches = ahead(wiring -> {})) {
            hotfix(branches);
            long picked = branches.merged("main", "flows/a", FIXED);
            assertThat(branches.versions().publish(branches.set(picked).id()).missingHotfixes())
                    .isEmpty();
        }
    }

    @Test
    void a_missing_hotfix_is_accepted_once_with_a_reason_that_is_kept() {
        try (Branches branches = ahead(wiring -> {})) {
            // given
            Version hotfix = hotfix(branches);
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
    void a_deployment_that_is_followed_by_a_hotfix_counts_as_a_failed_change() {
        try (Branches branches = ahead(wiring -> {})) {
            // given
            ChangeSet ordinary = branches.set(ChangeType.FIX, branches.merged("fix", "flows/a", FIXED));
            assertThat(failures(branches)).isEmpty();
            // when
            branches.deployed(branches.versions().hotfix(ordinary.id()), "production");
            // then
            assertThat(failures(branches)).hasSize(1);
        }
    }

    private static List<ReleaseId> failures(Branches branches) {
        return branches.alice()
                .metrics()
                .thisMonth(ZoneOffset.UTC)
                .changeFailureRate()
                .part();
    }

    @Test
    void nobody_misses_a_hotfix_that_was_blocked() {
        try (Branches branches = ahead(wiring -> {})) {
            branches.versions().block(hotfix(branches).id(), "it made things worse");
            assertThat(branches.published("1.4.0", "flows/c").missingHotfixes()).isEmpty();
        }
    }

    @Test
    void a_missing_hotfix_is_listed_where_a_warning_is_enough() {
        try (Branches branches = ahead(wiring -> wiring.missingHotfixes(MissingHotfixes.WARN))) {
            Version hotfix = hotfix(branches);
            Version next = branches.published("1.4.0", "flows/c");
            assertThat(next.missingHotfixes())
                    .containsExactly(new MissingHotfix(hotfix.id(), hotfix.number(), Optional.empty()));
            assertThat(next.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
        }
    }

    @Test
    void a_version_before_a_hotfix_does_not_miss_it() {
        try (Branches branches = ahead(wiring -> {})) {
            branches.history.branch("release/1.1", branches.history.resolve("fix"));
            branches.deployed(branches.versions().tagged("v1.3.0").orElseThrow(), "production");
            branches.history.branch("fix", branches.history.resolve("main"));
            assertThat(hotfix(branches).number().tag()).isEqualTo("v1.3.1");
            Version maintained = branches.publish("1.2.1", branches.ready("release/1.1", "flows/a"));
            assertThat(maintained.missingHotfixes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANY_VERSION, v1.2.1, true",
        "ANY_VERSION, v1.3.0, true",
        "HOTFIXES, v1.2.1, true",
        "HOTFIXES, v1.3.0, false",
        "NOTHING, v1.2.1, false",
        "NOTHING, v1.3.0, false"
    })
    void the_policy_of_an_environment_decides_what_may_skip_the_one_before(Bypass bypass, String tag, boolean allowed) {
        try (Branches branches =
                ahead(wiring -> wiring.environment("staging", new ScriptedTarget(), env -> env.tier(Tier.STAGING))
                        .environment(
                                "shop",
                                new ScriptedTarget(),
                                env -> env.after("staging").bypass(bypass)))) {
            // given
            hotfix(branches);
            Version version = branches.versions().tagged(tag).orElseThrow();
            refused(
                    "release.upstream",
                    "has to be active in staging first",
                    () -> branches.alice().releases().request(version.id(), "shop"));
            // when / then
            if (allowed) {
                Release release = branches.finished(
                        branches.alice().releases().requestBypassing(version.id(), "shop", "customers wait"));
                assertThat(release.bypassed()).contains(new EnvironmentName("staging"));
                assertThat(release.reason()).contains("customers wait");
            } else {
                refused(
                        "release.bypass",
                        "may come into this environment past staging; " + tag + " may not",
                        () -> branches.alice().releases().requestBypassing(version.id(), "shop", "customers wait"));
            }
        }
    }
}
