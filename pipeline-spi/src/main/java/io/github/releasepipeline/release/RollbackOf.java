package io.github.releasepipeline.release;

import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;

/**
 * What a rollback goes away from.
 *
 * @param release the release that is rolled back
 * @param version its version
 * @param number its version's number
 */
public record RollbackOf(ReleaseId release, VersionId version, VersionNumber number) {}
