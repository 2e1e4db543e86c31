package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Version;
import java.util.Optional;

/** Verifies, from outside the store, that a version is still what was published. */
public interface VersionCheck {
    /** What is wrong with a version's tag or items; empty if they are as published. Calls the repository. */
    Optional<String> problem(Version version);
}
