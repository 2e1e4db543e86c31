package io.github.releasepipeline.github;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.ReviewSummary.Review;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What reviewers with a say think of a pull request.
 *
 * @param latest the newest opinion of each, oldest first
 * @param requested whether somebody was asked and has not answered
 * @param needed approvals that the base branch requires; empty if unknown
 */
record Opinions(List<Opinion> latest, boolean requested, Optional<Integer> needed) {
    /**
     * One opinion.
     *
     * @param state GitHub's word
     * @param commit what was looked at; empty if it is not told
     */
    record Opinion(String reviewer, String state, Instant at, Optional<CommitId> commit) {
        boolean counts(CommitId head) {
            return state.equals("APPROVED") && (commit.isEmpty() || commit.get().equals(head));
        }
    }

    Opinions {
        latest = List.copyOf(latest);
    }

    /**
     * The summary for a head.
     *
     * @param told GitHub's own decision; empty if it has none, because nothing is required, or did not tell
     */
    ReviewSummary summary(Optional<String> told, CommitId head) {
        int given =
                (int) latest.stream().filter(opinion -> opinion.counts(head)).count();
        return new ReviewSummary(
                told.map(word -> decision(word, given)).orElseGet(() -> derived(given)),
                told.orElse(""),
                Optional.of(given),
                needed,
                reviews());
    }

    private Decision decision(String told, int given) {
        return switch (told) {
            case "CHANGES_REQUESTED" -> Decision.CHANGES_REQUESTED;
            case "REVIEW_REQUIRED" -> Decision.REVIEW_REQUESTED;
            // GitHub lets approvals of older commits stand unless told otherwise; here a new head resets them.
            case "APPROVED" -> given == 0 && has("APPROVED") ? Decision.REVIEW_REQUESTED : Decision.APPROVED;
            default -> Decision.UNKNOWN;
        };
    }

    private Decision derived(int given) {
        if (has("CHANGES_REQUESTED")) {
            return Decision.CHANGES_REQUESTED;
        }
        int enough = needed.map(count -> Math.max(1, count)).orElse(1);
        if (given >= enough) {
            return Decision.APPROVED;
        }
        return requested || enough > 1 || needed.equals(Optional.of(1)) ? Decision.REVIEW_REQUESTED : Decision.NONE;
    }

    private boolean has(String state) {
        return latest.stream().anyMatch(opinion -> opinion.state.equals(state));
    }

    private List<Review> reviews() {
        return latest.stream()
                .flatMap(opinion -> switch (opinion.state) {
                    case "APPROVED" -> review(opinion, Decision.APPROVED);
                    case "CHANGES_REQUESTED" -> review(opinion, Decision.CHANGES_REQUESTED);
                    case "DISMISSED" -> Stream.<Review>of();
                    default -> review(opinion, Decision.UNKNOWN);
                })
                .toList();
    }

    private static Stream<Review> review(Opinion opinion, Decision decision) {
        return Stream.of(new Review(opinion.reviewer, decision, opinion.at));
    }
}
