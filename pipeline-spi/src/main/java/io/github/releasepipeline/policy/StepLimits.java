package io.github.releasepipeline.policy;

import io.github.releasepipeline.subject.Spans;
import java.time.Duration;

/**
 * How long a step's call may take, and how often it is tried again when the infrastructure did not work. What the version is
 * to blame for is never tried again.
 *
 * @param timeout how long the engine waits for an answer, more than nothing and at most {@link Spans#LONGEST}; with
 *     quality gates, for each answer of a gate
 * @param retries how many more tries there are after the first, at most {@value #MOST_RETRIES}; so many more times the target
 *     is also asked what came of a call before a person has to say
 * @param firstWait how long the first of them waits, more than nothing
 * @param factor by what each next wait is longer than the one before, at least 1
 * @param longestWait how long a wait may become, at most {@link Spans#LONGEST}
 */
public record StepLimits(Duration timeout, int retries, Duration firstWait, int factor, Duration longestWait) {
    /** More tries than this are a loop. */
    public static final int MOST_RETRIES = 100;

    private static final StepLimits STANDARD =
            new StepLimits(Duration.ofHours(1), 0, Duration.ofSeconds(2), 2, Duration.ofMinutes(1));

    /** Checks the numbers. */
    public StepLimits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A step needs more time than " + timeout);
        }
        Spans.bounded("The timeout of a step", timeout);
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("A step has 0 to " + MOST_RETRIES + " retries, not " + retries);
        }
        if (firstWait.isNegative() || firstWait.isZero() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("Waits grow from a first one that is longer than nothing: not from "
                    + firstWait + " to " + longestWait);
        }
        Spans.bounded("The longest wait", longestWait);
        if (factor < 1) {
            throw new IllegalArgumentException("A wait does not shrink: its factor is at least 1, not " + factor);
        }
    }

    /** An hour, and no retries; if retries are given, they wait 2 s, 4 s, … up to a minute. */
    public static StepLimits standard() {
        return STANDARD;
    }

    /** The same with another time limit. */
    public StepLimits timeout(Duration value) {
        return new StepLimits(value, retries, firstWait, factor, longestWait);
    }

    /** The same with so many retries. */
    public StepLimits retries(int value) {
        return new StepLimits(timeout, value, firstWait, factor, longestWait);
    }

    /** The same with other waits. */
    public StepLimits waits(Duration first, int times, Duration longest) {
        return new StepLimits(timeout, retries, first, times, longest);
    }

    /**
     * How long to wait before the next try.
     *
     * @param number which wait, from 1
     */
    public Duration waitBefore(int number) {
        Duration wait = firstWait;
        for (int i = 1; i < number && wait.compareTo(longestWait) < 0; i++) {
            wait = wait.multipliedBy(factor);
        }
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
