package io.github.releasepipeline.core.version;

import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.Optional;

/**
 * Where a number stands on its line.
 *
 * @param below the version with the greatest number below it
 * @param above the version with the smallest number above it; absent for a number at the line's head
 */
public record Place(Optional<VersionId> below, Optional<VersionId> above) {
    static Place of(VersionNumber number, PipelineReader reader) {
        return new Place(reader.versionBelow(number), reader.versionAbove(number));
    }

    /** The version that is now the one to follow: at the line's head the newest, also if that has the number itself. */
    Optional<VersionId> before(VersionNumber number, PipelineReader reader) {
        return above.isEmpty() ? reader.newestVersion(number.line()) : reader.versionBelow(number);
    }
}
