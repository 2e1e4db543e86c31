package io.github.releasepipeline.difference;

import java.util.List;

/** How the values of two states of an item differ. */
public sealed interface StructuralDifference {
    /**
     * Both states could be read.
     *
     * @param changes in the order of the newer state; none if only the form differs
     * @param omitted how many more there are
     */
    record Compared(List<ValueChange> changes, int omitted) implements StructuralDifference {
        /** Copies the list. */
        public Compared {
            changes = List.copyOf(changes);
        }
    }

    /**
     * There is no answer.
     *
     * @param reason which state cannot be compared and why, in a sentence for people
     */
    record NotCompared(String reason) implements StructuralDifference {}
}
