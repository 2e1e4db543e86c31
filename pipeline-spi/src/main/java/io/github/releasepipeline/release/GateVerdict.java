package io.github.releasepipeline.release;

/** What a quality gate thinks of a version. */
public enum GateVerdict {
    /** Good enough. */
    PASSED,
    /** Not good enough. */
    FAILED,
    /** Could not be judged; counts as an error of the infrastructure, not of the version. */
    INCONCLUSIVE
}
