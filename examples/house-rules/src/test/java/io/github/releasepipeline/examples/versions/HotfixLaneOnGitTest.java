package io.github.releasepipeline.examples.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hotfix from the branch to production, past staging, in a repository that people use with git. */
class HotfixLaneOnGitTest {
    @TempDir
    Path folder;

    @Test
    void on_sqlite_a_hotfix_goes_to_production_and_is_missing_in_main_until_it_is_picked() throws IOException {
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"));
                HotfixLane lane = new HotfixLane(folder, store)) {
            Version hotfix = hotfix(lane);
            ChangeSet next = withoutTheFix(lane, hotfix);
            lane.git.run("cherry-pick", "--no-commit", "release/1.0^2");
            lane.git.run("commit", "-q", "-m", "Fix a (#5)");

            Version version = lane.as("alice")
                    .versions()
                    .publish(
                            List.of(next.id(), lane.set(ChangeType.FIX, 5).id()),
                            wishes -> wishes.bump(Bump.MINOR).commit("main"));

            assertThat(version.number().tag()).isEqualTo("v1.2.0");
            assertThat(version.missingHotfixes()).isEmpty();
        }
    }

    @Test
    void on_postgresql_a_hotfix_goes_to_production_and_is_missing_in_main_until_it_is_merged_back() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                JdbcPipelineStore store = JdbcPipelineStore.on(server.getPostgresDatabase());
                HotfixLane lane = new HotfixLane(folder, store)) {
            Version hotfix = hotfix(lane);
            ChangeSet next = withoutTheFix(lane, hotfix);
            lane.git.run("merge", "-q", "--no-ff", "-m", "Merge pull request #5 from release/1.0", "release/1.0");

            Version version = lane.as("alice")
                    .versions()
                    .publish(
                            List.of(next.id(), lane.set(ChangeType.FIX, 5).id()),
                            wishes -> wishes.bump(Bump.MINOR).commit("main"));

            assertThat(version.number().tag()).isEqualTo("v1.2.0");
            assertThat(version.missingHotfixes()).isEmpty();
        }
    }

    /** v1.0.0 is in production and main is at v1.1.0 when a fix is made, merged, published and deployed. */
    private static Version hotfix(HotfixLane lane) throws IOException {
        ActingPipeline alice = lane.as("alice");
        lane.commit("flows/a", "a", "Add a (#1)");
        Version active = lane.published("1.0.0", 1);
        lane.deployed(active.id(), "staging");
        lane.deployed(active.id(), "production");
        lane.commit("flows/b", "b", "Add b (#2)");
        Version ahead = lane.published("1.1.0", 2);

        lane.git.run("branch", "release/1.0", "v1.0.0");
        lane.git.run("checkout", "-q", "-b", "3-fix-a", "release/1.0");
        CommitId head =
                lane.commit("flows/a", "a, fixed", "Fix a\n\nMerge-Into: release/1.0\nApproved-by: C <c@example.org>");
        lane.git.run("checkout", "-q", "main");
        alice.pullRequests().synchronize();
        assertThat(alice.pullRequests().get(3).baseBranch()).isEqualTo("release/1.0");
        PullRequest merged = alice.pullRequests().merge(3);
        assertThat(merged.head()).isEqualTo(head);
        assertThat(merged.merged().orElseThrow().merge())
                .isEqualTo(new CommitId(lane.git.run("rev-parse", "release/1.0")));
        assertThat(merged.merged().orElseThrow().base()).isEqualTo(active.commit());

        Version hotfix = alice.versions().hotfix(lane.set(ChangeType.HOTFIX, 3).id());
        assertThat(hotfix.number().tag()).isEqualTo("v1.0.1");
        assertThat(hotfix.previous()).contains(active.id());
        assertThat(hotfix.pullRequests()).containsExactly(3L);
        assertThat(lane.git.run("rev-parse", "v1.0.1^{commit}")).isEqualTo(lane.git.run("rev-parse", "release/1.0"));
        deployedPastStaging(lane, hotfix, ahead);
        return hotfix;
    }

    private static void deployedPastStaging(HotfixLane lane, Version hotfix, Version ahead) {
        ActingPipeline alice = lane.as("alice");
        refused("release.upstream", () -> alice.releases().request(hotfix.id(), "production"));
        refused("release.bypass", () -> alice.releases().requestBypassing(ahead.id(), "production", "in a hurry"));
        refused(
                "access",
                () -> lane.as("bob").releases().requestBypassing(hotfix.id(), "production", "customers wait"));
        Release release = lane.finished(alice.releases().requestBypassing(hotfix.id(), "production", "customers wait"));
        assertThat(release.bypassed()).contains(new EnvironmentName("staging"));
        assertThat(release.reason()).contains("customers wait");
        assertThat(lane.production()).containsOnlyKeys("flows/a").containsValue("a, fixed");
    }

    private static ChangeSet withoutTheFix(HotfixLane lane, Version hotfix) throws IOException {
        lane.commit("flows/c", "c", "Add c (#4)");
        ChangeSet next = lane.set(ChangeType.FEATURE, 4);
        assertThat(lane.as("alice")
                        .versions()
                        .preview(List.of(next.id()), wishes -> {})
                        .missingHotfixes())
                .extracting(MissingHotfix::version)
                .containsExactly(hotfix.id());
        refused("version.missing-hotfix", () -> lane.as("alice").versions().publish(next.id()));
        return next;
    }

    private static void refused(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
