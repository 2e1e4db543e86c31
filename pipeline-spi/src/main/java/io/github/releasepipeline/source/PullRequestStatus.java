package io.github.releasepipeline.source;

/** The status column of the pull-request table. */
public enum PullRequestStatus {
    /** Not ready for review. */
    DRAFT,
    /** Open, nobody was asked for a review. */
    OPEN,
    /** Waiting for reviewers. */
    REVIEW_REQUESTED,
    /** A reviewer wants changes. */
    CHANGES_REQUESTED,
    /** Approvals given ≥ needed. */
    APPROVED,
    /** On the base branch. */
    MERGED,
    /** Ended without a merge. */
    CLOSED;

    /** Whether the pull request is still proposed. */
    public boolean isOpen() {
        return this != MERGED && this != CLOSED;
    }
}
