package io.github.releasepipeline.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times as tables show them. */
final class Times {
    private Times() {}

    /** {@code just now}, {@code 30 min ago}, {@code 3 hours ago}, {@code 1 day ago}, {@code 2 weeks ago}. */
    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min ago";
        }
        long days = age.toDays();
        if (days < 1) {
            return count(age.toHours(), "hour");
        }
        if (days < 7) {
            return count(days, "day");
        }
        if (days < 60) {
            return count(days / 7, "week");
        }
        return days < 730 ? count(days / 30, "month") : count(days / 365, "year");
    }

    private static String count(long many, String unit) {
        return many + " " + unit + (many == 1 ? "" : "s") + " ago";
    }

    /** {@code 40ms}, {@code 1.4s}, {@code 45s}, {@code 2m 34s}. */
    static String took(Duration took) {
        if (took.toMillis() < 1000) {
            return took.toMillis() + "ms";
        }
        if (took.toSeconds() < 10) {
            return tenths(took.toMillis() / 1000.0) + "s";
        }
        return (took.toMinutes() > 0 ? took.toMinutes() + "m " : "") + took.toSecondsPart() + "s";
    }

    /** {@code 4.2 days}, {@code 3.5 hours}, {@code 12 min} or as {@link #took}. */
    static String span(Duration span) {
        if (span.toHours() >= 24) {
            return tenths(span.toMinutes() / 1440.0) + " days";
        }
        if (span.toMinutes() >= 60) {
            return tenths(span.toMinutes() / 60.0) + " hours";
        }
        return span.toMinutes() >= 10 ? span.toMinutes() + " min" : took(span);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
