package io.github.releasepipeline.environment;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A version that is or was active in an environment.
 *
 * @param version which
 * @param number its number
 * @param manifest digest of its manifest
 * @param release the release that activated it
 * @param since when
 * @param verified since when it counts as verified: with its activation, or with the end of its watch; absent before
 */
public record ActiveVersion(
        VersionId version,
        VersionNumber number,
        Digest manifest,
        ReleaseId release,
        Instant since,
        Optional<Instant> verified) {}
