package io.github.releasepipeline.policy;

/** What an environment is for. */
public enum Tier {
    /** Trying things out. */
    DEVELOPMENT,
    /** Proving a version before production. */
    STAGING,
    /** Used for real. Counts for the delivery metrics. */
    PRODUCTION
}
