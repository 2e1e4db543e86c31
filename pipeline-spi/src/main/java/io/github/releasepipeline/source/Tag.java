package io.github.releasepipeline.source;

import java.time.Instant;
import java.util.Optional;

/**
 * A tag that points at a commit.
 *
 * @param name without {@code refs/tags/}
 * @param commit the commit, peeled
 * @param message the message of an annotated tag; empty for a lightweight one
 * @param tagger who made an annotated tag, as Git names them; absent for a lightweight one
 * @param at when an annotated tag was made; for a lightweight one, the commit's time
 */
public record Tag(String name, CommitId commit, String message, Optional<String> tagger, Instant at) {}
