package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.DeploymentWindow.Effect;
import io.github.releasepipeline.policy.DeploymentWindow.Occurrence;
import io.github.releasepipeline.policy.Recurrence.Day;
import io.github.releasepipeline.policy.Recurrence.Frequency;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What is found by calculation is what somebody finds who goes through the calendar day by day. */
class WindowProperties {
    private static final LocalDate BEGIN = LocalDate.parse("2026-01-01");
    private static final int DAYS = 800;
    private static final Instant HORIZON = Instant.parse("2027-12-01T00:00:00Z");

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void each_occurrence_is_the_one_that_a_calendar_shows(
            @ForAll("windows") DeploymentWindow window, @ForAll("instants") Instant at) {
        List<Occurrence> all = naively(window);
        assertThat(window.beginningAfter(at).filter(one -> one.from().isBefore(HORIZON)))
                .isEqualTo(all.stream()
                        .filter(one -> one.from().isAfter(at))
                        .filter(one -> one.from().isBefore(HORIZON))
                        .findFirst());
        assertThat(window.begunBy(at))
                .isEqualTo(all.stream().filter(one -> !one.from().isAfter(at)).reduce((earlier, later) -> later));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void open_and_closed_and_the_next_change_are_what_the_calendars_say(
            @ForAll("several") List<DeploymentWindow> windows, @ForAll("instants") Instant at) {
        List<Occurrence> allowing = naively(windows, Effect.ALLOW);
        List<Occurrence> denying = naively(windows, Effect.DENY);
        boolean unlimited = windows.stream().noneMatch(window -> window.effect() == Effect.ALLOW);
        Predicate<Instant> isOpen = instant -> denying.stream().noneMatch(one -> one.contains(instant))
                && (unlimited || allowing.stream().anyMatch(one -> one.contains(instant)));
        boolean open = isOpen.test(at);
        WindowState state = WindowState.of(windows, at);
        assertThat(state instanceof WindowState.Open).isEqualTo(open);
        Optional<Instant> change =
                state instanceof WindowState.Open now ? now.until() : ((WindowState.Closed) state).opens();
        TreeSet<Instant> boundaries = Stream.concat(allowing.stream(), denying.stream())
                .flatMap(one -> Stream.of(one.from(), one.to()))
                .collect(Collectors.toCollection(TreeSet::new));
        Optional<Instant> expected = boundaries.stream()
                .filter(boundary -> boundary.isAfter(at) && boundary.isBefore(HORIZON))
                .filter(boundary -> isOpen.test(boundary) != open)
                .findFirst();
        assertThat(change.filter(instant -> instant.isBefore(HORIZON))).isEqualTo(expected);
    }

    private static List<Occurrence> naively(List<DeploymentWindow> windows, Effect effect) {
        return windows.stream()
                .filter(window -> window.effect() == effect)
                .flatMap(window -> naively(window).stream())
                .toList();
    }

    private static List<Occurrence> naively(DeploymentWindow window) {
        List<Occurrence> found = new ArrayList<>();
        LocalDate start = window.start().toLocalDate();
        Optional<Recurrence> rule = window.recurrence();
        int left = rule.map(given -> given.count().orElse(Integer.MAX_VALUE)).orElse(1);
        for (int i = 0; i < DAYS && left > 0; i++) {
            LocalDate date = start.plusDays(i);
            if (rule.isEmpty() || comes(rule.get(), start, date)) {
                left--;
                LocalDateTime from = onTheWall(date.atTime(window.start().toLocalTime()), window.zone());
                Instant to = instant(onTheWall(from.plus(window.length()), window.zone()), window.zone());
                Occurrence one = new Occurrence(instant(from, window.zone()), to);
                Instant until = rule.flatMap(Recurrence::until).orElse(Instant.MAX);
                if (!one.from().isAfter(until)) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    private static boolean comes(Recurrence rule, LocalDate start, LocalDate date) {
        boolean named = rule.days().stream().anyMatch(day -> day.weekday() == date.getDayOfWeek());
        return switch (rule.frequency()) {
            case DAILY ->
                ChronoUnit.DAYS.between(start, date) % rule.interval() == 0
                        && (rule.days().isEmpty() || named);
            case WEEKLY ->
                ChronoUnit.WEEKS.between(monday(start), monday(date)) % rule.interval() == 0
                        && (rule.days().isEmpty() ? date.getDayOfWeek() == start.getDayOfWeek() : named);
            case MONTHLY -> {
                int months = (date.getYear() - start.getYear()) * 12 + date.getMonthValue() - start.getMonthValue();
                yield months % rule.interval() == 0
                        && (rule.days().isEmpty()
                                ? date.getDayOfMonth() == start.getDayOfMonth()
                                : rule.days().stream().anyMatch(day -> isOn(day, date)));
            }
            case YEARLY ->
                (date.getYear() - start.getYear()) % rule.interval() == 0
                        && date.getMonth() == start.getMonth()
                        && date.getDayOfMonth() == start.getDayOfMonth();
        };
    }

    private static boolean isOn(Day day, LocalDate date) {
        int fromStart = (date.getDayOfMonth() - 1) / 7 + 1;
        int fromEnd = -((date.lengthOfMonth() - date.getDayOfMonth()) / 7 + 1);
        return day.weekday() == date.getDayOfWeek()
                && (day.place() == 0 || day.place() == fromStart || day.place() == fromEnd);
    }

    private static LocalDate monday(LocalDate date) {
        LocalDate day = date;
        while (day.getDayOfWeek() != DayOfWeek.MONDAY) {
            day = day.minusDays(1);
        }
        return day;
    }

    /** What the clock shows: a time that it leaves out, later by the length of the gap. */
    private static LocalDateTime onTheWall(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap() ? local.plus(transition.getDuration()) : local;
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
        return local.toInstant(zone.getRules().getValidOffsets(local).get(0));
    }

    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(BEGIN.minusDays(5).toEpochDay() * 96, HORIZON.getEpochSecond() / 900)
                .map(quarter -> Instant.ofEpochSecond(quarter * 900));
        Arbitrary<Instant> nearChanges = Combinators.combine(
                        Arbitraries.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-04-04T14:00:00Z"),
                        Arbitraries.integers().between(-300, 300))
                .as((change, quarters) -> Instant.parse(change).plusSeconds(quarters * 900L));
        return Arbitraries.oneOf(any, nearChanges);
    }

    @Provide
    Arbitrary<List<DeploymentWindow>> several() {
        return windows().list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<DeploymentWindow> windows() {
        Arbitrary<ZoneId> zones = Arbitraries.of("Europe/Berlin", "UTC", "Australia/Lord_Howe", "America/New_York")
                .map(ZoneId::of);
        Arbitrary<LocalDateTime> starts = Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.integers().between(0, 365),
                                Arbitraries.integers().between(0, 95))
                        .as((day, quarter) -> BEGIN.plusDays(day).atStartOfDay().plusMinutes(15L * quarter)),
                Combinators.combine(
                                Arbitraries.of("2026-03-28T00:00", "2026-10-24T00:00", "2026-01-31T00:00"),
                                Arbitraries.integers().between(0, 130))
                        .as((day, quarter) -> LocalDateTime.parse(day).plusMinutes(15L * quarter)));
        Arbitrary<Duration> lengths = Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 200), Arbitraries.of(4, 96, 96 * 3, 96 * 31))
                .map(quarters -> Duration.ofMinutes(15L * quarters));
        return Combinators.combine(
                        Arbitraries.of(Effect.class),
                        zones,
                        starts,
                        lengths,
                        recurrences().optional(0.8))
                .as((effect, zone, start, length, rule) ->
                        new DeploymentWindow(effect, "w", zone, start, length, rule));
    }

