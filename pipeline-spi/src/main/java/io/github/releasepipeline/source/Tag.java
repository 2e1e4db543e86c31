package io.github.releasepipeline.source;

import java.time.Instant;

/**
 * A tag that points at a commit.
 *
 * @param name without {@code refs/tags/}
 * @param commit the commit, peeled
 * @param message the message of an annotated tag; empty for a lightweight one
 * @param at when an annotated tag was made; for a lightweight one, the commit's time
 */
public record Tag(String name, CommitId commit, String message, Instant at) {}
