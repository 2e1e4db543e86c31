package io.github.releasepipeline.policy;

import io.github.releasepipeline.subject.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A span of time, once or again and again, in which an environment may be deployed to, or may not.
 *
 * <p>It is told by the clock on the wall of its zone: each occurrence begins when that clock shows the time of
 * {@code start}, and ends when it shows that time and {@code length} more. So a window from 22:00 for 8 hours ends at 06:00
 * also in the nights in which a clock is changed, and a whole day is a whole day. A time that the clock leaves out is moved
 * on by as much as it leaves out, and the end with it (02:30 becomes 03:30); of a time that it shows twice the first counts.
 *
 * @param effect whether it allows or denies
 * @param name what people call it, told while it keeps the environment closed: one line, at most 200 characters
 * @param zone whose clock
 * @param start when it begins first, between the years 1970 and 9999; where the recurrence does not come then, its first
 *     occurrence after it
 * @param length how long each occurrence lasts on that clock, more than nothing and at most 366 days
 * @param recurrence when it comes again; absent if once
 */
public record DeploymentWindow(
        Effect effect,
        String name,
        ZoneId zone,
        LocalDateTime start,
        Duration length,
        Optional<Recurrence> recurrence) {
    private static final Duration LONGEST = Duration.ofDays(366);

    /** What a window is for. */
    public enum Effect {
        /** Deployments are possible within it. If a policy has any of this sort, only within one. */
        ALLOW,
        /** Deployments are impossible within it, whatever allows them. */
        DENY
    }

    /**
     * One occurrence.
     *
     * @param from its first instant
     * @param to the first instant after it
     */
    public record Occurrence(Instant from, Instant to) {
        /** Whether an instant lies in it. */
        public boolean contains(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    /** Checks name, start and length. */
    public DeploymentWindow {
        name = Text.line("The name of a window", name, 200);
        if (start.getYear() < 1970 || start.getYear() > 9999) {
            throw new IllegalArgumentException(
                    "Window '" + name + "' begins between the years 1970 and 9999, not " + start);
        }
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Window '" + name + "' lasts longer than nothing and at most 366 days, not " + length);
        }
    }

    /** A window, once, in which deployments are possible. */
    public static DeploymentWindow allow(String name, ZoneId zone, LocalDateTime start, Duration length) {
        return new DeploymentWindow(Effect.ALLOW, name, zone, start, length, Optional.empty());
    }

    /** A window, once, in which deployments are impossible: a freeze. */
    public static DeploymentWindow deny(String name, ZoneId zone, LocalDateTime start, Duration length) {
        return new DeploymentWindow(Effect.DENY, name, zone, start, length, Optional.empty());
    }

    /** A freeze between two instants. */
    public static DeploymentWindow deny(String name, Instant from, Instant to) {
        LocalDateTime start = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
        return deny(name, ZoneOffset.UTC, start, Duration.between(from, to));
    }

    /**
     * The same again and again.
     *
     * @param rule as {@link Recurrence#parse} reads it, for example {@code FREQ=WEEKLY;BYDAY=MO,TU,WE,TH}
     */
    public DeploymentWindow repeating(String rule) {
        return new DeploymentWindow(effect, name, zone, start, length, Optional.of(Recurrence.parse(rule)));
    }

    /** The newest occurrence that has begun at an instant; no other one that has begun ends later. */
    public Optional<Occurrence> begunBy(Instant instant) {
        return Occurrences.of(this).begunBy(instant);
    }

    /** The first occurrence that begins after an instant. */
    public Optional<Occurrence> beginningAfter(Instant instant) {
        return Occurrences.of(this).beginningAfter(instant);
    }
}