    private static Arbitrary<Recurrence> recurrences() {
        Arbitrary<Integer> intervals = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(1)),
                Tuple.of(2, Arbitraries.integers().between(2, 14)));
        Arbitrary<Optional<Integer>> counts =
                Arbitraries.integers().between(1, 60).optional(0.3);
        Arbitrary<Optional<Instant>> untils = Arbitraries.longs()
                .between(BEGIN.toEpochDay() * 96, HORIZON.getEpochSecond() / 900)
                .map(quarter -> Instant.ofEpochSecond(quarter * 900))
                .optional(0.3);
        return Combinators.combine(Arbitraries.of(Frequency.class), intervals, days(), counts, untils)
                .as((frequency, interval, days, count, until) -> new Recurrence(
                        frequency,
                        interval,
                        frequency == Frequency.YEARLY
                                ? List.of()
                                : days.stream()
                                        .map(day -> frequency == Frequency.MONTHLY ? day : new Day(0, day.weekday()))
                                        .toList(),
                        count,
                        count.isPresent() ? Optional.empty() : until));
    }

    private static Arbitrary<List<Day>> days() {
        return Combinators.combine(Arbitraries.integers().between(-5, 5), Arbitraries.of(DayOfWeek.class))
                .as(Day::new)
                .list()
                .ofMaxSize(4);
    }
}
