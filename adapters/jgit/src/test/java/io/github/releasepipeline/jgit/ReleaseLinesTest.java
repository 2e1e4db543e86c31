package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pull requests that are merged into release lines. */
class ReleaseLinesTest {
    private static final String LINE = "release/1.0";

    @TempDir
    Path folder;

    private PlainGit git;
    private GitPullRequests control;

    @BeforeEach
    void open() {
        git = new PlainGit(folder.resolve("flows.git"));
        git.commit("main", "First (#1)");
        git.history.ref("refs/heads/" + LINE, git.main());
        git.commit("main", "Second (#2)");
        control = lines();
    }

    @AfterEach
    void close() {
        git.close();
    }

    private GitPullRequests lines() {
        return git.control.alsoInto("release/*", "hotfix/**");
    }

    private CommitId tip(String branch) {
        return git.history.at("refs/heads/" + branch);
    }

    private Map<Long, PullRequest> all() {
        return PlainGit.follow(control, Optional.empty(), 100).told();
    }

    private PullRequest read(long number) {
        return control.pullRequest(number).pullRequest();
    }

    private List<Long> told(Optional<String> cursor) {
        List<Long> told = new ArrayList<>();
        PullRequestPage page = control.changedSince(cursor, 1);
        page.changed().forEach(pullRequest -> told.add(pullRequest.number()));
        while (!page.complete()) {
            page = control.changedSince(Optional.of(page.cursor()), 1);
            page.changed().forEach(pullRequest -> told.add(pullRequest.number()));
        }
        return told;
    }

    @Test
    void what_is_merged_into_a_line_is_told_with_that_line_as_its_base() {
        CommitId before = tip(LINE);
        CommitId merge = git.mergeCommit(
                LINE,
                "Merge pull request #3 from a/b\n\nFix it",
                git.commit("fix", "Work", Map.of("workflows/x", "1")));

        assertThat(all().values())
                .extracting(pullRequest -> pullRequest.number() + " into " + pullRequest.baseBranch())
                .containsExactly("1 into main", "2 into main", "3 into " + LINE);
        PullRequest fix = read(3);
        assertThat(fix.status()).isEqualTo(PullRequestStatus.MERGED);
        assertThat(fix.merged()).contains(new MergedRange(before, merge));
        assertThat(fix.title()).isEqualTo("Fix it");
        assertThat(git.control.changedSince(Optional.empty(), 10).changed())
                .extracting(PullRequest::number)
                .as("without the lines")
                .doesNotContain(3L);
    }

    @Test
    void what_a_line_shares_with_others_is_told_once_and_is_the_first_ones() {
        git.commit(LINE, "Third (#3)");
        git.history.ref("refs/heads/hotfix/a/b", tip(LINE));
        git.history.ref("refs/heads/release/1.0-late", tip(LINE));
        git.commit("hotfix/a/b", "Fourth (#4)");
        git.commit("release/1.0-late", "Fifth (#5)");

        assertThat(told(Optional.empty())).containsExactly(1L, 2L, 3L, 5L, 4L);
        assertThat(read(3).baseBranch()).isEqualTo(LINE);
        assertThat(read(4).baseBranch()).isEqualTo("hotfix/a/b");
        assertThat(read(5).baseBranch()).isEqualTo("release/1.0-late");
    }

    @Test
    void a_number_belongs_to_the_oldest_merge_over_all_branches() {
        CommitId onMain = git.commit("main", "Both (#7)");
        CommitId picked = git.commit(LINE, "Both (#7)");
        CommitId fixed = git.commit(LINE, "Fix (#8)");
        CommitId broughtToMain = git.commit("main", "Fix (#8)");

        Map<Long, PullRequest> all = all();

        assertThat(all).hasSize(6);
        assertThat(merge(all.get(7L))).isEqualTo(onMain);
        assertThat(merge(all.get(8L))).isEqualTo(fixed);
        assertThat(all.values().stream()
                        .filter(pullRequest -> pullRequest.number() > 1L << 40)
                        .map(ReleaseLinesTest::merge))
                .containsExactlyInAnyOrder(picked, broughtToMain);
        control = lines();
        assertThat(all()).as("for another process").isEqualTo(all);
    }

    private static CommitId merge(PullRequest pullRequest) {
        return pullRequest.merged().orElseThrow().merge();
    }

    @Test
    void an_older_merge_that_appears_late_has_the_same_number_for_every_process() {
        git.commit(LINE, "Fix (#8)");
        all();
        git.history.turnBackTheClock(10);
        CommitId earlier = git.commit("main", "Fix (#8)");

        assertThat(merge(all().get(8L))).isEqualTo(earlier);
        assertThat(all())
                .isEqualTo(PlainGit.follow(lines(), Optional.empty(), 100).told());
    }

