package io.github.releasepipeline.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When something comes again, by a part of RFC 5545 (iCalendar): {@code FREQ} with {@code INTERVAL}, {@code BYDAY},
 * {@code COUNT} and {@code UNTIL}. A week begins on Monday.
 *
 * <ul>
 *   <li>daily: every interval-th day, of those the ones that {@code days} names;
 *   <li>weekly: in every interval-th week on these days, or on the first occurrence's day of the week;
 *   <li>monthly: in every interval-th month on these days, or on the first occurrence's day of the month;
 *   <li>yearly: in every interval-th year on the first occurrence's date.
 * </ul>
 *
 * <p>A day that a month or year does not have (the 31st, 29 February, a fifth Friday) is passed over.
 *
 * @param frequency in what it counts
 * @param interval every how many days, weeks, months or years, from 1 to {@value #MAX}
 * @param days which days of the week; numbered ones only monthly, none yearly
 * @param count how many occurrences there are in all, from 1 to {@value #MAX}; absent for no such end
 * @param until the last instant at which one may begin; absent for no such end; not together with {@code count}
 */
public record Recurrence(
        Frequency frequency, int interval, List<Day> days, Optional<Integer> count, Optional<Instant> until) {
    /** The greatest interval and count. */
    public static final int MAX = 1_000;

    /** In what is counted. */
    public enum Frequency {
        /** In days. */
        DAILY,
        /** In weeks that begin on Monday. */
        WEEKLY,
        /** In months. */
        MONTHLY,
        /** In years. */
        YEARLY
    }

    /**
     * A day of the week.
     *
     * @param place 0 for each; within a month 1 to 5 for the first to fifth, -1 to -5 for the last to fifth last
     * @param weekday which
     */
    public record Day(int place, DayOfWeek weekday) {
        /** Checks the place. */
        public Day {
            if (place < -5 || place > 5) {
                throw new IllegalArgumentException(
                        "A month has a first to fifth and a last to fifth last day of the week, not number " + place);
            }
        }

        @Override
        public String toString() {
            return (place == 0 ? "" : String.valueOf(place)) + weekday.name().substring(0, 2);
        }
    }

    /** Checks that the parts fit each other, and sorts the days. */
    public Recurrence {
        days = days.stream()
                .distinct()
                .sorted(Comparator.comparing(Day::weekday).thenComparing(Day::place))
                .toList();
        within("INTERVAL", interval);
        count.ifPresent(number -> within("COUNT", number));
        if (count.isPresent() && until.isPresent()) {
            throw new IllegalArgumentException("A recurrence ends by COUNT or by UNTIL, not by both");
        }
        if (frequency != Frequency.MONTHLY && days.stream().anyMatch(day -> day.place() != 0)) {
            throw new IllegalArgumentException("Numbered days such as 1MO or -1FR need FREQ=MONTHLY, not " + frequency);
        }
        if (frequency == Frequency.YEARLY && !days.isEmpty()) {
            throw new IllegalArgumentException("FREQ=YEARLY takes no BYDAY: it comes again on the date of the start");
        }
    }

    /**
     * Reads the text of a rule, such as {@code FREQ=WEEKLY;BYDAY=MO,TU;INTERVAL=2;UNTIL=20271231T235959Z}.
     *
     * @throws IllegalArgumentException naming the part that is not understood, and those that are
     */
    public static Recurrence parse(String rule) {
        return RecurrenceText.parse(rule);
    }

    private static void within(String part, int number) {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException(part + " is from 1 to " + MAX + ", not " + number);
        }
    }

    /** The rule as RFC 5545 writes it; {@link #parse} reads it again, to the second. */
    @Override
    public String toString() {
        return RecurrenceText.write(this);
    }
}
