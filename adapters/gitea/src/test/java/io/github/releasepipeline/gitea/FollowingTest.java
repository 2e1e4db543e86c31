package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Following a repository, and what it costs. */
class FollowingTest {
    /** Too impatient to repeat a read. */
    private static final HttpOptions IMPATIENT = HttpOptions.standard().patience(Duration.ofMillis(50));

    private final Scene scene = new Scene();
    private final List<Long> told = new ArrayList<>();

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    @Test
    void a_hundred_open_pull_requests_cost_two_pages_and_three_requests_each() {
        open(100);

        follow(scene.gitea, Optional.empty(), 100);

        assertThat(told).hasSize(100);
        assertThat(scene.asked("/reviews")).isEqualTo(100);
        assertThat(scene.asked("/files")).isEqualTo(100);
        assertThat(scene.asked("/status")).isEqualTo(100);
        // Page size, newest change, two full pages, the closed ones, one rule; and the second call looks at its page
        // again.
        assertThat(scene.server.requests().size() - 300).isBetween(5, 8);
    }

    @Test
    void nothing_new_costs_one_page_and_the_newest_ones_statuses() {
        open(60);
        Optional<String> cursor = follow(scene.gitea, Optional.empty(), 100);
        scene.server.forget();

        follow(scene.gitea.tellOpenAgainEvery(Duration.ofDays(99_999)), cursor, 100);

        assertThat(scene.asked("/pulls?")).isEqualTo(1);
    }

    @Test
    void what_cannot_have_changed_is_not_read_again() {
        open(10);
        Gitea gitea = scene.gitea.tellOpenAgainEvery(Duration.ZERO);
        Optional<String> cursor = follow(gitea, Optional.empty(), 100);
        scene.server.forget();
        told.clear();

        follow(gitea, cursor, 100);

        assertThat(told).contains(1L, 10L);
        assertThat(scene.asked("/files")).isZero();
        assertThat(scene.asked("/reviews")).isZero();
        assertThat(scene.asked("/status")).isGreaterThanOrEqualTo(10);
    }

    @Test
    void a_status_that_came_without_a_change_is_told_when_all_open_ones_are_told_again() {
        open(3);
        Gitea gitea = scene.gitea.tellOpenAgainEvery(Duration.ZERO);
        Optional<String> cursor = follow(gitea, Optional.empty(), 100);
        scene.forge.status(scene.pull(1).head, "build", "failure", "red");

        List<PullRequest> again = pages(gitea, cursor, 100);

        assertThat(again)
                .filteredOn(pull -> pull.number() == 1)
                .last()
                .satisfies(pull -> assertThat(pull.checks().anyFailed()).isTrue());
    }

    @Test
    void the_open_ones_come_first() {
        open(4);
        scene.forge.merge(4, "merge", "bob");

        follow(scene.gitea, Optional.empty(), 100);

        assertThat(told).containsExactly(3L, 2L, 1L, 4L);
    }

