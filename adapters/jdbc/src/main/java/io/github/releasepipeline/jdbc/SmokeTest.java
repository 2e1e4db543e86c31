package io.github.releasepipeline.jdbc;

import java.util.Optional;

/**
 * A host's own test of items that are about to become active, or that were just activated.
 *
 * <p>Called on the engine's thread, outside any transaction, possibly again for the same items. Changes nothing.
 */
@FunctionalInterface
public interface SmokeTest {
    /**
     * Looks for a problem.
     *
     * @return one line for people, or empty if all is well; an exception counts as a problem
     */
    Optional<String> problem(EnvironmentItems items);
}
