package io.github.releasepipeline.target;

import io.github.releasepipeline.release.Backup;

/** Where the previous items come from. */
public sealed interface RestoreSource {
    /**
     * A backup that holds exactly the wanted version.
     *
     * @param backup which
     */
    record FromBackup(Backup backup) implements RestoreSource {}

    /**
     * The items of the wanted version.
     *
     * @param artifacts with their bytes
     */
    record FromArtifacts(Artifacts artifacts) implements RestoreSource {}
}
