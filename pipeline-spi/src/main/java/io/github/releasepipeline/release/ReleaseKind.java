package io.github.releasepipeline.release;

/** What a release does. */
public enum ReleaseKind {
    /** Brings a version into an environment, in seven steps. */
    DEPLOY,
    /** Brings an environment back to an earlier version, in five steps. */
    ROLLBACK
}
