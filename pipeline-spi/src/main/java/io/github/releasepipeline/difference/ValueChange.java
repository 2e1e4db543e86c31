package io.github.releasepipeline.difference;

import java.util.Optional;

/**
 * One value that is new, gone or another one.
 *
 * @param pointer where it stands, as a JSON Pointer into the newer state; for what is gone, into the older one
 * @param label what a person calls it, in one line: {@code validation node}, {@code timeout of validation node}
 * @param before the older value as JSON without white space; absent when it is new
 * @param after the newer value as JSON without white space; absent when it is gone
 */
public record ValueChange(String pointer, String label, Optional<String> before, Optional<String> after) {
    /** At least one side is there. */
    public ValueChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("A change of '" + pointer + "' has a value before or after it");
        }
    }

    /** Whether there was no such value. */
    public boolean isAddition() {
        return before.isEmpty();
    }

    /** Whether the value is gone. */
    public boolean isRemoval() {
        return after.isEmpty();
    }
}
