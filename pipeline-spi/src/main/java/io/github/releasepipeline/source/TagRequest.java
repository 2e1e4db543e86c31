package io.github.releasepipeline.source;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;

/**
 * An order to create an annotated tag.
 *
 * @param name without {@code refs/tags/}
 * @param commit what it shall point at
 * @param message the whole message
 * @param by whose name stands as the tagger
 * @param at when
 */
public record TagRequest(String name, CommitId commit, String message, Actor by, Instant at) {}
