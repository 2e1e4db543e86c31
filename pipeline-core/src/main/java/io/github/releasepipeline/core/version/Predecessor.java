package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Optional;

/**
 * What a version follows.
 *
 * @param version the version before it; absent for the first of a line
 * @param passed lower numbers above that one, which the commit does not contain
 */
record Predecessor(Optional<Version> version, List<Version> passed) {
    /** Copies the list. */
    Predecessor {
        passed = List.copyOf(passed);
    }
}
