package io.github.releasepipeline.target;

/** What a target knows of an earlier call. */
public sealed interface Probe {
    /** The call never arrived, or nothing of it remains; it may be repeated. */
    record NotDone() implements Probe {}

    /**
     * The call ended.
     *
     * @param outcome as it was answered then
     */
    record Ended(StepOutcome outcome) implements Probe {}

    /**
     * The target cannot tell.
     *
     * @param why one line
     */
    record Unknown(String why) implements Probe {}
}
