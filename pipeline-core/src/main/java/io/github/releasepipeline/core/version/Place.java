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

    /** Whether the version that this place was found behind is not the one to follow any more. */
    boolean isStale(VersionNumber number, PipelineReader reader) {
        Optional<VersionId> before =
                above.isEmpty() ? reader.newestVersion(number.line()) : reader.versionBelow(number);
        return !before.equals(below);
    }
}
