package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitReadingIT {
    private static final int MERGES = 5_000;

    @TempDir
    Path folder;

    @Test
    void a_large_history_is_read_in_seconds_and_agrees_with_native_git() throws Exception {
        assumeTrue(NativeGit.isHere(), "SKIPPED: no native git to compare with");
        // given
        NativeGit git = LargeHistory.at(folder.resolve("large.git"), MERGES, 25);
        git.run("gc", "--quiet");
        // when
        long begin = System.nanoTime();
        Run run = Run.of("--repo", folder.resolve("large.git"), "--json", "--limit", "5");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        // then
        assertThat(run.err()).isEmpty();
        assertThat(took).isLessThan(Duration.ofSeconds(30));
        JsonNode facts = new ObjectMapper().readTree(run.text());
        int merges = git.run("log", "--first-parent", "--merges", "--format=%H", "main")
                .size();
        assertThat(facts.path("merged_pull_requests").asInt()).isEqualTo(merges).isEqualTo(MERGES);
        assertThat(facts.path("merge_commits").asInt()).isEqualTo(merges);
        assertThat(facts.path("first_parent_commits").asInt())
                .isEqualTo(git.run("rev-list", "--first-parent", "main").size());
        assertThat(facts.path("open_pull_requests").asInt()).isEqualTo(25);
        assertThat(facts.path("version_count").asInt()).isEqualTo(git.run("tag").size());
        versionsAgree(facts, git);
        String since = facts.path("next_version").path("since").asText();
        assertThat(since).isEqualTo(git.run("describe", "--abbrev=0", "main").get(0));
        assertThat(facts.path("next_version").path("items_changed").path("file").asInt())
                .isEqualTo(git.run("diff", "--name-only", since, "main").size());
        assertThat(facts.path("next_version").path("pull_request_count").asInt())
                .isEqualTo(git.run("log", "--first-parent", "--merges", "--format=%H", since + "..main")
                        .size());
    }

    private static void versionsAgree(JsonNode facts, NativeGit git) {
        assertThat(facts.path("versions").findValuesAsText("version"))
                .isEqualTo(git.run("tag", "--sort=-creatordate").subList(0, 5));
        for (JsonNode version : facts.path("versions")) {
            String tag = version.path("version").asText();
            assertThat(version.path("commit").asText())
                    .isEqualTo(git.run("rev-parse", tag + "^{commit}").get(0));
            assertThat(version.path("items").path("file").asInt())
                    .isEqualTo(git.run("ls-tree", "-r", "--name-only", tag).size());
            assertThat(version.path("items_changed").path("file").asInt())
                    .isEqualTo(
                            git.run("diff", "--name-only", version.path("since").asText(), tag)
                                    .size());
        }
    }

    @Test
    void nothing_of_a_hostile_repository_steers_the_terminal() throws Exception {
        // given
        String hostile = "\u001b[2J\u001b]0;owned\u0007 \u202Eevil\u2066 \u009b31m \r fake";
        Path path = folder.resolve("hostile");
        try (Repository git = repository(path)) {
            GitWriter writer = new GitWriter(git);
            ObjectId main = writer.commit(List.of(), "alice", Instant.now(), "Begin", Map.of("a.json", "{}"));
            writer.branch("main", main);
            writer.branch(
                    "pr/7-x",
                    writer.commit(List.of(main), "mal\u001b[31mlory", Instant.now(), hostile, Map.of("b.json", "{}")));
        }
        // when
        Run run = Run.of("--repo", path);
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).contains("#7").contains("evil");
        assertThat(run.text().chars().filter(c -> c != '\n'))
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    @Test
    void a_repository_without_versions_and_merges_is_told_too() throws Exception {
        Path path = folder.resolve("plain");
        try (Repository git = repository(path)) {
            GitWriter writer = new GitWriter(git);
            writer.branch("main", writer.commit(List.of(), "alice", Instant.now(), "Begin", Map.of("a.json", "{}")));
        }

        Run run = Run.of("--repo", path, "--items", "thing=*.json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text())
                .contains("Next version: v0.1.0")
                .contains("1 thing changed since the beginning in 0 pull requests")
                .contains("0 open, 0 merged");
    }

    private static Repository repository(Path path) throws Exception {
        Repository git =
                new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
        git.create(true);
        git.updateRef("HEAD").link("refs/heads/main");
        return git;
    }
}
