package io.github.releasepipeline.actor;

import java.time.Instant;
import java.util.Optional;

/**
 * Who did something, when, and why.
 *
 * @param actor who
 * @param at when, to the microsecond
 * @param reason why, in the actor's words; mandatory for some commands
 */
public record Stamp(Actor actor, Instant at, Optional<String> reason) {}
