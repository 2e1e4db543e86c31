package io.github.releasepipeline.examples.house.violations;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.function.LongSupplier;

/** Asks for the time instead of being told. */
public final class ReadsTheClock {
    final Clock clock = Clock.systemUTC();
    final LongSupplier nanos = System::nanoTime;

    Instant now() {
        return Instant.now();
    }

    Date date() {
        return new Date();
    }

    long millis() {
        return System.currentTimeMillis();
    }
}
