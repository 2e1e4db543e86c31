package io.github.releasepipeline.subject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lengths of time: in words, and as they are configured. */
public final class Spans {
    /** How long a time that is configured may be, a century: much longer ones could not be added to a date. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private Spans() {}

    /**
     * A time that is configured.
     *
     * @return the time
     * @throws IllegalArgumentException naming {@code what} if it is longer than {@link #LONGEST}
     */
    public static Duration bounded(String what, Duration time) {
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is at most " + text(LONGEST) + ", not " + time);
        }
        return time;
    }

    /** The two largest units that are not zero: {@code 5 minutes}, {@code 1 hour 30 minutes}, {@code 0 seconds}. */
    public static String text(Duration span) {
        List<String> parts = new ArrayList<>();
        add(parts, span.toDays(), "day");
        add(parts, span.toHoursPart(), "hour");
        add(parts, span.toMinutesPart(), "minute");
        add(parts, span.toSecondsPart(), "second");
        return parts.isEmpty() ? "0 seconds" : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
    }

    /** The time between two instants; nothing if the clock went back, or one node's is behind that of another one. */
    public static Duration between(Instant since, Instant until) {
        Duration time = Duration.between(since, until);
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
