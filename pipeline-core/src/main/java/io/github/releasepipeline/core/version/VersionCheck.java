package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import java.util.List;

/** Verifies, from outside the store, that a version is still what was published. */
@FunctionalInterface
public interface VersionCheck {
    /** Everything that is wrong with a version's tag, manifest or items; empty if they are as published. Calls the repository. */
    List<VersionProblem> problems(Version version);
}
