package io.github.releasepipeline.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reviews of one head commit.
 *
 * @param decision the provider's own decision where it has one, otherwise derived from the votes
 * @param rawDecision the provider's word for it, kept for decisions that are not known here
 * @param given approvals that count; absent if unknown
 * @param needed approvals that are required; absent if unknown
 * @param reviews the latest opinion of each reviewer
 */
public record ReviewSummary(
        Decision decision,
        String rawDecision,
        Optional<Integer> given,
        Optional<Integer> needed,
        List<Review> reviews) {
    /** The sorts of decisions. */
    public enum Decision {
        /** Nobody was asked. */
        NONE,
        /** Waiting for reviewers. */
        REVIEW_REQUESTED,
        /** A reviewer wants changes. */
        CHANGES_REQUESTED,
        /** Approvals given ≥ needed. */
        APPROVED,
        /** A word that is not known here; see {@code rawDecision}. */
        UNKNOWN
    }

    /**
     * One reviewer's latest opinion.
     *
     * @param reviewer the provider's name of the reviewer
     * @param decision what they said
     * @param at when
     */
    public record Review(String reviewer, Decision decision, Instant at) {}

    /** Copies the list. */
    public ReviewSummary {
        reviews = List.copyOf(reviews);
    }

    /** No reviews and none asked for. */
    public static ReviewSummary none() {
        return new ReviewSummary(Decision.NONE, "", Optional.empty(), Optional.empty(), List.of());
    }

    /** As tables show it: {@code 1/2 approvals}; a number that is not known is {@code unknown}, never zero. */
    @Override
    public String toString() {
        return given.isEmpty() && needed.isEmpty()
                ? "approvals unknown"
                : given.map(String::valueOf).orElse("unknown") + "/"
                        + needed.map(String::valueOf).orElse("unknown") + " approvals";
    }
}
