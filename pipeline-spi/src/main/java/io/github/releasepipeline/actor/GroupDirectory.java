package io.github.releasepipeline.actor;

import java.util.Optional;
import java.util.Set;

/**
 * Optional ability of an {@link AccessPolicy}: lists who is in a group, so that a page can say who could approve. What it says
 * decides nothing; votes are judged by {@link AccessPolicy#groups}.
 *
 * <p>Called on the caller's thread, outside transactions. An error thrown here refuses the question.
 */
public interface GroupDirectory extends AccessPolicy {
    /** Ids of the people in a group; absent if it is not known or too large to be listed. */
    Optional<Set<String>> members(String group);
}