    @Test
    void commits_of_one_rebase_are_one_pull_request_also_where_they_are_picked_to_a_line() {
        git.commit("main", "One\n\nPull-Request: #9");
        git.commit("main", "Two\n\nPull-Request: #9");
        CommitId before = tip(LINE);
        git.commit(LINE, "One\n\nPull-Request: #9");
        CommitId last = git.commit(LINE, "Two\n\nPull-Request: #9");

        assertThat(all().values().stream()
                        .filter(pullRequest -> pullRequest.baseBranch().equals(LINE))
                        .map(PullRequest::merged))
                .containsExactly(Optional.of(new MergedRange(before, last)));
    }

    @Test
    void a_revert_on_a_line_concerns_what_came_into_that_line() {
        CommitId first = git.commit("main", "Bad (#7)");
        git.commit(LINE, "Bad (#7)");
        git.commit(LINE, "Undo\n\nReverts #7");
        git.commit(LINE, "Revert \"First\"\n\nThis reverts commit " + first.hex() + ".");

        Map<Long, PullRequest> all = all();

        assertThat(all.get(7L).revertedBy()).isEmpty();
        assertThat(all.values())
                .filteredOn(pullRequest -> pullRequest.revertedBy().isPresent())
                .singleElement()
                .extracting(PullRequest::baseBranch)
                .isEqualTo(LINE);
    }

