package io.github.releasepipeline.source;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemCounts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proposed change as the provider reports it, with everything that the pull-request table shows.
 *
 * @param id repository and number
 * @param title as typed; may contain anything
 * @param author the provider's name of the author; {@code ghost} where the account is gone
 * @param progress open, merged or closed
 * @param labels names in the provider's order
 * @param review decision and votes for {@code head}
 * @param checks checks of {@code head}
 * @param items changed items; both paths of a rename count
 * @param head the newest commit of the proposal
 * @param baseBranch the branch it shall be merged into
 * @param createdAt when it was opened
 * @param updatedAt when the provider last saw a change of it
 * @param firstCommitAt when its oldest commit was written; absent where the provider does not tell
 * @param link where to review it
 * @param revertedBy the pull request or commit that reverted it
 */
public record PullRequest(
        PullRequestId id,
        String title,
        String author,
        Progress progress,
        List<String> labels,
        ReviewSummary review,
        CheckSummary checks,
        List<ChangedItem> items,
        CommitId head,
        String baseBranch,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> firstCommitAt,
        Optional<URI> link,
        Optional<String> revertedBy) {

    /** How far a pull request is. */
    public sealed interface Progress {
        /** Proposed and not ready for review. */
        record Draft() implements Progress {}

        /** Proposed. */
        record Open() implements Progress {}

        /**
         * On the base branch.
         *
         * @param range the commits that the merge brought
         * @param at when
         * @param by who merged, if known
         */
        record Merged(MergedRange range, Instant at, Optional<String> by) implements Progress {}

        /**
         * Ended without a merge.
         *
         * @param at when, or when it was first seen closed
         */
        record Closed(Instant at) implements Progress {}
    }

    /** Copies the lists. */
    public PullRequest {
        labels = List.copyOf(labels);
        items = List.copyOf(items);
    }

    /** Its number. */
    public long number() {
        return id.number();
    }

    /** The one status that the table shows. */
    public PullRequestStatus status() {
        if (progress instanceof Progress.Merged) {
            return PullRequestStatus.MERGED;
        }
        if (progress instanceof Progress.Closed) {
            return PullRequestStatus.CLOSED;
        }
        if (progress instanceof Progress.Draft) {
            return PullRequestStatus.DRAFT;
        }
        return switch (review.decision()) {
            case APPROVED -> PullRequestStatus.APPROVED;
            case CHANGES_REQUESTED -> PullRequestStatus.CHANGES_REQUESTED;
            case REVIEW_REQUESTED -> PullRequestStatus.REVIEW_REQUESTED;
            case NONE, UNKNOWN -> PullRequestStatus.OPEN;
        };
    }

    /** What the merge brought; absent until merged. */
    public Optional<MergedRange> merged() {
        return progress instanceof Progress.Merged merged ? Optional.of(merged.range()) : Optional.empty();
    }

    /** Changed items by kind; a rename counts once. */
    public ItemCounts itemCounts() {
        return ItemCounts.of(items.stream().map(change -> change.id().kind()).toList());
    }
}
