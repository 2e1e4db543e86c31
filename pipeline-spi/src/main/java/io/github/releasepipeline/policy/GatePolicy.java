package io.github.releasepipeline.policy;

import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.subject.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an environment uses one of its quality gates.
 *
 * @param name the gate's name, one line of at most {@value #NAME_LENGTH} characters
 * @param freshFor how long a judgement that passed counts when the release is tried again; zero if not at all,
 *     at most {@link Spans#LONGEST}
 * @param asking how the gate is asked
 */
public record GatePolicy(String name, Duration freshFor, Asking asking) {
    /** How long a name may be. */
    public static final int NAME_LENGTH = 100;

    /** How a gate is asked. */
    public sealed interface Asking {
        /** Once. */
        record Once() implements Asking {}

        /**
         * Again and again, until it has passed for long enough without a break. A sample that comes two intervals late
         * begins the time anew: nobody knows what was in between. No time is longer than {@link Spans#LONGEST}.
         *
         * @param settle how long after its turn has come it is asked first
         * @param every how long after each answer it is asked again, at least {@link #SHORTEST_INTERVAL}
         * @param greenFor how long it has to pass without a break; zero if one sample is enough
         * @param timeout how long after its turn has come it is asked last; then it has failed if any sample has, and is
         *     inconclusive otherwise. At least {@code settle} and {@code greenFor} together, at most
         *     {@value #MOST_SAMPLES} intervals
         */
        record Sampled(Duration settle, Duration every, Duration greenFor, Duration timeout) implements Asking {
            /** The shortest interval. */
            public static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
            /** How many samples there may be. */
            public static final int MOST_SAMPLES = 1000;

            private static final Sampled USUAL =
                    new Sampled(Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(30));

            /** No time to settle, every minute, one green sample is enough, at most half an hour. */
            public static Sampled usual() {
                return USUAL;
            }

            /** Checks the times. */
            public Sampled {
                List.of(settle, every, greenFor, timeout).forEach(time -> Spans.bounded("A time of samples", time));
                if (settle.isNegative() || greenFor.isNegative()) {
                    throw new IllegalArgumentException(
                            "Times of samples must not be negative: settle " + settle + ", green for " + greenFor);
                }
                if (every.compareTo(SHORTEST_INTERVAL) < 0) {
                    throw new IllegalArgumentException(
                            "Samples must be at least " + SHORTEST_INTERVAL + " apart, not " + every);
                }
                if (timeout.compareTo(settle.plus(greenFor)) < 0) {
                    throw new IllegalArgumentException("The timeout " + timeout + " leaves no time to settle for "
                            + settle + " and be green for " + greenFor);
                }
                if (timeout.compareTo(every.multipliedBy(MOST_SAMPLES)) > 0) {
                    throw new IllegalArgumentException("More than " + MOST_SAMPLES + " samples within " + timeout
                            + ": take them further apart than " + every);
                }
            }
        }

        /**
         * A person judges.
         *
         * @param group of which they have to be a member; anyone if absent
         */
        record ByPerson(Optional<String> group) implements Asking {}
    }

    /** Checks name and time. */
    public GatePolicy {
        name = Text.line("The name of a gate", name, NAME_LENGTH);
        if (freshFor.isNegative()) {
            throw new IllegalArgumentException("A judgement cannot be fresh for " + freshFor);
        }
        Spans.bounded("The time for which a judgement is fresh", freshFor);
    }

    /** A gate for which a person judges; their verdict counts for a day when the release is tried again. */
    public static GatePolicy byPerson(String name, Optional<String> group) {
        return new GatePolicy(name, Duration.ofDays(1), new Asking.ByPerson(group));
    }

    /** A gate that is asked once, and anew whenever the release is tried again. */
    public static GatePolicy once(String name) {
        return new GatePolicy(name, Duration.ZERO, new Asking.Once());
    }
}
