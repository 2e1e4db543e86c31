package io.github.releasepipeline.release;

import java.time.Instant;
import java.util.Optional;

/**
 * A pull request that reached production for the first time.
 *
 * @param pullRequest its number
 * @param openedAt when it was opened
 * @param firstCommitAt when its oldest commit was written; absent where the provider does not tell
 */
public record Delivery(long pullRequest, Instant openedAt, Optional<Instant> firstCommitAt) {}
