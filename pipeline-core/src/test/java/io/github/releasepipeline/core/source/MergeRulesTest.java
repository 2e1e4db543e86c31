package io.github.releasepipeline.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestAction;
import io.github.releasepipeline.source.PullRequestAction.Kind;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.tck.PullRequestSample;
import io.github.releasepipeline.tck.Sample;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeRulesTest {
    private static final Optional<String> NOTHING = Optional.empty();

    @Test
    void approved_ones_may_be_merged_and_merged_ones_again() {
        assertThat(MergeRules.mergeRefusal(sample().build())).isEmpty();
        assertThat(MergeRules.mergeRefusal(
                        sample().review(Decision.NONE).merged().build()))
                .isEmpty();
    }

    @Test
    void a_failing_check_does_not_stand_in_the_way_here() {
        CheckSummary red = new CheckSummary(List.of(
                new CheckSummary.Check("Unit tests", CheckSummary.Status.FAILED, "failure", "", Optional.empty())));

        assertThat(MergeRules.mergeRefusal(sample().checks(red).build())).isEmpty();
    }

    @Test
    void drafts_and_closed_ones_are_refused_even_if_they_are_approved() {
        assertThat(MergeRules.mergeRefusal(
                        sample().progress(new Progress.Draft()).build()))
                .contains("it is a draft");
        assertThat(MergeRules.mergeRefusal(
                        sample().progress(new Progress.Closed(Sample.NOW)).build()))
                .contains("it was closed without a merge");
    }

    @Test
    void a_missing_approval_is_told_with_what_is_given_and_needed() {
        assertThat(refusal(Decision.REVIEW_REQUESTED)).contains("it waits for reviews: 1/2 approvals");
        assertThat(refusal(Decision.NONE)).contains("it is not approved: 1/2 approvals");
        assertThat(refusal(Decision.UNKNOWN)).contains("its review decision 'ODD\uFFFDWORD' is not known here");
    }

    @Test
    void who_requested_changes_is_named() {
        assertThat(refusal(Decision.CHANGES_REQUESTED)).contains("changes were requested by carol, dave");
        assertThat(MergeRules.mergeRefusal(
                        sample().review(Decision.CHANGES_REQUESTED).build()))
                .contains("changes were requested");
    }

    @Test
    void an_approved_pull_request_offers_all_actions() {
        List<PullRequestAction> actions = MergeRules.actions(linked(sample().build()), true, NOTHING);

        assertThat(actions)
                .extracting(PullRequestAction::kind)
                .containsExactly(Kind.REVIEW, Kind.VIEW_CHANGES, Kind.RUN_CHECKS, Kind.MERGE);
        assertThat(actions).allMatch(PullRequestAction::allowed);
        assertThat(actions.get(0).link()).contains(URI.create("https://forge.example/1"));
    }

    @Test
    void an_action_that_is_not_possible_says_why() {
        PullRequest closed = sample().progress(new Progress.Closed(Sample.NOW))
                .items(new ItemChange[0])
                .build();

        assertThat(MergeRules.actions(closed, true, NOTHING))
                .extracting(PullRequestAction::refusal)
                .containsExactly(
                        Optional.of("its provider has no page for it"),
                        Optional.of("it changes no item"),
                        Optional.of("it is not open any more"),
                        Optional.of("it was closed without a merge"));
        assertThat(MergeRules.actions(sample().merged().build(), true, NOTHING)
                        .get(3)
                        .refusal())
                .contains("it is merged already");
        assertThat(MergeRules.actions(sample().build(), false, NOTHING).get(2).refusal())
                .contains("its provider cannot run checks again");
    }

    @Test
    void who_may_not_is_told_so_for_what_changes_something_only() {
        List<PullRequestAction> actions =
                MergeRules.actions(linked(sample().build()), true, Optional.of("bob may not merge"));

        assertThat(actions.subList(0, 2)).allMatch(PullRequestAction::allowed);
        assertThat(actions.subList(2, 4))
                .extracting(PullRequestAction::refusal)
                .containsOnly(Optional.of("bob may not merge"));
    }

    private static Optional<String> refusal(Decision decision) {
        return MergeRules.mergeRefusal(sample().review(new ReviewSummary(
                        decision,
                        "ODD\nWORD",
                        Optional.of(1),
                        Optional.of(2),
                        List.of(
                                new ReviewSummary.Review("carol", Decision.CHANGES_REQUESTED, Sample.NOW),
                                new ReviewSummary.Review("bob", Decision.APPROVED, Sample.NOW),
                                new ReviewSummary.Review("dave", Decision.CHANGES_REQUESTED, Sample.NOW))))
                .build());
    }

    private static PullRequestSample sample() {
        return Sample.pullRequest(1).review(Decision.APPROVED);
    }

    private static PullRequest linked(PullRequest pr) {
        return new PullRequest(
                pr.id(),
                pr.title(),
                pr.author(),
                pr.progress(),
                pr.labels(),
                pr.review(),
                pr.checks(),
                pr.items(),
                pr.head(),
                pr.baseBranch(),
                pr.createdAt(),
                pr.updatedAt(),
                pr.firstCommitAt(),
                Optional.of(URI.create("https://forge.example/1")),
                pr.revertedBy());
    }
}
