package io.github.releasepipeline.policy;

import java.util.Optional;

/**
 * One demand for approvals.
 *
 * @param group only members of this group count; absent for anyone
 * @param count how many, at least 1
 */
public record ApprovalRule(Optional<String> group, int count) {
    /** Checks the count. */
    public ApprovalRule {
        if (count < 1) {
            throw new IllegalArgumentException("An approval rule demands at least one approval, not " + count);
        }
    }

    /** So many approvals of anyone. */
    public static ApprovalRule anyone(int count) {
        return new ApprovalRule(Optional.empty(), count);
    }

    /** So many approvals of a group's members. */
    public static ApprovalRule group(String group, int count) {
        return new ApprovalRule(Optional.of(group), count);
    }

    @Override
    public String toString() {
        return count
                + (count == 1 ? " approval" : " approvals")
                + group.map(name -> " of " + name).orElse("");
    }
}
