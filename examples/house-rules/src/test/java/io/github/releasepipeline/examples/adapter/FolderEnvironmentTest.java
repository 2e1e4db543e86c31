package io.github.releasepipeline.examples.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.examples.house.GitFolder;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as the environment of a whole pipeline. */
class FolderEnvironmentTest {
    private static final ItemKind WORKFLOW = ItemKind.of("workflow", "workflows/**/*.json");
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path temporary;

    private Path folder;
    private GitFolder git;
    private Pipeline pipeline;
    private ActingPipeline alice;

    @BeforeEach
    void wire() {
        folder = temporary.resolve("staging");
        git = GitFolder.create(temporary.resolve("repository"));
        git.commit("Begin", "README", "Workflows.");
        GitRepository repository = GitRepository.at(git.path());
        pipeline = Pipeline.builder()
                .repository(repository)
                .sourceControl(GitPullRequests.of(repository, List.of(WORKFLOW)))
                .store(new MemoryPipelineStore())
                .items(WORKFLOW)
                .environment("staging", new FolderTarget(folder), environment -> environment.tier(Tier.STAGING))
                .build();
        alice = pipeline.as(Actor.user("alice"));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void a_release_brings_the_items_into_the_folder_and_a_rollback_brings_the_former_ones_back() throws IOException {
        // given
        git.commit("Add invoices (#1)", "workflows/invoice.json", "{\"version\": 1}");
        deploy(publish(1));
        assertThat(active("invoice.json")).isEqualTo("{\"version\": 1}");

        // when
        git.commit("Change invoices (#2)", "workflows/invoice.json", "{\"version\": 2}");
        Release second = deploy(publish(2));

        // then
        assertThat(active("invoice.json")).isEqualTo("{\"version\": 2}");

        // when
        Release back =
                alice.releases().rollback(second.id(), "invoices are wrong").await(SOON);

        // then
        assertThat(back.succeeded()).isTrue();
        assertThat(active("invoice.json")).isEqualTo("{\"version\": 1}");
    }

    @Test
    void what_people_changed_in_the_folder_is_part_of_the_next_plan() throws IOException {
        // given
        git.commit("Add invoices (#1)", "workflows/invoice.json", "{\"version\": 1}");
        Version version = publish(1);
        deploy(version);
        assertThat(alice.releases().plan(version.id(), "staging").operations()).isEmpty();

        // when
        Path file = new FolderTarget(folder).inUse().orElseThrow().resolve("workflow/workflows/invoice.json");
        Files.writeString(file, "{\"version\": \"by hand\"}");

        // then
        assertThat(alice.releases().plan(version.id(), "staging").operations()).hasSize(1);
        deploy(version);
        assertThat(active("invoice.json")).isEqualTo("{\"version\": 1}");
    }

    @Test
    void another_process_sees_what_this_one_did() {
        git.commit("Add invoices (#1)", "workflows/invoice.json", "{\"version\": 1}");
        Version version = publish(1);
        deploy(version);

        assertThat(new FolderTarget(folder).observe().active().digest()).isEqualTo(version.manifest());
    }

    private Version publish(long pullRequest) {
        alice.pullRequests().synchronize();
        ChangeSetId set = alice.changeSets()
                .create("Set " + pullRequest, contents -> contents.pullRequests(pullRequest))
                .id();
        return alice.versions().publish(set);
    }

    private Release deploy(Version version) {
        Release requested = alice.releases().request(version.id(), "staging");
        Release live = alice.releases().deploy(requested.id()).await(SOON);
        assertThat(live.succeeded()).as("%s", live.state()).isTrue();
        return live;
    }

    private String active(String name) throws IOException {
        Path inUse = new FolderTarget(folder).inUse().orElseThrow();
        return Files.readString(inUse.resolve("workflow/workflows").resolve(name));
    }
}
