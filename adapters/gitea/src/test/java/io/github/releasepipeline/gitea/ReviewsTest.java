package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewsTest {
    private static final CommitId HEAD = new CommitId("a".repeat(40));
    private static final CommitId OLD = new CommitId("b".repeat(40));
    private static final Protection NO_RULE = rule(0);

    private int id;

    @Test
    void without_reviews_there_is_no_decision() {
        ReviewSummary summary = Reviews.summary(List.of(), HEAD, rule(1));

        assertThat(summary.decision()).isEqualTo(Decision.NONE);
        assertThat(summary.given()).contains(0);
        assertThat(summary.needed()).contains(1);
    }

    @Test
    void as_many_official_approvals_as_needed_approve() {
        assertThat(decision(rule(2), approved("bob"), approved("carol"))).isEqualTo(Decision.APPROVED);
    }

    @Test
    void fewer_approvals_than_needed_wait_for_more() {
        ReviewSummary summary = Reviews.summary(List.of(approved("bob")), HEAD, rule(2));

        assertThat(summary.decision()).isEqualTo(Decision.REVIEW_REQUESTED);
        assertThat(summary.given()).contains(1);
    }

    @Test
    void one_approval_approves_where_no_rule_asks_for_any() {
        assertThat(decision(NO_RULE, approved("bob"))).isEqualTo(Decision.APPROVED);
    }

    @Test
    void approvals_of_people_without_write_access_do_not_count() {
        ReviewRow row = row("mallory", "APPROVED", false, false, false, HEAD);

        assertThat(Reviews.summary(List.of(row), HEAD, NO_RULE).given()).contains(0);
        assertThat(decision(NO_RULE, row)).isEqualTo(Decision.NONE);
    }

    @Test
    void rejections_of_people_without_write_access_do_not_count() {
        assertThat(decision(NO_RULE, row("mallory", "REQUEST_CHANGES", false, false, false, HEAD), approved("bob")))
                .isEqualTo(Decision.APPROVED);
    }

    @Test
    void an_approval_of_another_head_does_not_count() {
        assertThat(decision(NO_RULE, row("bob", "APPROVED", true, false, false, OLD)))
                .isEqualTo(Decision.NONE);
        assertThat(decision(NO_RULE, row("bob", "APPROVED", true, true, false, HEAD)))
                .isEqualTo(Decision.NONE);
    }

    @Test
    void a_rejection_of_another_head_stays() {
        assertThat(decision(rule(1), row("bob", "REQUEST_CHANGES", true, true, false, OLD), approved("carol")))
                .isEqualTo(Decision.CHANGES_REQUESTED);
    }

    @Test
    void a_dismissed_review_does_not_count_and_does_not_bring_back_the_one_before() {
        assertThat(decision(rule(1), approved("bob"), row("bob", "REQUEST_CHANGES", true, false, true, HEAD)))
                .isEqualTo(Decision.NONE);
    }

    @Test
    void the_last_word_of_a_reviewer_counts() {
        assertThat(decision(rule(1), approved("bob"), rejected("bob"))).isEqualTo(Decision.CHANGES_REQUESTED);
        assertThat(decision(rule(1), rejected("bob"), approved("bob"))).isEqualTo(Decision.APPROVED);
    }

    @Test
    void comments_and_reviews_that_are_not_sent_say_nothing() {
        assertThat(decision(
                        rule(1),
                        approved("bob"),
                        row("bob", "COMMENT", false, false, false, HEAD),
                        row("bob", "PENDING", false, false, false, HEAD)))
                .isEqualTo(Decision.APPROVED);
    }

    @Test
    void who_was_asked_and_has_not_answered_is_waited_for() {
        ReviewSummary summary = Reviews.summary(List.of(asked("bob")), HEAD, rule(1));

        assertThat(summary.decision()).isEqualTo(Decision.REVIEW_REQUESTED);
        assertThat(summary.rawDecision()).isEqualTo("REQUEST_REVIEW");
    }

    @Test
    void who_was_asked_again_is_waited_for_again() {
        assertThat(decision(rule(1), rejected("bob"), asked("bob"))).isEqualTo(Decision.REVIEW_REQUESTED);
    }

    @Test
    void an_open_request_holds_up_enough_approvals_only_if_the_rule_says_so() {
        Protection strict = new Protection(Optional.of(1), List.of(), true, true);

        assertThat(decision(rule(1), approved("bob"), asked("carol"))).isEqualTo(Decision.APPROVED);
        assertThat(decision(strict, approved("bob"), asked("carol"))).isEqualTo(Decision.REVIEW_REQUESTED);
    }

    @Test
    void a_rejection_holds_up_enough_approvals_unless_the_rule_says_otherwise() {
        Protection lenient = new Protection(Optional.of(1), List.of(), false, false);

        assertThat(decision(rule(1), approved("bob"), rejected("carol"))).isEqualTo(Decision.CHANGES_REQUESTED);
        assertThat(decision(lenient, approved("bob"), rejected("carol"))).isEqualTo(Decision.APPROVED);
        assertThat(decision(lenient, rejected("carol"))).isEqualTo(Decision.CHANGES_REQUESTED);
    }

    @Test
    void where_the_rule_is_hidden_the_number_of_needed_approvals_is_unknown() {
        ReviewSummary summary = Reviews.summary(List.of(approved("bob")), HEAD, Protection.UNKNOWN);

        assertThat(summary.needed()).isEmpty();
        assertThat(summary.decision()).isEqualTo(Decision.APPROVED);
    }

    @Test
    void reviewers_whose_accounts_are_gone_are_told_apart() {
        ReviewSummary summary = Reviews.summary(List.of(approved("ghost"), approved("ghost")), HEAD, rule(2));

        assertThat(summary.given()).contains(2);
    }

    @Test
    void a_state_that_is_not_known_is_told_and_decides_nothing() {
        ReviewSummary summary =
                Reviews.summary(List.of(row("bob", "APPROVED_WITH_NITS", true, false, false, HEAD)), HEAD, rule(1));

        assertThat(summary.decision()).isEqualTo(Decision.NONE);
        assertThat(summary.reviews())
                .singleElement()
                .satisfies(review -> assertThat(review.decision()).isEqualTo(Decision.UNKNOWN));
    }

    private static Decision decision(Protection protection, ReviewRow... rows) {
        return Reviews.summary(List.of(rows), HEAD, protection).decision();
    }

    private ReviewRow approved(String reviewer) {
        return row(reviewer, "APPROVED", true, false, false, HEAD);
    }

    private ReviewRow rejected(String reviewer) {
        return row(reviewer, "REQUEST_CHANGES", true, false, false, HEAD);
    }

    private ReviewRow asked(String reviewer) {
        return row(reviewer, "REQUEST_REVIEW", true, false, false, HEAD);
    }

    private ReviewRow row(
            String reviewer, String state, boolean official, boolean stale, boolean dismissed, CommitId commit) {
        id++;
        return new ReviewRow(
                id, reviewer, state, official, stale, dismissed, Optional.of(commit), Instant.ofEpochSecond(id));
    }

    private static Protection rule(int approvals) {
        return new Protection(Optional.of(approvals), List.of(), true, false);
    }
}