    @Test
    void what_is_closed_while_the_open_ones_are_read_hides_none_of_them() {
        scene.forge.maxPage = 3;
        open(9);
        scene.routes.before("GET .*/pulls\\?.*state=open.*page=2", () -> {
            scene.forge.close(9);
            scene.forge.close(8);
        });

        follow(scene.gitea, Optional.empty(), 100);

        assertThat(told).contains(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void what_moves_to_the_front_while_the_open_ones_are_read_is_told_in_the_next_round() {
        scene.forge.maxPage = 3;
        open(9);
        scene.routes.before(
                "GET .*/pulls\\?.*state=open.*page=2", () -> scene.forge.push(1, Map.of("agents/x.json", "1")));
        Optional<String> cursor = follow(scene.gitea, Optional.empty(), 100);

        List<PullRequest> next = pages(scene.gitea, cursor, 100);

        assertThat(next).extracting(PullRequest::number).contains(1L);
        assertThat(told).contains(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void changes_within_one_second_are_all_told_one_at_a_time() {
        scene.forge.step = Duration.ZERO;
        open(5);
        for (int limit : List.of(1, 2, 3)) {
            told.clear();
            follow(scene.gitea, Optional.empty(), limit);
            assertThat(told).as("limit %s", limit).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void a_server_with_smaller_pages_is_read_to_the_end() {
        scene.forge.maxPage = 4;
        open(11);

        follow(scene.gitea, Optional.empty(), 100);

        assertThat(told).hasSize(11);
    }

    @Test
    void a_pull_request_whose_commits_are_lost_is_left_out_and_holds_nobody_up() {
        open(3);
        scene.pull(2).odd.putObject("head").put("sha", "").put("ref", "gone");

        follow(scene.gitea, Optional.empty(), 100);

        assertThat(told).containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void a_merge_whose_commit_is_told_a_little_later_is_waited_for() {
        open(1);
        scene.forge.merge(1, "squash", "bob");
        scene.pull(1).mergeCommitLag = 2;
        Clock justAfter = Clock.fixed(scene.forge.now().plusSeconds(5), ZoneOffset.UTC);

        List<PullRequest> all = pages(scene.gitea.http(HttpOptions.standard().clock(justAfter)), Optional.empty(), 100);

        assertThat(all).singleElement().satisfies(pull -> {
            assertThat(pull.status()).isEqualTo(PullRequestStatus.MERGED);
            assertThat(pull.merged().orElseThrow().merge().hex()).isEqualTo(scene.forge.branch("main"));
        });
    }

    @Test
    void a_merge_of_long_ago_without_a_commit_is_told_by_what_was_proposed_and_not_waited_for() {
        open(1);
        scene.forge.merge(1, "merge", "bob");
        scene.pull(1).mergeCommitLag = 1_000;

        List<PullRequest> all = pages(scene.gitea, Optional.empty(), 100);

        assertThat(all)
                .singleElement()
                .satisfies(pull -> assertThat(pull.merged())
                        .contains(new MergedRange(new CommitId(scene.pull(1).mergeBase), scene.head(1))));
        assertThat(scene.waits).isEmpty();
    }

    @Test
    void a_server_that_does_not_count_is_read_until_a_page_is_not_full() {
        scene.forge.maxPage = 2;
        open(3);
        scene.routes.uncounted = true;

        follow(scene.gitea, Optional.empty(), 100);

        assertThat(told).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void the_list_of_open_ones_alone_is_the_table() {
        open(4);
        scene.forge.merge(2, "merge", "bob");

        assertThat(scene.gitea.openPullRequests())
                .extracting(PullRequest::number)
                .containsExactly(4L, 3L, 1L);
        assertThat(scene.asked("state=closed")).isZero();
    }

    @Test
    void a_broken_page_fails_the_call_and_the_same_cursor_goes_on() {
        open(3);
        Optional<String> cursor = follow(scene.gitea, Optional.empty(), 100);
        open(1);
        scene.routes.instead(
                "GET .*/pulls\\?", Answer.json(200, "[{\"number\": 4").delivered(Answer.Delivery.CUT));
        scene.routes.instead("GET .*/pulls/4/files", Answer.json(500, "{\"message\": \"git hung up\"}"));

        Throwable broken = catchThrowable(() -> pages(scene.gitea.http(IMPATIENT), cursor, 100));

        assertThat(broken)
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        passing -> assertThat(passing.retryable()).isTrue());
        assertThat(pages(scene.gitea, cursor, 100))
                .extracting(PullRequest::number)
                .contains(4L);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            scene.open("Number " + i, Map.of("workflows/" + i + ".json", "x"));
        }
    }

    private Optional<String> follow(Gitea gitea, Optional<String> cursor, int limit) {
        Optional<String> at = cursor;
        while (true) {
            PullRequestPage page = gitea.changedSince(at, limit);
            page.changed().forEach(pull -> told.add(pull.number()));
            at = Optional.of(page.cursor());
            if (page.complete()) {
                return at;
            }
        }
    }

    private static List<PullRequest> pages(Gitea gitea, Optional<String> cursor, int limit) {
        List<PullRequest> all = new ArrayList<>();
        Optional<String> at = cursor;
        while (true) {
            PullRequestPage page = gitea.changedSince(at, limit);
            all.addAll(page.changed());
            at = Optional.of(page.cursor());
            if (page.complete()) {
                return all;
            }
        }
    }
}
