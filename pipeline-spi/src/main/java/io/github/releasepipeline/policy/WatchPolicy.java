package io.github.releasepipeline.policy;

import io.github.releasepipeline.subject.Spans;
import java.time.Duration;

/**
 * For how long a version is watched after its activation, until it counts as verified.
 *
 * @param time how long, more than nothing and at most {@link Spans#LONGEST}
 * @param interval from one check to the next, more than nothing and not longer than {@code time}
 */
public record WatchPolicy(Duration time, Duration interval) {
    /** Checks the times. */
    public WatchPolicy {
        if (interval.isNegative() || interval.isZero() || interval.compareTo(time) > 0) {
            throw new IllegalArgumentException(
                    "A watch has at least one interval that is longer than nothing: not " + interval + " in " + time);
        }
        Spans.bounded("The time of a watch", time);
    }
}