    @Test
    void a_branch_is_proposed_for_the_line_on_whose_commits_it_builds() {
        git.commit("5-feature", "Feature");
        git.history.ref("refs/heads/4-young", tip(LINE));
        git.commit("4-young", "From where they part");
        git.commit(LINE, "Third (#3)");
        git.history.ref("refs/heads/6-fix", tip(LINE));
        git.commit("6-fix", "Fix", Map.of("workflows/fix", "1"));
        git.history.ref("refs/heads/7-nothing", tip(LINE));

        Map<Long, PullRequest> all = all();

        assertThat(all.keySet()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(all.get(4L).baseBranch()).isEqualTo("main");
        assertThat(all.get(5L).baseBranch()).isEqualTo("main");
        PullRequest fix = all.get(6L);
        assertThat(fix.baseBranch()).isEqualTo(LINE);
        assertThat(fix.status()).isEqualTo(PullRequestStatus.OPEN);
        assertThat(fix.title()).isEqualTo("Fix");
        assertThat(fix.items())
                .singleElement()
                .satisfies(item -> assertThat(item.id().path()).isEqualTo("workflows/fix"));
        assertThat(control.pullRequest(6).activity())
                .filteredOn(activity -> activity.type().equals("pushed"))
                .hasSize(1);
    }

    @Test
    void a_branch_that_builds_on_two_lines_is_for_the_one_that_it_has_more_of() {
        git.commit(LINE, "Third (#3)");
        git.history.ref("refs/heads/release/1.0-late", tip(LINE));
        git.commit("release/1.0-late", "Fourth (#4)");
        git.history.ref("refs/heads/6-fix", tip("release/1.0-late"));
        git.commit("6-fix", "Fix");

        assertThat(read(6).baseBranch()).isEqualTo("release/1.0-late");
    }

    @Test
    void a_trailer_names_the_branch_that_it_is_for() {
        git.history.ref("refs/heads/4-young", tip(LINE));
        git.commit("4-young", "Fix\n\nMerge-Into: " + LINE);
        git.commit("4-young", "More");
        git.commit(LINE, "Third (#3)\n\nMerge-Into: main");
        git.history.ref("refs/heads/5-typo", tip(LINE));
        git.commit("5-typo", "Fix\n\nMerge-Into: release/9.9");
        git.history.ref("refs/heads/6-back", tip(LINE));
        git.commit("6-back", "Bring it back\n\nMerge-Into: " + LINE);
        git.commit("6-back", "No, to main\n\nMerge-Into: main");

        assertThat(read(4).baseBranch()).isEqualTo(LINE);
        assertThat(read(5).baseBranch()).isEqualTo(LINE);
        assertThat(read(6).baseBranch()).isEqualTo("main");
        assertThat(read(6).title()).isEqualTo("Third (#3)");
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void a_merge_goes_into_the_line_that_it_is_proposed_for(Method method) {
        git.commit(LINE, "Third (#3)");
        git.history.ref("refs/heads/6-fix", tip(LINE));
        CommitId head = git.commit("6-fix", "Fix", Map.of("workflows/fix", "1"));
        CommitId main = git.main();
        CommitId line = tip(LINE);

        MergeOutcome outcome = merge(6, head, method);

        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(new MergedRange(line, tip(LINE))));
        assertThat(git.main()).isEqualTo(main);
        assertThat(git.history.files(tip(LINE))).containsEntry("workflows/fix", "1");
        assertThat(read(6).status()).isEqualTo(PullRequestStatus.MERGED);
        assertThat(read(6).baseBranch()).isEqualTo(LINE);
        assertThat(merge(6, head, method)).as("again").isEqualTo(outcome);
        assertThatThrownBy(() -> merge(66, head, method)).isInstanceOf(NotFoundException.class);
    }

    private MergeOutcome merge(long number, CommitId head, Method method) {
        return control.merge(new MergeRequest(
                number,
                head,
                Optional.of(method),
                Actor.user("bob"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void a_line_that_appears_later_is_told_from_where_it_parted_also_to_an_older_cursor() {
        String cursor = PlainGit.follow(git.control, Optional.empty(), 10).cursor();
        git.history.ref("refs/heads/release/2.0", git.main());
        git.commit("release/2.0", "Third (#3)");
        git.commit("main", "Fourth (#4)");

        assertThat(told(Optional.of(cursor))).containsExactly(4L, 3L);
        String all = PlainGit.follow(control, Optional.empty(), 10).cursor();
        assertThat(told(Optional.of(all))).isEmpty();
        git.commit("release/2.0", "Fifth (#5)");
        assertThat(told(Optional.of(all))).containsExactly(5L);
        assertThat(git.control.changedSince(Optional.of(all), 10).changed())
                .as("without the lines they are proposals")
                .extracting(PullRequest::status)
                .containsOnly(PullRequestStatus.OPEN);
    }

    @Test
    void a_line_that_is_deleted_is_forgotten_and_told_again_when_it_comes_back() {
        CommitId third = git.commit(LINE, "Third (#3)");
        git.commit(LINE, "Fourth (#4)");
        String cursor = PlainGit.follow(control, Optional.empty(), 10).cursor();
        git.history.deleteRef("refs/heads/" + LINE);

        assertThatThrownBy(() -> read(3)).isInstanceOf(NotFoundException.class);
        PullRequestPage page = control.changedSince(Optional.of(cursor), 10);
        assertThat(page.changed()).isEmpty();
        git.history.ref("refs/heads/" + LINE, third);
        assertThat(told(Optional.of(page.cursor()))).containsExactly(3L);
    }

    @Test
    void a_line_that_was_rewritten_goes_on_where_the_old_and_the_new_part() {
        git.commit(LINE, "Third (#3)");
        CommitId common = tip(LINE);
        git.commit(LINE, "Fourth (#4)");
        String cursor = PlainGit.follow(control, Optional.empty(), 10).cursor();
        git.history.ref("refs/heads/" + LINE, common);
        git.commit(LINE, "Fifth (#5)");

        assertThat(told(Optional.of(cursor))).containsExactly(5L);
    }

    @Test
    void what_the_default_branch_was_brought_forward_over_is_its_own() {
        git.history.ref("refs/heads/release/2.0", git.main());
        git.commit("release/2.0", "Third (#3)");
        String cursor = PlainGit.follow(control, Optional.empty(), 10).cursor();
        assertThat(read(3).baseBranch()).isEqualTo("release/2.0");
        git.history.ref("refs/heads/main", tip("release/2.0"));

        assertThat(read(3).baseBranch()).isEqualTo("main");
        assertThat(told(Optional.of(cursor))).containsExactly(3L);
    }

    @Test
    void a_proposal_whose_branch_is_gone_or_whose_line_is_gone_is_closed() {
        git.commit(LINE, "Third (#3)");
        for (int number = 6; number <= 7; number++) {
            git.history.ref("refs/heads/" + number + "-fix", tip(LINE));
            git.commit(number + "-fix", "Fix " + number);
        }
        String cursor = PlainGit.follow(control, Optional.empty(), 10).cursor();
        git.history.deleteRef("refs/heads/6-fix");

        PullRequestPage page = control.changedSince(Optional.of(cursor), 10);
        assertThat(page.changed()).singleElement().satisfies(closed -> {
            assertThat(closed.status()).isEqualTo(PullRequestStatus.CLOSED);
            assertThat(closed.baseBranch()).isEqualTo(LINE);
            assertThat(closed.title()).isEqualTo("Fix 6");
        });
        git.history.deleteRef("refs/heads/7-fix");
        git.history.deleteRef("refs/heads/" + LINE);
        assertThat(control.changedSince(Optional.of(page.cursor()), 10).changed())
                .singleElement()
                .satisfies(closed -> {
                    assertThat(closed.status()).isEqualTo(PullRequestStatus.CLOSED);
                    assertThat(closed.baseBranch()).isEqualTo(LINE);
                });
    }

    @Test
    void an_open_one_is_told_again_when_it_is_for_another_branch() {
        git.history.ref("refs/heads/4-young", tip(LINE));
        git.commit("4-young", "From where they part");
        CommitId shared = git.commit("4-young", "Shared");
        git.commit("4-young", "Own");
        String cursor = PlainGit.follow(control, Optional.empty(), 10).cursor();
        assertThat(read(4).baseBranch()).isEqualTo("main");
        git.history.ref("refs/heads/" + LINE, shared);

        assertThat(control.changedSince(Optional.of(cursor), 10).changed())
                .singleElement()
                .extracting(PullRequest::baseBranch)
                .isEqualTo(LINE);
    }

    @Test
    void a_name_of_a_line_must_not_be_empty() {
        assertThatIllegalArgumentException().isThrownBy(() -> git.control.alsoInto(""));
        assertThat(control).hasToString("GitPullRequests[flows, into main [release/*, hotfix/**]]");
    }
}
