package io.github.releasepipeline.difference;

/** How the lines of two states of an item differ. */
public sealed interface TextDifference {
    /**
     * Both states are text.
     *
     * @param unified the difference in the unified format, with a head that names both paths; empty if there is none.
     *     Bytes that are no UTF-8 are shown as U+FFFD
     * @param added how many lines are new
     * @param removed how many lines are gone
     */
    record Compared(String unified, int added, int removed) implements TextDifference {}

    /**
     * There is no answer.
     *
     * @param reason which state cannot be compared and why, in a sentence for people
     */
    record NotCompared(String reason) implements TextDifference {}
}
