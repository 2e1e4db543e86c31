package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Merges without a forge. */
class MergingTest {
    @TempDir
    Path folder;

    static boolean gitIsPresent() {
        return NativeGit.isPresent();
    }

    @Test
    void a_merge_commit_has_the_usual_message_and_parents() {
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            CommitId head = git.commit("7-x", "Add \"invoices\"");
            CommitId before = git.main();

            git.merge(7, head, Method.MERGE);

            assertThat(git.history.message(git.main()))
                    .isEqualTo("Merge pull request #7 from 7-x\n\nAdd \"invoices\"\n");
            assertThat(git.history.parents(git.main())).containsExactly(before, head);
        }
    }

    @Test
    void a_squash_keeps_title_description_trailers_and_where_it_came_from() {
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            git.commit("7-x", "Add invoices\n\nBecause.");
            CommitId head = git.commit("7-x", "More\n\nApproved-by: Bob <bob@example.org>\nLabels: a");

            git.merge(7, head, Method.SQUASH);

            assertThat(git.history.message(git.main()))
                    .isEqualTo("Add invoices (#7)\n\nBecause.\n\nApproved-by: Bob <bob@example.org>\nLabels: a\n"
                            + "Pull-Request: #7\nMerged-Head: " + head + "\n");
            PullRequest read = git.read(7);
            assertThat(read.head()).isEqualTo(head);
            assertThat(read.review().given()).contains(1);
            assertThat(git.all().keySet()).containsExactly(7L);
        }
    }

    @Test
    void rebased_commits_are_one_pull_request_over_all_of_them() {
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            git.commit("7-x", "One");
            git.commit("7-x", "Two");
            CommitId head = git.commit("7-x", "Three\n\nLabels: a");
            CommitId base = git.commit("main", "Direct");

            MergeOutcome outcome = git.merge(7, head, Method.REBASE);

            assertThat(outcome).isEqualTo(new MergeOutcome.Merged(new MergedRange(base, git.main())));
            PullRequest read = GitPullRequests.of(git.repository, PlainGit.KINDS)
                    .pullRequest(7)
                    .pullRequest();
            assertThat(read.merged()).contains(new MergedRange(base, git.main()));
            assertThat(read.title()).isEqualTo("One");
            assertThat(read.items()).hasSize(3);
            assertThat(read.labels()).containsExactly("a");
            assertThat(git.merge(7, head, Method.REBASE)).isEqualTo(outcome);
            assertThat(git.all().keySet()).containsExactly(7L);
        }
    }

    @Test
    void a_branch_with_a_history_of_its_own_is_not_merged() {
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            CommitId head = git.history.commit(Map.of("workflows/a", "1"), List.of());
            git.history.ref("refs/heads/7-x", head);

            assertThat(git.merge(7, head, Method.MERGE)).isInstanceOf(MergeOutcome.NotAllowed.class);
        }
    }

    @Test
    void merges_at_the_same_time_all_come_in() throws Exception {
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            List<Callable<MergeOutcome>> orders = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                long number = i;
                CommitId head = git.commit(i + "-x", "Work " + i);
                GitPullRequests own = GitPullRequests.of(git.repository, PlainGit.KINDS);
                orders.add(() -> own.merge(
                        new MergeRequest(number, head, Optional.of(Method.MERGE), Actor.user("bob"), Instant.now())));
            }
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                for (Future<MergeOutcome> outcome : threads.invokeAll(orders)) {
                    assertThat(outcome.get()).isInstanceOfAny(MergeOutcome.Merged.class, MergeOutcome.NotAllowed.class);
                }
            } finally {
                threads.shutdownNow();
            }
            for (int i = 1; i <= 6; i++) { // whoever lost too many races tries again
                git.merge(i, git.history.at("refs/heads/" + i + "-x"), Method.MERGE);
                assertThat(git.read(i).status()).isEqualTo(PullRequestStatus.MERGED);
            }
            assertThat(git.history.files(git.main())).hasSize(7);
        }
    }

    @Test
    @EnabledIf("gitIsPresent")
    void a_checked_out_default_branch_takes_its_work_tree_along() throws IOException {
        try (PlainGit git = new PlainGit(folder.resolve("flows"))) {
            NativeGit program = new NativeGit(folder.resolve("flows"));
            program.run("reset", "-q", "--hard");
            CommitId head = git.commit("7-x", "Add", Map.of("workflows/a.json", "1"));

            assertThat(git.merge(7, head, Method.MERGE)).isInstanceOf(MergeOutcome.Merged.class);

            assertThat(folder.resolve("flows/workflows/a.json")).hasContent("1");
            assertThat(program.run("status", "--porcelain")).isEmpty();
            program.run("fsck", "--strict");
        }
    }

    @Test
    @EnabledIf("gitIsPresent")
    void uncommitted_changes_and_files_in_the_way_are_not_overwritten() throws IOException {
        try (PlainGit git = new PlainGit(folder.resolve("flows"))) {
            new NativeGit(folder.resolve("flows")).run("reset", "-q", "--hard");
            CommitId head = git.commit("7-x", "Add", Map.of("workflows/a.json", "1"));
            CommitId before = git.main();

            Files.writeString(folder.resolve("flows/README.md"), "edited");
            assertThat(git.merge(7, head, Method.MERGE)).isInstanceOf(MergeOutcome.NotAllowed.class);

            Files.writeString(folder.resolve("flows/README.md"), "flows");
            Files.createDirectories(folder.resolve("flows/workflows"));
            Files.writeString(folder.resolve("flows/workflows/a.json"), "mine");
            assertThat(git.merge(7, head, Method.MERGE)).isInstanceOf(MergeOutcome.NotAllowed.class);

            assertThat(folder.resolve("flows/workflows/a.json")).hasContent("mine");
            assertThat(git.main()).isEqualTo(before);
        }
    }

    @Test
    @EnabledIf("gitIsPresent")
    void a_default_branch_checked_out_in_another_work_tree_is_not_moved() {
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            new NativeGit(folder.resolve("flows.git"))
                    .run("worktree", "add", "-q", folder.resolve("linked").toString(), "main");
            CommitId head = git.commit("7-x", "Add");

            assertThat(git.merge(7, head, Method.MERGE)).isInstanceOf(MergeOutcome.NotAllowed.class);
        }
    }
}
