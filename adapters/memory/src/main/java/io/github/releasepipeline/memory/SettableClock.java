package io.github.releasepipeline.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to go on. Thread-safe. */
public final class SettableClock extends Clock {
    private final Time time;
    private final ZoneId zone;

    private SettableClock(Time time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /** A clock in UTC that shows this instant. */
    public static SettableClock at(Instant instant) {
        return new SettableClock(new Time(instant), ZoneOffset.UTC);
    }

    /** A clock in UTC that shows this instant, in the form of {@link Instant#parse}. */
    public static SettableClock at(String instant) {
        return at(Instant.parse(instant));
    }

    /**
     * Goes on, or back for a negative duration.
     *
     * @return the time now
     */
    public Instant advance(Duration duration) {
        return time.advance(duration);
    }

    /** Shows another instant, earlier or later. */
    public void set(Instant instant) {
        time.set(instant);
    }

    @Override
    public Instant instant() {
        return time.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: setting one sets both. */
    @Override
    public SettableClock withZone(ZoneId other) {
        return new SettableClock(time, other);
    }

    /** What all clocks of one time share. */
    private static final class Time {
        private Instant now;

        Time(Instant now) {
            this.now = now;
        }

        synchronized Instant get() {
            return now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized Instant advance(Duration duration) {
            now = now.plus(duration);
            return now;
        }
    }
}
