package io.github.releasepipeline.memory;

import io.github.releasepipeline.automation.Automation;
import java.time.Instant;
import java.util.Comparator;

/** When it is an automation's turn: in the order of the merges. */
record Turn(Instant mergedAt, String id) implements Comparable<Turn> {
    private static final Comparator<Turn> ORDER =
            Comparator.comparing(Turn::mergedAt).thenComparing(Turn::id);

    static Turn of(Automation automation) {
        return new Turn(automation.mergedAt(), automation.id().value());
    }

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }
}
