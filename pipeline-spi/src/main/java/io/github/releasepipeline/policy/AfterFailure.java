package io.github.releasepipeline.policy;

/** What becomes of an environment after a deployment that failed. */
public enum AfterFailure {
    /** It stays as it is, for a person to look at: what was staged stays staged, what is active stays active. */
    STAY,
    /**
     * It is brought back: what was staged is dropped, and a version whose verification fails after its activation is rolled
     * back to the last one that was verified.
     */
    ROLL_BACK
}
