package io.github.releasepipeline.environment;

import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.version.VersionNumber;

/**
 * A release that waits for an environment.
 *
 * @param release which
 * @param number the version it brings
 * @param kind rollbacks go first
 */
public record QueuedRelease(ReleaseId release, VersionNumber number, ReleaseKind kind) {}
