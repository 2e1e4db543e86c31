package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default branch's history tells about merged pull requests. */
class MergedHistoryTest {
    private static final long DERIVED = 1L << 40;

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

    @Test
    void a_merge_commit_of_any_forge_tells_its_number_and_title() {
        merge("Merge pull request #11 from alice/x\n\nAdd invoices\n\nMore words", 1);
        merge("Merge pull request 'Add \"agents\"' (#12) from alice/y into main", 2);
        merge("Merge branch 'z' into 'main'\n\nAdd readers\n\nSee merge request acme/flows!13", 3);
        merge("Merged in feature/u (pull request #14)\n\nAdd writers", 4);
        merge("Merged PR 15: Add checks", 5);
        merge("Merge branch 'w'\n\nPull-Request: #16", 6);

        Map<Long, PullRequest> all = git.all();

        assertThat(all.keySet()).containsExactly(11L, 12L, 13L, 14L, 15L, 16L);
        assertThat(all.values())
                .extracting(PullRequest::title)
                .containsExactly(
                        "Add invoices", "Add \"agents\"", "Add readers", "Add writers", "Add checks", "Work 6");
        assertThat(all.values()).allSatisfy(pullRequest -> {
            assertThat(pullRequest.status()).isEqualTo(PullRequestStatus.MERGED);
            assertThat(pullRequest.author()).isEqualTo("alice");
            assertThat(pullRequest.items()).hasSize(1);
        });
    }

    @Test
    void a_single_commit_is_a_squash_only_if_it_names_a_number() {
        CommitId before = git.main();
        CommitId squash = git.commit("main", "Add invoices (#21)");
        git.commit("main", "Fix what #21 broke");
        git.commit("main", "Add readers\n\nSee merge request acme/flows!22");

        Map<Long, PullRequest> all = git.all();

        assertThat(all.keySet()).containsExactly(21L, 22L);
        assertThat(git.read(21).title()).isEqualTo("Add invoices");
        assertThat(git.read(21).merged()).contains(new MergedRange(before, squash));
        assertThat(git.read(21).head()).isEqualTo(squash);
    }

    @Test
    void a_merge_commit_without_a_number_gets_one_from_its_branch_and_keeps_it() {
        CommitId head = git.commit("feature/readers", "Add readers");
        long whenOpen = git.all().keySet().iterator().next();
        git.mergeCommit("Merge branch 'feature/readers'", head);

        assertThat(whenOpen).isGreaterThan(DERIVED);
        assertThat(git.read(whenOpen).status()).isEqualTo(PullRequestStatus.MERGED);
        assertThat(git.read(whenOpen).title()).isEqualTo("Add readers");
    }

    @Test
    void merges_that_name_the_same_number_are_all_told_and_the_oldest_owns_it() {
        CommitId first = merge("Merge pull request #7 from alice/x\n\nFirst", 1);
        merge("Merge pull request #7 from alice/x\n\nSecond", 2);
        git.commit("main", "Third (#7)");

        Map<Long, PullRequest> all = git.all();

        assertThat(all.values()).extracting(PullRequest::title).containsExactly("First", "Second", "Third");
        assertThat(git.read(7).merged().orElseThrow().merge()).isEqualTo(first);
        assertThat(all.keySet())
                .doesNotHaveDuplicates()
                .filteredOn(number -> number > DERIVED)
                .hasSize(2);
    }

