package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Git repository in which unrelated pull requests are merged between the members of a change set. */
class StowawaysTest {
    private static final List<ItemKind> KINDS = List.of(ItemKind.of("workflow", "workflows/**"));

    @TempDir
    Path folder;

    private Repository git;
    private GitRepository repository;
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    @BeforeEach
    void begin() throws IOException {
        Path path = folder.resolve("repository.git");
        git = new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
        git.create(true);
        git.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
        writer().branch("main", writer().commit(List.of(), "alice", now, "Begin", Map.of("README.md", "flows")));
        repository = GitRepository.at(path);
    }

    @AfterEach
    void end() {
        repository.close();
        git.close();
    }

    private GitWriter writer() {
        return new GitWriter(git);
    }

    /** A pull request that is merged with a merge commit, as forges write it. */
    private void merged(long number, String title, String author, Map<String, String> files) throws IOException {
        RevCommit main = writer().tip("main");
        now = now.plusSeconds(60);
        ObjectId head = writer().commit(List.of(main), author, now, title, files);
        ObjectId merge = writer().commit(
                        List.of(main, head),
                        "alice",
                        now,
                        "Merge pull request #" + number + " from acme/branch-" + number + "\n\n" + title + "\n",
                        Map.of());
        writer().branch("main", merge);
    }

    private String direct(String author, Map<String, String> files) throws IOException {
        ObjectId commit = writer().commit(List.of(writer().tip("main")), author, now, "By hand", files);
        writer().branch("main", commit);
        return commit.name();
    }

    private Pipeline pipeline(Stowaways policy) {
        return Pipeline.builder()
                .sourceControl(GitPullRequests.of(repository, Optional.of("main"), KINDS))
                .repository(repository)
                .store(JdbcPipelineStore.embedded(folder.resolve("pipeline.db")))
                .items(KINDS.toArray(new ItemKind[0]))
                .stowaways(policy)
                .build();
    }

    /** A first version; then #2 and #6 of one set, with #3, #4 and its revert #5 merged in between, and a direct commit. */
    private ChangeSet interleaved(ActingPipeline alice) throws IOException {
        merged(1, "First flows", "alice", Map.of("workflows/a.json", "1", "workflows/c.json", "1"));
        alice.pullRequests().synchronize();
        alice.versions()
                .publish(alice.changeSets()
                        .create("First", set -> set.pullRequests(1))
                        .id());
        merged(2, "Invoices", "bob", Map.of("workflows/a.json", "2"));
        merged(3, "Unrelated \"cleanup\"", "mallory", Map.of("workflows/b.json", "1", "workflows/a.json", "3"));
        merged(4, "Experiment", "carol", Map.of("workflows/c.json", "2"));
        merged(5, "Revert \"Experiment\"", "carol", Map.of("workflows/c.json", "1"));
        merged(7, "No item", "dave", Map.of("README.md", "more"));
        merged(6, "More invoices", "bob", Map.of("workflows/d.json", "1"));
        alice.pullRequests().synchronize();
        return alice.changeSets().create("Invoices", set -> set.pullRequests(2, 6));
    }

    @Test
    void stowaways_are_named_with_title_and_author_and_nothing_is_published_under_fail() throws IOException {
        try (Pipeline pipeline = pipeline(Stowaways.FAIL)) {
            // given
            ActingPipeline alice = pipeline.as(Actor.user("alice"));
            ChangeSet invoices = interleaved(alice);
            String direct = direct("eve", Map.of("workflows/e.json", "1"));
            // when / then
            assertThatThrownBy(
                            () -> alice.versions().publish(List.of(invoices.id()), version -> version.commit(direct)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("#3 \"Unrelated \"cleanup\"\" by mallory")
                    .hasMessageContaining("workflow:workflows/e.json changed outside of any pull request by commit "
                            + direct.substring(0, 7))
                    .hasMessageNotContaining("#4")
                    .hasMessageNotContaining("#5")
                    .hasMessageNotContaining("#7");
            assertThat(repository.tags()).extracting(Tag::name).containsExactly("v0.1.0");
            assertThat(alice.versions()
                            .list(PipelineFilter.all(), PageRequest.first(10))
                            .rows())
                    .hasSize(1);
            assertThat(alice.changeSets().get(invoices.id()).state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        }
    }

    @Test
    void stowaways_and_direct_commits_are_adopted_under_adopt() throws IOException {
        try (Pipeline pipeline = pipeline(Stowaways.ADOPT)) {
            // given
            ActingPipeline alice = pipeline.as(Actor.user("alice"));
            ChangeSet invoices = interleaved(alice);
            String direct = direct("eve", Map.of("workflows/e.json", "1"));
            // when
            Version version = alice.versions().publish(List.of(invoices.id()), wishes -> wishes.commit(direct));
            // then
            ChangeSet adopted = alice.changeSets().get(version.changeSets().get(1));
            assertThat(adopted.name()).isEqualTo("Uncategorised");
            assertThat(adopted.pullRequests()).containsExactly(3L);
            assertThat(adopted.description()).contains("workflows/e.json", direct.substring(0, 7));
            assertThat(alice.versions().changes(version.id()))
                    .as("every changed item is attributed")
                    .extracting(change -> change.change().id().path()
                            + change.pullRequests()
                            + (change.changeSet().equals(Optional.of(adopted.id())) ? " adopted" : " asked for"))
                    .containsExactly(
                            "workflows/a.json[3, 2] asked for",
                            "workflows/b.json[3] adopted",
                            "workflows/d.json[6] asked for",
                            "workflows/e.json[] adopted");
        }
    }

    @Test
    void stowaways_are_listed_in_the_version_under_warn() throws IOException {
        try (Pipeline pipeline = pipeline(Stowaways.WARN)) {
            ActingPipeline alice = pipeline.as(Actor.user("alice"));
            ChangeSet invoices = interleaved(alice);
            Version version = alice.versions().publish(invoices.id());
            assertThat(version.pullRequests()).containsExactly(2L, 3L, 6L);
            assertThat(version.notes())
                    .contains("Also Included")
                    .contains("cleanup")
                    .contains("#3");
            assertThat(repository.tags()).extracting(Tag::name).containsExactly("v0.1.0", "v0.2.0");
        }
    }
}
