package io.github.releasepipeline.release;

import java.util.List;

/**
 * What keeps a release from starting, and what does not, as far as is known at one moment.
 *
 * @param conditions in the order in which the rules look at them, notes last
 */
public record Explanation(List<Condition> conditions) {
    /** Copies the list. */
    public Explanation {
        conditions = List.copyOf(conditions);
    }

    /** What is in the way. */
    public List<Condition> unmet() {
        return conditions.stream().filter(Condition::isUnmet).toList();
    }

    /** Whether nothing is in the way. */
    public boolean isClear() {
        return unmet().isEmpty();
    }
}
