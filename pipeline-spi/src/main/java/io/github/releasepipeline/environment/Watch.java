package io.github.releasepipeline.environment;

import io.github.releasepipeline.release.ReleaseId;
import java.time.Instant;

/**
 * The active version is being watched: it is checked again and again until it counts as verified, or a check fails.
 *
 * @param release the release that activated it
 * @param since when it was activated
 * @param until the check at this time or the first after it decides
 */
public record Watch(ReleaseId release, Instant since, Instant until) {}
