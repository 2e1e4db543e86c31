package io.github.releasepipeline.jdbc;

/** Durations of about the same length, counted together: each class reaches a tenth higher than the one before. */
final class DurationClass {
    private static final double STEP = Math.log(1.1);

    private DurationClass() {}

    /** @param micros a duration */
    static int of(long micros) {
        return micros < 1 ? 0 : 1 + (int) (Math.log((double) micros) / STEP);
    }

    /** The duration in microseconds that stands for a class: none in it is more than 5 % off. */
    static long middle(int number) {
        return number == 0 ? 0 : Math.round(Math.exp((number - 0.5) * STEP));
    }
}
