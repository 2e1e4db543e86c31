package io.github.releasepipeline.jdbc;

import java.time.Instant;

/** Instants as columns keep them: microseconds since 1970, as far as a long reaches. */
final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** The microsecond that holds an instant. */
    static long of(Instant instant) {
        return at(instant.getEpochSecond(), instant.getNano() / 1000);
    }

    /** The first microsecond that is not before an instant: a bound of a window. */
    static long bound(Instant instant) {
        return at(instant.getEpochSecond(), (instant.getNano() + 999) / 1000);
    }

    private static long at(long second, int micros) {
        try {
            return Math.addExact(Math.multiplyExact(second, PER_SECOND), micros);
        } catch (ArithmeticException e) {
            return second < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
