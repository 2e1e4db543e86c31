package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import java.time.Instant;
import java.util.Set;

/**
 * One vote for a release.
 *
 * @param by who
 * @param groups the groups they were in when they voted
 * @param comment what they said, possibly empty
 * @param at when
 * @param plan digest of the plan they approved, which is the one they said they saw, if they said
 */
public record Approval(Actor by, Set<String> groups, String comment, Instant at, Digest plan) {
    /** Copies the set. */
    public Approval {
        groups = Set.copyOf(groups);
    }
}
