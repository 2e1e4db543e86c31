package io.github.releasepipeline.core.source;

import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestAction;
import io.github.releasepipeline.source.PullRequestAction.Kind;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.subject.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a pull request may be merged from here, and what else can be done with it. Approval decides, and checks do not:
 * whether a red check stands in the way is a rule of the provider, which has the last word.
 */
public final class MergeRules {
    private static final int MAX_WORD = 100;

    private MergeRules() {}

    /** Why it cannot be merged; empty if it can, or if it is merged already and the order would repeat that. */
    public static Optional<String> mergeRefusal(PullRequest pullRequest) {
        Progress progress = pullRequest.progress();
        if (progress instanceof Progress.Merged) {
            return Optional.empty();
        }
        if (progress instanceof Progress.Closed) {
            return Optional.of("it was closed without a merge");
        }
        if (progress instanceof Progress.Draft) {
            return Optional.of("it is a draft");
        }
        ReviewSummary review = pullRequest.review();
        return switch (review.decision()) {
            case APPROVED -> Optional.empty();
            case CHANGES_REQUESTED -> Optional.of("changes were requested" + by(review));
            case REVIEW_REQUESTED -> Optional.of("it waits for reviews: " + review);
            case NONE -> Optional.of("it is not approved: " + review);
            case UNKNOWN ->
                Optional.of(
                        "its review decision '" + Text.shown(review.rawDecision(), MAX_WORD) + "' is not known here");
        };
    }

    /** Why its checks cannot be run again; empty if they can, as far as the pull request tells. */
    public static Optional<String> checksRefusal(PullRequest pullRequest, boolean providerRunsChecks) {
        if (!pullRequest.status().isOpen()) {
            return Optional.of("it is not open any more");
        }
        return providerRunsChecks ? Optional.empty() : Optional.of("its provider cannot run checks again");
    }

    /**
     * All that can be done with a pull request, and what cannot be done now and why.
     *
     * @param mayNot why whoever asks may neither merge nor run checks
     */
    public static List<PullRequestAction> actions(
            PullRequest pullRequest, boolean providerRunsChecks, Optional<String> mayNot) {
        Optional<String> noPage = Optional.of("its provider has no page for it");
        Optional<String> noItems = Optional.of("it changes no item");
        Optional<String> done =
                pullRequest.merged().isPresent() ? Optional.of("it is merged already") : Optional.empty();
        return List.of(
                new PullRequestAction(
                        Kind.REVIEW, pullRequest.link(), pullRequest.link().isPresent() ? Optional.empty() : noPage),
                new PullRequestAction(
                        Kind.VIEW_CHANGES,
                        Optional.empty(),
                        pullRequest.items().isEmpty() ? noItems : Optional.empty()),
                new PullRequestAction(
                        Kind.RUN_CHECKS,
                        Optional.empty(),
                        mayNot.or(() -> checksRefusal(pullRequest, providerRunsChecks))),
                new PullRequestAction(
                        Kind.MERGE, Optional.empty(), mayNot.or(() -> done).or(() -> mergeRefusal(pullRequest))));
    }

    private static String by(ReviewSummary review) {
        String names = review.reviews().stream()
                .filter(opinion -> opinion.decision() == ReviewSummary.Decision.CHANGES_REQUESTED)
                .map(opinion -> Text.shown(opinion.reviewer(), MAX_WORD))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " by " + names;
    }
}
