package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What branches tell about open pull requests. */
class OpenBranchesTest {
    @TempDir
    Path folder;

    private PlainGit git;

    @BeforeEach
    void open() {
        git = new PlainGit(folder.resolve("flows.git"));
    }

    @AfterEach
    void close() {
        git.close();
    }

    static boolean gitIsPresent() {
        return NativeGit.isPresent();
    }

    @Test
    void the_number_is_read_from_the_name_or_a_trailer_or_derived_from_the_name() {
        git.commit("pr/342", "A");
        git.commit("343-add-x", "B");
        git.commit("feature/344-x", "C");
        git.commit("by-trailer", "D\n\nPull-Request: #345");
        git.commit("by-trailer", "E");
        git.commit("release/2.0", "F");

        assertThat(git.all()).hasSize(5).containsKeys(342L, 343L, 344L, 345L);
        assertThat(git.all().keySet())
                .filteredOn(number -> number > 1L << 40)
                .containsExactly(Numbers.derived(Numbers.key("release/2.0")));
    }

    @Test
    void two_branches_never_share_a_number() {
        git.commit("7-a", "A");
        git.commit("7-b", "B");

        assertThat(git.all()).hasSize(2).containsKey(7L);
    }

    @Test
    void a_branch_that_main_contains_is_not_open() {
        git.history.ref("refs/heads/9-behind", git.main());
        git.commit("main", "Direct");

        assertThat(git.all()).isEmpty();
    }

    @Test
    void a_head_under_two_names_is_one_pull_request_with_the_number() {
        CommitId head = git.commit("some-branch", "A");
        git.history.ref("refs/pull/12/head", head);

        assertThat(git.all().keySet()).containsExactly(12L);
    }

    @Test
    void trailers_of_the_head_are_reviews_checks_and_labels() {
        git.commit("5-x", """
                Add invoices

                Some words.

                Labels: feature, ai
                Reviewed-by: Bob <bob@example.org>
                Changes-requested-by: Carol <carol@example.org>
                Acked-by: Carol <carol@example.org>
                Approved-by: alice <alice@example.org>
                Acked-by: <dave@example.org>
                Check: build passed
                Check: lint failed 3 warnings
                Check: e2e pending
                Check: scan strange
                """);

        PullRequest read = git.read(5);

        assertThat(read.labels()).containsExactly("feature", "ai");
        assertThat(read.review().decision()).isEqualTo(Decision.APPROVED);
        assertThat(read.review().given()).contains(3);
        assertThat(read.review().needed()).isEmpty();
        assertThat(read.review().reviews())
                .extracting(review -> review.reviewer() + " " + review.decision())
                .containsExactly("Bob APPROVED", "Carol APPROVED", "dave@example.org APPROVED");
        assertThat(read.checks().checks())
                .extracting(CheckSummary.Check::status)
                .containsExactly(
                        CheckSummary.Status.PASSED,
                        CheckSummary.Status.FAILED,
                        CheckSummary.Status.PENDING,
                        CheckSummary.Status.UNKNOWN);
        assertThat(git.control.pullRequest(5).description()).isEqualTo("Some words.");
        assertThat(git.control
                        .approvalsNeeded(4)
                        .pullRequest(5)
                        .pullRequest()
                        .review()
                        .decision())
                .isEqualTo(Decision.REVIEW_REQUESTED);
    }

    @Test
    void a_request_for_review_is_told() {
        git.commit("6-x", "Add\n\nReview-requested-from: Bob <bob@example.org>");

        assertThat(git.read(6).status()).isEqualTo(PullRequestStatus.REVIEW_REQUESTED);
    }

    @Test
    void drafts_are_known_by_branch_or_title() {
        git.commit("draft/1", "A");
        git.commit("wip/2", "B");
        git.commit("3-x", "WIP: C");
        git.commit("4-x", "Draft: D");

        assertThat(git.all().values())
                .hasSize(4)
                .extracting(PullRequest::progress)
                .containsOnly(new Progress.Draft());
    }

    @Test
    void main_merged_into_a_branch_does_not_count_as_its_change() {
        CommitId branch = git.commit("8-x", "Mine");
        CommitId main = git.commit("main", "Theirs");
        Map<String, String> files = new HashMap<>(git.history.files(main));
        files.putAll(git.history.files(branch));
        git.history.ref("refs/heads/8-x", git.history.commit(files, List.of(branch, main), "Merge main", "alice"));

        assertThat(git.read(8).items())
                .extracting(change -> change.id().path())
                .containsExactly("workflows/" + "Mine".hashCode());
        assertThat(git.read(8).title()).isEqualTo("Mine");
    }

    @Test
    void a_vanished_branch_is_told_as_closed_once_even_if_its_commits_are_gone() {
        git.commit("8-x", "Mine");
        CommitId gone = new CommitId("ab".repeat(20));
        git.follow(Optional.empty(), 10);
        FollowCursor cursor = new FollowCursor(
                "flows",
                "main",
                Map.of(),
                Map.of(
                        8L,
                        new FollowCursor.Told("8-x", ObjectIds.of(git.read(8).head()), "main"),
                        9L,
                        new FollowCursor.Told("9-x", ObjectIds.of(gone), "main")));
        git.history.deleteRef("refs/heads/8-x");

        PullRequestPage page = git.control.changedSince(Optional.of(cursor.text()), 10);

        assertThat(page.changed()).extracting(PullRequest::status).containsOnly(PullRequestStatus.CLOSED);
        assertThat(page.changed()).extracting(PullRequest::title).containsExactlyInAnyOrder("Mine", "9-x");
        assertThat(git.control.changedSince(Optional.of(page.cursor()), 10).changed())
                .isEmpty();
    }

    @Test
    void a_repository_without_commits_has_no_pull_requests() {
        try (History empty = History.create(folder.resolve("empty.git"));
                GitRepository repository = GitRepository.at(folder.resolve("empty.git"))) {
            PullRequestPage page =
                    GitPullRequests.of(repository, PlainGit.KINDS).changedSince(Optional.empty(), 10);

            assertThat(page.changed()).isEmpty();
            assertThat(page.complete()).isTrue();
            assertThat(empty.jgit().isBare()).isTrue();
        }
    }

    @Test
    @EnabledIf("gitIsPresent")
    void a_clone_shows_the_branches_of_origin_and_its_own_once() {
        git.commit("1-theirs", "A");
        git.commit("2-both", "B");
        new NativeGit(folder).run("clone", "-q", folder.resolve("flows.git").toString(), "clone");
        NativeGit clone = new NativeGit(folder.resolve("clone"));
        clone.run("checkout", "-q", "2-both");
        clone.run("checkout", "-q", "-b", "3-own");
        clone.run("commit", "-q", "--allow-empty", "-m", "C");
        clone.run("branch", "-q", "-D", "main");

        try (GitRepository repository = GitRepository.at(folder.resolve("clone"))) {
            GitPullRequests control = GitPullRequests.of(repository, PlainGit.KINDS);

            assertThat(control).hasToString("GitPullRequests[clone, into main]");
            assertThat(PlainGit.follow(control, Optional.empty(), 10).told().keySet())
                    .containsExactlyInAnyOrder(1L, 2L, 3L);
        }
    }
}
