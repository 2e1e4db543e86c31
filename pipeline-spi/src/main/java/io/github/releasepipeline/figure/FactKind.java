package io.github.releasepipeline.figure;

/** What a fact says. The instant of a fact about a release is that of its end, unless said otherwise. */
public enum FactKind {
    /** A deployment succeeded, also if it was rolled back since. */
    SUCCEEDED,
    /** A deployment failed. */
    FAILED,
    /** A deployment succeeded in an environment of the tier production. */
    PRODUCTION,
    /** The same, of a version that was made to correct another one. */
    HOTFIX,
    /** A pull request reached production for the first time; from its opening. */
    TIME_TO_DEPLOY,
    /** A pull request reached production for the first time; from its oldest commit. */
    LEAD_TIME,
    /** A deployment that had succeeded was rolled back since. */
    ROLLED_BACK,
    /** A deployment that had succeeded in production was rolled back; from its end to that of the rollback. */
    RECOVERED,
    /** A rollback succeeded; how long it took. */
    ROLLBACK,
    /** A release that then succeeded or failed was approved; from the request to the last approval. */
    APPROVED,
    /** A version was published; the instant of that. */
    PUBLISHED
}
