package io.github.releasepipeline.release;

/** What a person says of a step whose outcome nobody could tell. */
public enum Resolution {
    /** It happened: go on with the next step. */
    HAPPENED,
    /** It did not happen: run it again. */
    REPEAT,
    /** Give up: the release fails. Was the step "activate", its environment is degraded: nobody knows what is active there. */
    GIVE_UP
}
