package io.github.releasepipeline.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A span of time.
 *
 * @param from its first instant
 * @param to the first instant after it
 */
public record Window(Instant from, Instant to) {
    /** Checks the order. */
    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A window ends after it begins: " + from + " to " + to);
        }
    }

    /** The calendar month that holds an instant, in a zone. */
    public static Window monthOf(Instant instant, ZoneId zone) {
        YearMonth month = YearMonth.from(instant.atZone(zone));
        return new Window(
                month.atDay(1).atStartOfDay(zone).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
    }

    /** So many times 24 hours, up to an instant and without it. */
    public static Window lastDays(int days, Instant now) {
        return new Window(now.minus(Duration.ofDays(days)), now);
    }

    /** So many calendar days of a zone, the last of which holds an instant. */
    public static Window calendarDays(int days, Instant now, ZoneId zone) {
        LocalDate last = LocalDate.ofInstant(now, zone);
        return new Window(
                last.minusDays(days - 1L).atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** Whether an instant lies in it. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}
