package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;

/**
 * Leave to start a release while its environment's windows are closed.
 *
 * @param by who gave it
 * @param reason why
 * @param at when
 */
public record WindowOverride(Actor by, String reason, Instant at) {}
