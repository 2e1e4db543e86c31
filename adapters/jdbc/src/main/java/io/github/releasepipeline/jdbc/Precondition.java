package io.github.releasepipeline.jdbc;

import java.util.Optional;

/**
 * A host's own check of what an environment needs around it before anything is deployed: a gateway that can be reached, a
 * database schema that the items can work with.
 *
 * <p>Called on the engine's thread, outside any transaction, possibly again for the same deployment. Changes nothing.
 */
@FunctionalInterface
public interface Precondition {
    /**
     * Looks for a problem.
     *
     * @return one line for people, or empty if all is well; an exception counts as a problem
     */
    Optional<String> problem();
}
