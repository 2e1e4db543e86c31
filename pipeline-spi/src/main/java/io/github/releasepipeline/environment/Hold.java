package io.github.releasepipeline.environment;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;

/**
 * A stop for automatic deployments.
 *
 * @param by who placed it
 * @param reason why
 * @param since when
 */
public record Hold(Actor by, String reason, Instant since) {}
