package io.github.releasepipeline.examples.house.violations;

import java.time.Clock;
import java.time.Instant;

/** Holds rules that are not pure. */
public final class DecidesByTheClock {
    /** Decides by the time that it asks for. */
    public static final class Rules {
        static boolean late(Clock clock, Instant end) {
            return clock.instant().isAfter(end) || System.getenv("LATE") != null;
        }
    }
}
