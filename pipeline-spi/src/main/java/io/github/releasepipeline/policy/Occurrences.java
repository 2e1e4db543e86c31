package io.github.releasepipeline.policy;

import io.github.releasepipeline.policy.DeploymentWindow.Occurrence;
import io.github.releasepipeline.policy.Recurrence.Day;
import io.github.releasepipeline.policy.Recurrence.Frequency;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * When a window occurs. Time is cut into periods of the recurrence's interval, and each holds some dates; what is looked for
 * is found by its period, without counting up to it.
 */
final class Occurrences {
    /** Months after which the calendar repeats itself: what does not come in so many periods never comes. */
    private static final int CYCLE = 4_800;

    private static final int LAST_YEAR = 9_999;
    private static final Instant BEGIN = Instant.parse("1969-12-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
    /** How far a date on the wall may be from where an instant lies, as zones have left out whole days. */
    private static final int MARGIN = 2;

    private final DeploymentWindow window;
    private final Recurrence rule;
    private final LocalDate first;
    private final LocalDate last;

    private Occurrences(DeploymentWindow window, Recurrence rule, LocalDate last) {
        this.window = window;
        this.rule = rule;
        this.first = window.start().toLocalDate();
        this.last = last;
    }

    static Occurrences of(DeploymentWindow window) {
        Recurrence once = new Recurrence(Frequency.DAILY, 1, List.of(), Optional.of(1), Optional.empty());
        Recurrence rule = window.recurrence().orElse(once);
        LocalDate end = rule.until()
                .map(until -> bounded(until).atZone(window.zone()).toLocalDate().plusDays(MARGIN))
                .orElse(LocalDate.of(LAST_YEAR, 12, 31));
        Occurrences all = new Occurrences(window, rule, end);
        // What never comes is found out once, not with each question.
        LocalDate last = rule.count().map(all::counted).orElseGet(() -> all.comes() ? end : all.first.minusDays(1));
        return new Occurrences(window, rule, last);
    }

    Optional<Occurrence> begunBy(Instant instant) {
        Instant at = bounded(instant);
        LocalDate date = at.atZone(window.zone()).toLocalDate().plusDays(MARGIN);
        long newest = period(date.isAfter(last) ? last : date);
        return LongStream.iterate(newest, period -> period >= 0 && newest - period <= CYCLE, period -> period - 1)
                .boxed()
                .flatMap(period ->
                        occurrences(period)
                                .filter(one -> !one.from().isAfter(at))
                                .reduce((earlier, later) -> later)
                                .stream())
                .findFirst();
    }

    Optional<Occurrence> beginningAfter(Instant instant) {
        Instant after = bounded(instant);
        LocalDate date = after.atZone(window.zone()).toLocalDate().minusDays(MARGIN);
        long oldest = Math.max(0, period(date));
        return LongStream.iterate(
                        oldest,
                        period -> period - oldest <= CYCLE && !begin(period).isAfter(last),
                        period -> period + 1)
                .boxed()
                .flatMap(this::occurrences)
                .filter(one -> one.from().isAfter(after))
                .findFirst();
    }

    DeploymentWindow window() {
        return window;
    }

    /** A clock may say anything. */
    private static Instant bounded(Instant instant) {
        if (instant.isBefore(BEGIN)) {
            return BEGIN;
        }
        return instant.isAfter(END) ? END : instant;
    }

    private boolean comes() {
        return !counted(1).isBefore(first);
    }

    /** The date of the so many-th occurrence, or the last of all if there are fewer; before the first if there is none. */
    private LocalDate counted(int count) {
        long begun = 0;
        long idle = 0;
        LocalDate found = first.minusDays(1);
        for (long period = 0; idle <= CYCLE && begun < count && !begin(period).isAfter(last); period++) {
            List<LocalDate> dates = dates(period).limit(count - begun).toList();
            idle = dates.isEmpty() ? idle + 1 : 0;
            begun += dates.size();
            found = dates.isEmpty() ? found : dates.get(dates.size() - 1);
        }
        return found;
    }

    /** The occurrences of a period in order. */
    private Stream<Occurrence> occurrences(long period) {
        return dates(period)
                .map(this::on)
                .filter(one ->
                        rule.until().filter(until -> one.from().isAfter(until)).isEmpty());
    }

    private Occurrence on(LocalDate date) {
        ZonedDateTime from =
                ZonedDateTime.of(LocalDateTime.of(date, window.start().toLocalTime()), window.zone());
        LocalDateTime end = from.toLocalDateTime().plus(window.length());
        return new Occurrence(
                from.toInstant(), ZonedDateTime.of(end, window.zone()).toInstant());
    }

    private Stream<LocalDate> dates(long period) {
        return unbounded(period).filter(date -> !date.isBefore(first) && !date.isAfter(last));
    }

    private Stream<LocalDate> unbounded(long period) {
        LocalDate begin = begin(period);
        return switch (rule.frequency()) {
            case DAILY -> Stream.of(begin).filter(date -> rule.days().isEmpty() || named(date.getDayOfWeek()));
            case WEEKLY -> IntStream.range(0, 7).mapToObj(begin::plusDays).filter(this::inWeek);
            case MONTHLY -> inMonth(YearMonth.from(begin));
            case YEARLY -> date(YearMonth.of(begin.getYear(), first.getMonth())).stream();
        };
    }

    private boolean inWeek(LocalDate date) {
        return rule.days().isEmpty() ? date.getDayOfWeek() == first.getDayOfWeek() : named(date.getDayOfWeek());
    }

    private boolean named(DayOfWeek weekday) {
        return rule.days().stream().anyMatch(day -> day.weekday() == weekday);
    }

    private Stream<LocalDate> inMonth(YearMonth month) {
        if (rule.days().isEmpty()) {
            return date(month).stream();
        }
        List<LocalDate> dates = new ArrayList<>();
        for (Day day : rule.days()) {
            int[] places = day.place() == 0 ? new int[] {1, 2, 3, 4, 5} : new int[] {day.place()};
            for (int place : places) {
                dates.add(month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(place, day.weekday())));
            }
        }
        return dates.stream()
                .filter(date -> YearMonth.from(date).equals(month))
                .distinct()
                .sorted();
    }

    /** The first occurrence's day in a month, if it has it. */
    private Optional<LocalDate> date(YearMonth month) {
        return month.isValidDay(first.getDayOfMonth())
                ? Optional.of(month.atDay(first.getDayOfMonth()))
                : Optional.empty();
    }

    /** The first day of a period. */
    private LocalDate begin(long period) {
        long steps = period * rule.interval();
        return switch (rule.frequency()) {
            case DAILY -> first.plusDays(steps);
            case WEEKLY -> monday().plusWeeks(steps);
            case MONTHLY -> first.withDayOfMonth(1).plusMonths(steps);
            case YEARLY -> first.withDayOfYear(1).plusYears(steps);
        };
    }

    /** In which period a date lies; negative if before the first. */
    private long period(LocalDate date) {
        long steps = switch (rule.frequency()) {
            case DAILY -> ChronoUnit.DAYS.between(first, date);
            case WEEKLY -> Math.floorDiv(ChronoUnit.DAYS.between(monday(), date), 7);
            case MONTHLY -> ChronoUnit.MONTHS.between(YearMonth.from(first), YearMonth.from(date));
            case YEARLY -> (long) date.getYear() - first.getYear();
        };
        return Math.floorDiv(steps, rule.interval());
    }

    private LocalDate monday() {
        return first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
