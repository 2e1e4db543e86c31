package io.github.releasepipeline.policy;

/** Whether a change set needs a review before it can be versioned. */
public enum ChangeSetReview {
    /** A set whose pull requests are all merged is ready. */
    NOT_NEEDED,
    /** A person other than its creator has to approve it. */
    NEEDED
}
