package io.github.releasepipeline.examples.auditverifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.policy.EnvironmentName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a trail in SQLite and the tags of a real Git repository. */
class AuditVerifierTest {
    @TempDir
    private Path folder;

    private Path repository;
    private Path export;

    @BeforeEach
    void publish() throws Exception {
        repository = folder.resolve("repository");
        export = folder.resolve("audit.jsonl");
        mergePullRequest();
        ItemKind flows = ItemKind.of("workflow", "flows/**");
        try (GitRepository git = GitRepository.at(repository);
                JdbcEnvironment target =
                        JdbcEnvironment.embedded(folder.resolve("target.db"), new EnvironmentName("staging"));
                Pipeline pipeline = Pipeline.builder()
                        .sourceControl(GitPullRequests.of(git, List.of(flows)))
                        .repository(git)
                        .store(JdbcPipelineStore.embedded(folder.resolve("store.db")))
                        .items(flows)
                        .environment("staging", target)
                        .build()) {
            ActingPipeline alice = pipeline.as(Actor.user("alice"));
            List<Long> merged = alice.pullRequests().synchronize();
            ChangeSet set = alice.changeSets().create("New", wish -> wish.pullRequests(merged.get(0)));
            alice.versions().publish(set.id());
            try (OutputStream out = Files.newOutputStream(export)) {
                alice.audit().export(out);
            }
        }
    }

    private void mergePullRequest() throws GitAPIException, IOException {
        try (Git git = Git.init()
                .setDirectory(repository.toFile())
                .setInitialBranch("main")
                .call()) {
            commit(git, "README", "Begin");
            git.checkout().setCreateBranch(true).setName("change").call();
            commit(git, "flows/invoice.json", "Change the invoice flow");
            git.checkout().setName("main").call();
            git.merge()
                    .include(git.getRepository().findRef("change"))
                    .setFastForward(FastForwardMode.NO_FF)
                    .setMessage("Merge pull request #7 from change")
                    .call();
            git.branchDelete().setBranchNames("change").setForce(true).call();
        }
    }

    private static void commit(Git git, String path, String message) throws GitAPIException, IOException {
        Path file = git.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, message);
        git.add().addFilepattern(path).call();
        git.commit()
                .setMessage(message)
                .setAuthor("Bob", "bob@example.com")
                .setCommitter("Bob", "bob@example.com")
                .setSign(false)
                .call();
    }

    @Test
    void an_export_that_is_as_it_was_written_and_as_the_tags_remember_it_is_intact() {
        Answer answer = ask(export.toString(), "--repo", repository.toString());

        assertThat(answer.text()).contains("1 checkpoints, 1 of them looked up in tags: intact");
        assertThat(answer.code()).isZero();
    }

    @Test
    void without_tags_it_says_what_was_not_looked_at() {
        Answer answer = ask(export.toString());

        assertThat(answer.text()).contains("intact", "Tags were not looked at");
        assertThat(answer.code()).isZero();
    }

    @Test
    void an_altered_export_is_told_with_the_place() throws IOException {
        Files.writeString(export, Files.readString(export).replace("\"New\"", "\"Old\""));

        Answer answer = ask(export.toString(), "--repo", repository.toString());

        assertThat(answer.text()).contains("change-set:", "record 1 was altered", "problems");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void an_export_of_another_trail_does_not_pass() throws IOException {
        String empty = "{\"format\":\"release-pipeline-audit\",\"version\":1}\n";
        String digest = Digest.of(empty).hex();
        Files.writeString(export, empty + "{\"lines\":1,\"sha256\":\"" + digest + "\"}\n");

        Answer answer = ask(export.toString(), "--repo", repository.toString());

        assertThat(answer.text()).contains("Tag v0.1.0 anchors a checkpoint 1 that is not the one here");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(ask(export.toString()).code()).isZero();
    }

    @Test
    void a_mistake_of_the_user_is_one_line() {
        assertThat(ask(folder.resolve("nothing").toString()).line()).endsWith("nothing' is no file");
        assertThat(ask(export.toString(), "--repo", folder.toString()).line()).startsWith("error: ");
        assertThat(ask().line()).startsWith("error: Missing required parameter");
        assertThat(ask(export.toString(), "--no-such").code()).isEqualTo(2);
    }

    private record Answer(int code, String text) {
        String line() {
            assertThat(code).isEqualTo(2);
            assertThat(text.strip().lines()).hasSize(1);
            return text.strip();
        }
    }

    private static Answer ask(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(told, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int code = AuditVerifier.run(arguments);
            return new Answer(code, told.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