    @Test
    void a_branch_that_goes_on_after_its_merge_is_a_new_pull_request_with_a_number_to_keep() {
        git.mergeCommit("Merge branch 'develop'", git.commit("develop", "One"));
        CommitId again = git.commit("develop", "Two");
        List<Long> numbers = new ArrayList<>(git.all().keySet());
        git.mergeCommit("Merge branch 'develop'", again);

        assertThat(numbers).hasSize(2);
        assertThat(git.all().keySet()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(git.all().values()).extracting(PullRequest::status).containsOnly(PullRequestStatus.MERGED);
    }

    @Test
    void a_branch_left_behind_by_a_squash_is_not_open() {
        git.commit("feature/31-x", "Work");
        git.commit("main", "Work (#31)");

        assertThat(git.all().keySet()).containsExactly(31L);
        assertThat(git.read(31).status()).isEqualTo(PullRequestStatus.MERGED);
    }

    @Test
    void a_revert_is_told_at_what_it_reverts_until_it_is_reverted_itself() {
        CommitId squash = git.commit("main", "Add invoices (#41)");
        merge("Merge pull request #42 from alice/x\n\nAdd readers", 1);
        String cursor = git.follow(Optional.empty(), 10).cursor();
        git.commit("main", "Revert \"Add invoices\" (#43)\n\nThis reverts commit " + squash.hex() + ".");
        merge("Merge pull request #44 from alice/revert\n\nRevert \"Add readers\"\n\nReverts acme/flows#42", 2);

        Map<Long, PullRequest> since = git.follow(Optional.of(cursor), 1).told();
        assertThat(since.keySet()).containsExactlyInAnyOrder(41L, 42L, 43L, 44L);
        assertThat(git.read(41).revertedBy()).contains("#43");
        assertThat(git.read(42).revertedBy()).contains("#44");
        assertThat(since.get(41L)).isEqualTo(git.read(41));

        git.commit("main", "Revert \"Revert \"Add invoices\"\" (#45)");
        assertThat(git.read(43).revertedBy()).contains("#45");
        assertThat(git.read(41).revertedBy()).isEmpty();
        CommitId direct = git.commit("main", "Undo\n\nThis reverts commit " + squash.hex() + ".");
        assertThat(git.read(41).revertedBy()).contains(direct.hex());
    }

    @Test
    void approvals_and_labels_are_read_from_the_merge_commit_where_the_head_has_none() {
        merge("Merge pull request #51 from alice/x\n\nTitle\n\nLabels: a, b\nApproved-by: Bob <bob@example.org>", 1);

        assertThat(git.read(51).labels()).containsExactly("a", "b");
        assertThat(git.read(51).review().decision()).isEqualTo(Decision.APPROVED);
    }

    @Test
    void a_rewritten_default_branch_is_told_from_where_the_histories_part() {
        merge("Merge pull request #1 from a/x\n\nOne", 1);
        CommitId shared = git.main();
        merge("Merge pull request #2 from a/y\n\nTwo", 2);
        String cursor = git.follow(Optional.empty(), 10).cursor();
        git.history.ref("refs/heads/main", shared);
        merge("Merge pull request #3 from a/z\n\nThree", 3);

        assertThat(git.follow(Optional.of(cursor), 10).told().keySet()).containsExactly(3L);
        assertThat(git.all().keySet()).contains(1L, 3L);
    }

    @Test
    void a_later_call_tells_only_what_is_new_also_to_a_new_object() {
        for (int i = 1; i <= 20; i++) {
            merge("Merge pull request #" + i + " from a/x\n\nTitle", i);
        }
        String cursor = git.follow(Optional.empty(), 6).cursor();
        merge("Merge pull request #21 from a/x\n\nTitle", 21);

        assertThat(git.follow(Optional.of(cursor), 6).told().keySet()).containsExactly(21L);
        GitPullRequests other = GitPullRequests.of(git.repository, PlainGit.KINDS);
        assertThat(PlainGit.follow(other, Optional.of(cursor), 6).told().keySet())
                .containsExactly(21L);
    }

    @Test
    void clocks_that_go_backwards_do_no_harm() {
        CommitId first = git.commit("main", "One (#1)");
        merge("Merge pull request #2 from a/x\n\nTwo", 1);
        git.history.turnBackTheClock(3_600);
        git.commit("main", "Revert \"One\" (#3)\n\nThis reverts commit " + first.hex());
        merge("Merge pull request #4 from a/y\n\nFour", 2);

        assertThat(git.all().keySet()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        assertThat(git.follow(Optional.empty(), 2).told().keySet()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        assertThat(git.read(4).items()).hasSize(1);
    }

    @Test
    void a_message_of_a_megabyte_is_cut() {
        git.commit("main", "x".repeat(1_000_000) + "\n\n" + "y ".repeat(500_000) + "\n\nPull-Request: #61");

        assertThat(git.read(61).title()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(git.control.pullRequest(61).description()).hasSizeLessThanOrEqualTo(65_536);
    }

    /** A branch of one commit, merged and deleted. */
    private CommitId merge(String message, int work) {
        CommitId head = git.commit("work-" + (char) ('a' + work), "Work " + work);
        git.history.deleteRef("refs/heads/work-" + (char) ('a' + work));
        return git.mergeCommit(message, head);
    }
}
