package io.github.releasepipeline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PullRequestTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final MergedRange RANGE = new MergedRange(COMMIT, new CommitId("b".repeat(64)));

    private static PullRequest pullRequest(Progress progress, Decision decision) {
        return new PullRequest(
                new PullRequestId("acme/flows", 7),
                "title",
                "alice",
                progress,
                List.of(),
                new ReviewSummary(decision, "raw", Optional.of(1), Optional.of(2), List.of()),
                CheckSummary.none(),
                List.of(ChangedItem.created(new ItemId("workflow", "a"))),
                COMMIT,
                "main",
                NOON,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void an_open_pull_request_is_as_far_as_its_review() {
        Progress open = new Progress.Open();
        assertThat(pullRequest(open, Decision.NONE).status()).isEqualTo(PullRequestStatus.OPEN);
        assertThat(pullRequest(open, Decision.UNKNOWN).status()).isEqualTo(PullRequestStatus.OPEN);
        assertThat(pullRequest(open, Decision.REVIEW_REQUESTED).status()).isEqualTo(PullRequestStatus.REVIEW_REQUESTED);
        assertThat(pullRequest(open, Decision.CHANGES_REQUESTED).status())
                .isEqualTo(PullRequestStatus.CHANGES_REQUESTED);
        assertThat(pullRequest(open, Decision.APPROVED).status()).isEqualTo(PullRequestStatus.APPROVED);
    }

    @Test
    void what_is_merged_closed_or_a_draft_is_that_whatever_its_review() {
        for (Decision decision : Decision.values()) {
            assertThat(pullRequest(new Progress.Draft(), decision).status()).isEqualTo(PullRequestStatus.DRAFT);
            assertThat(pullRequest(new Progress.Closed(NOON), decision).status())
                    .isEqualTo(PullRequestStatus.CLOSED);
            assertThat(pullRequest(new Progress.Merged(RANGE, NOON, Optional.empty()), decision)
                            .status())
                    .isEqualTo(PullRequestStatus.MERGED);
        }
    }

    @Test
    void only_a_merged_pull_request_has_a_merged_range() {
        assertThat(pullRequest(new Progress.Merged(RANGE, NOON, Optional.empty()), Decision.NONE)
                        .merged())
                .contains(RANGE);
        assertThat(pullRequest(new Progress.Open(), Decision.NONE).merged()).isEmpty();
        assertThat(pullRequest(new Progress.Closed(NOON), Decision.NONE).merged())
                .isEmpty();
    }

    @Test
    void it_has_the_number_of_its_id_and_counts_its_items() {
        PullRequest pullRequest = pullRequest(new Progress.Open(), Decision.NONE);
        assertThat(pullRequest.number()).isEqualTo(7);
        assertThat(pullRequest.id().value()).isEqualTo("acme/flows#7");
        assertThat(pullRequest.itemCounts().byKind()).isEqualTo(Map.of("workflow", 1));
        assertThat(new PullRequestId("r", 1).number()).isEqualTo(1);
        assertThatThrownBy(() -> new PullRequestId("r", 0))
                .hasMessage("The number of a pull request is above zero, not 0");
    }

    @Test
    void all_statuses_but_the_last_two_are_open() {
        assertThat(Arrays.stream(PullRequestStatus.values()).filter(status -> !status.isOpen()))
                .containsExactly(PullRequestStatus.MERGED, PullRequestStatus.CLOSED);
    }

    @Test
    void checks_are_summed_up() {
        CheckSummary checks = new CheckSummary(List.of(
                check(Status.PASSED),
                check(Status.FAILED),
                check(Status.PENDING),
                check(Status.UNKNOWN),
                check(Status.PASSED)));
        assertThat(checks.passed()).isEqualTo(2);
        assertThat(checks.total()).isEqualTo(5);
        assertThat(checks.anyFailed()).isTrue();
        assertThat(checks).hasToString("2/5 passed");
        assertThat(new CheckSummary(List.of(check(Status.PENDING))).anyFailed()).isFalse();
        assertThat(CheckSummary.none()).hasToString("none");
        assertThat(CheckSummary.none().anyFailed()).isFalse();
    }

    private static Check check(Status status) {
        return new Check("build", status, "raw", "", Optional.empty());
    }

    @Test
    void a_commit_id_has_40_or_64_lower_case_hexadecimal_digits() {
        assertThat(new CommitId("0123456789abcdef0123456789abcdef01234567").abbreviated())
                .isEqualTo("0123456789");
        assertThat(COMMIT).hasToString("a".repeat(40));
        for (String bad : List.of("", "a".repeat(39), "a".repeat(41), "a".repeat(63), "A".repeat(40), "g".repeat(40))) {
            assertThatThrownBy(() -> new CommitId(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("not '" + bad + "'");
        }
    }

    @Test
    void nobody_has_reviewed_yet() {
        assertThat(ReviewSummary.none())
                .isEqualTo(new ReviewSummary(Decision.NONE, "", Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void approvals_that_are_not_known_are_told_as_unknown_and_not_as_none() {
        assertThat(ReviewSummary.none()).hasToString("approvals unknown");
        assertThat(approvals(Optional.of(1), Optional.of(2))).hasToString("1/2 approvals");
        assertThat(approvals(Optional.of(0), Optional.empty())).hasToString("0/unknown approvals");
        assertThat(approvals(Optional.empty(), Optional.of(2))).hasToString("unknown/2 approvals");
    }

    private static ReviewSummary approvals(Optional<Integer> given, Optional<Integer> needed) {
        return new ReviewSummary(Decision.NONE, "", given, needed, List.of());
    }
}
