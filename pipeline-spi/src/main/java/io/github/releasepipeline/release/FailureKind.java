package io.github.releasepipeline.release;

/** Why a release failed. */
public enum FailureKind {
    /** The version is bad: a gate or a check said no. */
    FAILED,
    /** The infrastructure is bad: a call to the target did not work. */
    ERRORED,
    /** The outcome of a call could not be learned, and a person gave up on it. */
    UNKNOWN
}
