package io.github.releasepipeline.source;

import java.time.Instant;

/**
 * One line of a pull request's history.
 *
 * @param at when
 * @param actor who, as the provider names them
 * @param type what happened; the provider's own word where it is none of {@code opened}, {@code pushed},
 *     {@code approved}, {@code changes-requested}, {@code commented}, {@code review-requested}, {@code checked},
 *     {@code merged}, {@code closed}
 * @param detail one line more, possibly empty
 */
public record Activity(Instant at, String actor, String type, String detail) {}
