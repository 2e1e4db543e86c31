package io.github.releasepipeline.work;

import io.github.releasepipeline.release.ReleaseId;

/**
 * The order to drive a release under a fencing token. Once the release has a newer token, the order means nothing any more:
 * who carries it out late does no harm.
 *
 * @param release which
 * @param token the token under which it was started, or taken over
 */
public record Run(ReleaseId release, long token) {}
