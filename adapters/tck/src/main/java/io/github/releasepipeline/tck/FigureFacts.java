package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.figure.Stock;
import io.github.releasepipeline.figure.Tally;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Facts about what figures are made of. */
abstract class FigureFacts extends ReleaseLogFacts {
    private static final Instant T0 = Instant.parse("2026-03-20T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Window EVER = new Window(Instant.MIN, Instant.MAX);
    private static final List<EnvironmentName> PLACES = List.of(Sample.STAGING, Sample.PRODUCTION);
    private static final Optional<EnvironmentName> ANYWHERE = Optional.empty();

    private static Fact fact(FactKind kind, String subject, EnvironmentName place, Instant at, Duration took) {
        return new Fact(kind, "release:" + subject, "", Optional.of(place), at, took);
    }

    private void count(Fact... facts) {
        inTransaction(session -> session.recount(List.of(), List.of(facts)));
    }

    /** Facts of forty days around a change to summer time; some were counted otherwise before. */
    private List<Fact> populate(int subjects) {
        Random random = new Random(42);
        List<Fact> all = new ArrayList<>();
        for (int i = 0; i < subjects; i++) {
            String subject = "r" + i;
            EnvironmentName place = PLACES.get(random.nextInt(2));
            Instant at = T0.plusSeconds(random.nextInt(40 * 86_400)).plusNanos(random.nextInt(1_000_000) * 1_000L);
            List<Fact> facts = List.of(
                    fact(FactKind.SUCCEEDED, subject, place, at, Duration.ZERO),
                    fact(FactKind.APPROVED, subject, place, at, micros(random, 40)),
                    new Fact(FactKind.LEAD_TIME, "release:" + subject, "1", Optional.of(place), at, micros(random, 50)),
                    new Fact(
                            FactKind.LEAD_TIME, "release:" + subject, "2", Optional.of(place), at, micros(random, 50)));
            if (random.nextBoolean()) {
                List<Fact> before = List.of(
                        fact(FactKind.FAILED, subject, place, at.minusSeconds(90_000), Duration.ZERO),
                        fact(FactKind.APPROVED, subject, place, at.minusSeconds(90_000), micros(random, 30)));
                inTransaction(session -> session.recount(List.of(), before));
                inTransaction(session -> session.recount(before, facts));
            } else {
                inTransaction(session -> session.recount(List.of(), facts));
            }
            all.addAll(facts);
        }
        Fact version =
                new Fact(FactKind.PUBLISHED, "version:v1", "", Optional.empty(), T0.plusSeconds(5), Duration.ZERO);
        count(version);
        all.add(version);
        return all;
    }

    private static Duration micros(Random random, int bits) {
        return Duration.ofNanos((random.nextLong() >>> (64 - bits)) * 1_000);
    }

    private static Map<FactKind, Tally> naive(List<Fact> all, Window window, Optional<EnvironmentName> place) {
        Map<FactKind, Tally> tallies = new EnumMap<>(FactKind.class);
        all.stream()
                .filter(fact -> window.contains(fact.at()))
                .filter(fact -> place.isEmpty()
                        || fact.environment().isEmpty()
                        || fact.environment().equals(place))
                .collect(Collectors.groupingBy(Fact::kind))
                .forEach((kind, facts) -> tallies.put(
                        kind,
                        new Tally(
                                facts.size(),
                                facts.stream().map(Fact::took).reduce(Duration.ZERO, Duration::plus),
                                facts.stream()
                                        .collect(Collectors.groupingBy(
                                                Fact::took, TreeMap::new, Collectors.counting())))));
        return tallies;
    }

    @Test
    void facts_are_counted_in_any_window_of_any_zone() {
        List<Fact> all = populate(200);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZoneId katmandu = ZoneId.of("Asia/Kathmandu");
        Instant some = T0.plus(Duration.ofHours(300));
        List<Window> windows = List.of(
                EVER,
                new Window(T0, T0.plus(Duration.ofDays(3))),
                new Window(T0.plusSeconds(1), T0.plus(Duration.ofDays(3))),
                new Window(T0, T0.plus(Duration.ofDays(3)).plusSeconds(1)),
                new Window(some, some.plusSeconds(7_200)),
                new Window(some, some),
                Window.monthOf(some, berlin),
                Window.monthOf(some, katmandu),
                Window.calendarDays(
                        1,
                        LocalDate.parse("2026-03-29")
                                .atTime(12, 0)
                                .atZone(berlin)
                                .toInstant(),
                        berlin),
                Window.calendarDays(7, some, katmandu),
                Window.lastDays(30, some));
        for (Window window : windows) {
            for (Optional<EnvironmentName> place : Stream.concat(
                            Stream.of(ANYWHERE), PLACES.stream().map(Optional::of))
                    .toList()) {
                assertThat(store.tables().figures().tally(window, place))
                        .as("%s in %s", window, place)
                        .isEqualTo(naive(all, window, place));
            }
        }
    }

    @Test
    void of_many_facts_the_number_and_the_sum_are_exact_and_percentiles_five_per_cent_off_at_most() {
        Random random = new Random(7);
        List<Fact> all = new ArrayList<>();
        for (int i = 0; i < Tally.EXACT + 200; i++) {
            all.add(fact(FactKind.APPROVED, "r" + i, Sample.STAGING, T0.plusSeconds(i * 60L), micros(random, 38)));
        }
        inTransaction(session -> all.forEach(fact -> session.recount(List.of(), List.of(fact))));
        Tally expected = naive(all, EVER, ANYWHERE).getOrDefault(FactKind.APPROVED, Tally.nothing());

        Tally found = store.tables().figures().tally(EVER, ANYWHERE).getOrDefault(FactKind.APPROVED, Tally.nothing());

        assertThat(found.count()).isEqualTo(expected.count());
        assertThat(found.sum()).isEqualTo(expected.sum());
        for (int percent : List.of(1, 10, 50, 90, 99)) {
            double right = expected.percentile(percent).orElseThrow().toNanos();
            assertThat((double) found.percentile(percent).orElseThrow().toNanos())
                    .as("%d", percent)
                    .isBetween(right * 0.95, right * 1.05);
        }
    }

    @Test
    void what_lies_there_is_counted() {
        save(Sample.pullRequest(1).build());
        save(Sample.pullRequest(2).build());
        save(Sample.pullRequest(3).items().build());
        save(Sample.changeSet("cs-1").build());
        save(Sample.changeSet("cs-2")
                .state(new ChangeSetState.Ready(Sample.ALICE, Sample.NOW))
                .build());

        assertThat(store.tables().figures().stock()).isEqualTo(new Stock(2, 1));
    }

    @Test
    void what_is_taken_back_does_not_count() {
        Fact failed = fact(FactKind.FAILED, "r", Sample.STAGING, T0, Duration.ZERO);
        count(failed);
        inTransaction(session -> session.recount(List.of(failed), List.of()));

        assertThat(store.tables().figures().tally(EVER, ANYWHERE)).isEmpty();
        assertThat(store.tables().figures().of("release:r")).isEmpty();
    }

    @Test
    void a_clock_that_went_back_makes_a_negative_duration_and_no_error() {
        Fact odd = fact(FactKind.APPROVED, "r", Sample.STAGING, T0, Duration.ofSeconds(-5));
        count(odd);

        Tally tally = store.tables().figures().tally(EVER, ANYWHERE).getOrDefault(FactKind.APPROVED, Tally.nothing());
        assertThat(tally.percentile(50)).contains(Duration.ofSeconds(-5));
        assertThat(store.tables().figures().of("release:r")).containsExactly(odd);
    }

    @Test
    void facts_of_a_kind_are_listed_newest_first_page_by_page() {
        List<Fact> all = populate(60);
        Window window = new Window(T0.plus(Duration.ofDays(5)), T0.plus(Duration.ofDays(30)));
        for (Optional<EnvironmentName> place : List.of(ANYWHERE, Optional.of(Sample.PRODUCTION))) {
            List<Fact> listed =
                    pages(7, page -> store.tables().figures().list(FactKind.LEAD_TIME, window, place, page));

            assertThat(listed)
                    .isSortedAccordingTo(Comparator.comparing(Fact::at).reversed())
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(fact -> fact.kind() == FactKind.LEAD_TIME && window.contains(fact.at()))
                            .filter(fact ->
                                    place.isEmpty() || fact.environment().equals(place))
                            .toList());
        }
        assertThat(store.tables()
                        .figures()
                        .list(FactKind.ROLLBACK, EVER, ANYWHERE, PageRequest.first(5))
                        .rows())
                .isEmpty();
    }

