package io.github.releasepipeline.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a caller waits: one for all requests that serve one call of a port.
 *
 * @param at the end
 * @param clock tells the time
 */
public record Deadline(Instant at, Clock clock) {
    /** So long from now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock.instant().plus(time), clock);
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether there is time for a pause and something after it. */
    boolean allows(Duration pause) {
        return pause.compareTo(left()) < 0;
    }
}
