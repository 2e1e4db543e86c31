package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy.Bypass;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import io.github.releasepipeline.version.Version;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotfixTest {
    @Test
    void a_hotfix_is_the_next_patch_of_what_is_active_in_production() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            // given
            Version active = branches.versions().tagged("v1.2.0").orElseThrow();
            // when
            Version hotfix = branches.hotfix();
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
            assertThat(branches.hotfix().number().tag()).as("of the hotfix").isEqualTo("v1.2.2");
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
            Version hotfix = branches.hotfix();
            // then
            assertThat(hotfix.number().tag()).isEqualTo("v1.2.3");
            assertThat(hotfix.previous()).contains(active.id());
            assertThat(branches.versions().manifest(hotfix.id()).byPath()).containsOnlyKeys("flows/a");
            ChangeSet next = branches.ready("main", "flows/d");
            Branches.refused(
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
        try (Branches branches = Branches.ahead(wiring -> {})) {
            String base = branches.history.resolve("fix").hex();
            branches.history.branch("old", branches.history.commit(Map.of(), List.of(branches.history.resolve(base))));
            ChangeSet fix = branches.ready("fix", "flows/a");
            Branches.refused(
                    "version.member-missing",
                    "is not contained in commit",
                    () -> branches.versions()
                            .publish(
                                    List.of(fix.id()),
                                    version -> version.hotfix().commit(base)));
            branches.history.branch("unrelated", branches.history.commit(Map.of(), List.of()));
            ChangeSet elsewhere = branches.ready("unrelated", "flows/a");
            Branches.refused(
                    "version.ancestry", "v1.2.0", () -> branches.versions().hotfix(elsewhere.id()));
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
            Branches.refused(
                    "version.hotfix",
                    "[production, eu]",
                    () -> branches.versions().hotfix(fix.id()));
            Branches.refused("version.hotfix", "Nothing is active in eu", () -> of(branches, fix, "eu"));
            Branches.refused("version.hotfix", "staging does not take", () -> of(branches, fix, "staging"));
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
        try (Branches branches = Branches.ahead(wiring -> wiring.ids(Branches.ids(meanwhile)))) {
            // given
            ChangeSet fix = branches.ready("fix", "flows/a");
            Version newer = branches.versions().tagged("v1.3.0").orElseThrow();
            meanwhile.set(() -> branches.deployed(newer, "production"));
            // when / then
            Branches.refused(
                    "version.stale",
                    "v1.2.1 was proposed while v1.2.0 was active in production",
                    () -> branches.versions().hotfix(fix.id()));
            assertThat(branches.isReady(fix)).isTrue();
            assertThat(branches.tags()).doesNotContain("v1.2.1");
        }
    }

    @Test
    void a_hotfix_increments_nothing_but_the_patch() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
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
    void a_deployment_that_is_followed_by_a_hotfix_counts_as_a_failed_change() {
        try (Branches branches = Branches.ahead(wiring -> {})) {
            // given
            ChangeSet ordinary = branches.set(ChangeType.FIX, branches.merged("fix", "flows/a", Branches.FIXED));
            assertThat(failures(branches)).isEmpty();
            // when
            branches.deployed(branches.versions().hotfix(ordinary.id()), "production");
            // then
            assertThat(failures(branches)).hasSize(1);
        }
    }

    private static List<Fact> failures(Branches branches) {
        Window month = Window.monthOf(branches.clock.instant(), ZoneOffset.UTC);
        return branches.alice().metrics().hotfixed(month, Optional.empty());
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
        try (Branches branches = Branches.ahead(
                wiring -> wiring.environment("staging", new ScriptedTarget(), env -> env.tier(Tier.STAGING))
                        .environment(
                                "shop",
                                new ScriptedTarget(),
                                env -> env.after("staging").bypass(bypass)))) {
            // given
            branches.hotfix();
            Version version = branches.versions().tagged(tag).orElseThrow();
            Branches.refused(
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
                Branches.refused(
                        "release.bypass",
                        "may come into this environment past staging; " + tag + " may not",
                        () -> branches.alice().releases().requestBypassing(version.id(), "shop", "customers wait"));
            }
        }
    }
}