    @Test
    void a_hotfix_follows_the_production_deployment_before_it_in_its_environment() {
        production("a", Sample.PRODUCTION, 1);
        production("b", Sample.PRODUCTION, 2);
        production("elsewhere", Sample.STAGING, 3);
        hotfix("h", Sample.PRODUCTION, 4);
        production("c", Sample.PRODUCTION, 10);
        hotfix("late", Sample.PRODUCTION, 18);
        production("d", Sample.PRODUCTION, 20);
        count(fact(FactKind.RECOVERED, "d", Sample.PRODUCTION, day(20), Duration.ofHours(1)));
        hotfix("after-rollback", Sample.PRODUCTION, 21);

        List<Fact> found = store.tables().figures().hotfixed(EVER, WEEK, ANYWHERE);

        assertThat(found).containsExactly(fact(FactKind.RECOVERED, "b", Sample.PRODUCTION, day(2), Duration.ofDays(2)));
        assertThat(store.tables().figures().hotfixed(new Window(day(2), day(3)), WEEK, ANYWHERE))
                .isEqualTo(found);
        assertThat(store.tables().figures().hotfixed(new Window(day(3), day(9)), WEEK, ANYWHERE))
                .isEmpty();
        assertThat(store.tables().figures().hotfixed(EVER, WEEK, Optional.of(Sample.STAGING)))
                .isEmpty();
        assertThat(store.tables().figures().hotfixed(EVER, Duration.ofDays(1), ANYWHERE))
                .isEmpty();
    }

    private static Instant day(int day) {
        return T0.plus(Duration.ofDays(day));
    }

    private void production(String subject, EnvironmentName place, int day) {
        count(fact(FactKind.PRODUCTION, subject, place, day(day), Duration.ZERO));
    }

    private void hotfix(String subject, EnvironmentName place, int day) {
        count(
                fact(FactKind.PRODUCTION, subject, place, day(day), Duration.ZERO),
                fact(FactKind.HOTFIX, subject, place, day(day), Duration.ZERO));
    }

    @Test
    void many_that_count_at_once_lose_nothing() throws Exception {
        int threads = 6;
        int each = 20;
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            work.add(() -> {
                for (int number = 0; number < each; number++) {
                    String subject = "r" + thread + "-" + number;
                    boolean counted = retrying(session -> {
                        session.recount(
                                List.of(),
                                List.of(
                                        fact(FactKind.SUCCEEDED, subject, Sample.STAGING, T0, Duration.ZERO),
                                        fact(FactKind.APPROVED, subject, Sample.STAGING, T0, Duration.ofSeconds(2))));
                        return true;
                    });
                    assertThat(counted).isTrue();
                }
                return true;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Boolean> done : pool.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }

        Map<FactKind, Tally> tallies = store.tables().figures().tally(EVER, ANYWHERE);
        assertThat(tallies.getOrDefault(FactKind.SUCCEEDED, Tally.nothing()).count())
                .isEqualTo((long) threads * each);
        assertThat(tallies.getOrDefault(FactKind.APPROVED, Tally.nothing()).sum())
                .isEqualTo(Duration.ofSeconds(2L * threads * each));
    }
}
