package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.policy.DeploymentWindow.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static DeploymentWindow window(String start, Duration length) {
        return DeploymentWindow.allow("w", BERLIN, LocalDateTime.parse(start), length);
    }

    private static Occurrence occurrence(String from, String to) {
        return new Occurrence(Instant.parse(from), Instant.parse(to));
    }

    private static List<String> beginnings(DeploymentWindow window, int howMany) {
        List<String> found = new ArrayList<>();
        Optional<Occurrence> next = window.beginningAfter(Instant.MIN);
        while (next.isPresent() && found.size() < howMany) {
            found.add(LocalDateTime.ofInstant(next.get().from(), window.zone())
                    .toLocalDate()
                    .toString());
            next = window.beginningAfter(next.get().from());
        }
        return found;
    }

    @Test
    void a_window_without_recurrence_comes_once() {
        DeploymentWindow once = window("2026-01-10T09:00", Duration.ofHours(8));
        Occurrence only = occurrence("2026-01-10T08:00:00Z", "2026-01-10T16:00:00Z");
        assertThat(once.beginningAfter(only.from().minusNanos(1))).contains(only);
        assertThat(once.beginningAfter(only.from())).isEmpty();
        assertThat(once.begunBy(only.from().minusNanos(1))).isEmpty();
        assertThat(once.begunBy(only.from())).contains(only);
        assertThat(once.begunBy(Instant.parse("2400-01-01T00:00:00Z"))).contains(only);
    }

    @Test
    void an_occurrence_holds_its_first_instant_and_not_its_end() {
        Occurrence one = occurrence("2026-01-10T08:00:00Z", "2026-01-10T16:00:00Z");
        assertThat(one.contains(one.from().minusNanos(1))).isFalse();
        assertThat(one.contains(one.from())).isTrue();
        assertThat(one.contains(one.to().minusNanos(1))).isTrue();
        assertThat(one.contains(one.to())).isFalse();
    }

    @Test
    void a_time_that_the_clock_leaves_out_is_moved_on_and_the_end_with_it() {
        DeploymentWindow night = window("2026-03-28T02:30", Duration.ofHours(1)).repeating("FREQ=DAILY");
        assertThat(night.beginningAfter(Instant.parse("2026-03-28T12:00:00Z")))
                .contains(occurrence("2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"));
        DeploymentWindow across = window("2026-03-29T02:30", Duration.ofMinutes(45));
        assertThat(across.beginningAfter(Instant.MIN))
                .contains(occurrence("2026-03-29T01:30:00Z", "2026-03-29T02:15:00Z"));
    }

    @Test
    void of_a_time_that_the_clock_shows_twice_the_first_counts() {
        DeploymentWindow night = window("2026-10-25T02:30", Duration.ofMinutes(15));
        assertThat(night.beginningAfter(Instant.MIN))
                .contains(occurrence("2026-10-25T00:30:00Z", "2026-10-25T00:45:00Z"));
        DeploymentWindow long_ = window("2026-10-25T01:30", Duration.ofHours(2));
        assertThat(long_.beginningAfter(Instant.MIN))
                .contains(occurrence("2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z"));
    }

    @Test
    void a_night_shift_ends_at_the_same_time_on_the_wall_whenever_clocks_are_changed() {
        DeploymentWindow shift = window("2026-01-01T22:00", Duration.ofHours(8)).repeating("FREQ=DAILY");
        for (String night : List.of("2026-03-28", "2026-10-24", "2026-07-01")) {
            Occurrence one = shift.begunBy(
                            LocalDateTime.parse(night + "T23:00").atZone(BERLIN).toInstant())
                    .orElseThrow();
            assertThat(LocalDateTime.ofInstant(one.from(), BERLIN)).hasToString(night + "T22:00");
            assertThat(LocalDateTime.ofInstant(one.to(), BERLIN).toLocalTime()).hasToString("06:00");
        }
    }

    @Test
    void a_day_is_a_whole_day_also_when_it_has_23_or_25_hours() {
        DeploymentWindow day = window("2026-01-01T00:00", Duration.ofDays(1)).repeating("FREQ=DAILY");
        for (String date : List.of("2026-03-29", "2026-10-25")) {
            Occurrence one = day.begunBy(
                            LocalDateTime.parse(date + "T12:00").atZone(BERLIN).toInstant())
                    .orElseThrow();
            assertThat(day.beginningAfter(one.from()).orElseThrow().from()).isEqualTo(one.to());
        }
    }

    @Test
    void a_zone_that_left_out_a_whole_day_is_no_obstacle() {
        DeploymentWindow apia = DeploymentWindow.allow(
                        "w", ZoneId.of("Pacific/Apia"), LocalDateTime.parse("2011-12-29T10:00"), Duration.ofHours(1))
                .repeating("FREQ=DAILY;COUNT=3");
        Occurrence first = apia.beginningAfter(Instant.MIN).orElseThrow();
        Occurrence second = apia.beginningAfter(first.from()).orElseThrow();
        assertThat(Duration.between(first.from(), second.from())).isEqualTo(Duration.ofDays(1));
        assertThat(apia.beginningAfter(second.from())).isEmpty();
        assertThat(apia.begunBy(second.from())).contains(second);
    }

    @Test
    void days_that_a_month_does_not_have_are_passed_over() {
        DeploymentWindow day31 = window("2026-01-31T00:00", Duration.ofHours(1));
        assertThat(beginnings(day31.repeating("FREQ=MONTHLY"), 3))
                .containsExactly("2026-01-31", "2026-03-31", "2026-05-31");
        DeploymentWindow leap = window("2024-02-29T00:00", Duration.ofHours(1));
        assertThat(beginnings(leap.repeating("FREQ=YEARLY"), 2)).containsExactly("2024-02-29", "2028-02-29");
        DeploymentWindow fifth = window("2026-01-01T00:00", Duration.ofHours(1));
        assertThat(beginnings(fifth.repeating("FREQ=MONTHLY;BYDAY=5FR,-1MO"), 4))
                .containsExactly("2026-01-26", "2026-01-30", "2026-02-23", "2026-03-30");
    }

    @Test
    void weeks_are_counted_from_monday() {
        DeploymentWindow thursday = window("2026-01-01T00:00", Duration.ofHours(1));
        assertThat(beginnings(thursday.repeating("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"), 3))
                .containsExactly("2026-01-04", "2026-01-12", "2026-01-18");
        assertThat(beginnings(thursday.repeating("FREQ=WEEKLY"), 2)).containsExactly("2026-01-01", "2026-01-08");
    }

    @Test
    void it_ends_by_count_or_with_the_last_that_begins_by_until() {
        DeploymentWindow daily = window("2026-01-01T09:00", Duration.ofHours(1));
        assertThat(beginnings(daily.repeating("FREQ=DAILY;INTERVAL=3;COUNT=3"), 9))
                .containsExactly("2026-01-01", "2026-01-04", "2026-01-07");
        assertThat(beginnings(daily.repeating("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=3"), 9))
                .containsExactly("2026-01-03", "2026-01-04", "2026-01-10");
        assertThat(beginnings(daily.repeating("FREQ=DAILY;UNTIL=20260103T080000Z"), 9))
                .containsExactly("2026-01-01", "2026-01-02", "2026-01-03");
        assertThat(beginnings(daily.repeating("FREQ=DAILY;UNTIL=20260103T075959Z"), 9))
                .containsExactly("2026-01-01", "2026-01-02");
    }

    @Test
    void what_never_comes_and_what_comes_for_ever_is_found_out_quickly() {
        DeploymentWindow monday = window("2026-01-05T09:00", Duration.ofHours(1));
        DeploymentWindow never = monday.repeating("FREQ=DAILY;INTERVAL=7;BYDAY=TU");
        DeploymentWindow rare = window("2026-02-01T09:00", Duration.ofHours(1))
                .repeating("FREQ=MONTHLY;INTERVAL=12;BYDAY=5MO;COUNT=1000");
        DeploymentWindow late = window("9999-12-30T09:00", Duration.ofDays(366)).repeating("FREQ=DAILY;INTERVAL=1000");
        DeploymentWindow manyNevers = monday.repeating("FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=1000");
        assertThat(never.beginningAfter(Instant.EPOCH)).isEmpty();
        assertThat(never.begunBy(Instant.parse("2100-01-01T00:00:00Z"))).isEmpty();
        assertThat(manyNevers.beginningAfter(Instant.EPOCH)).isEmpty();
        assertThat(beginnings(rare, 2)).containsExactly("2044-02-29", "2072-02-29");
        assertThat(rare.beginningAfter(Instant.MAX)).isEmpty();
        assertThat(rare.begunBy(Instant.MAX)).isPresent();
        assertThat(beginnings(late, 2)).containsExactly("9999-12-30");
        assertThat(late.begunBy(Instant.MAX)).isPresent();
        assertThat(late.begunBy(Instant.MIN)).isEmpty();
    }

    @Test
    void a_freeze_between_two_instants_is_told_in_utc() {
        Instant from = Instant.parse("2026-12-20T17:00:00.25Z");
        Instant to = Instant.parse("2027-01-04T08:00:00Z");
        DeploymentWindow freeze = DeploymentWindow.deny("year-end freeze", from, to);
        assertThat(freeze.beginningAfter(from.minusNanos(1))).contains(new Occurrence(from, to));
        assertThat(freeze.zone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void a_window_that_makes_no_sense_is_refused_by_name() {
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> window("2026-01-01T00:00", Duration.ZERO))
                .hasMessage("Window 'w' lasts longer than nothing and at most 366 days, not PT0S");
        assertThatThrownBy(() -> window("2026-01-01T00:00", hour.negated())).hasMessageContaining("not PT-1H");
        assertThatThrownBy(() -> window("2026-01-01T00:00", Duration.ofDays(366).plusNanos(1)))
                .hasMessageContaining("at most 366 days");
        assertThat(window("2026-01-01T00:00", Duration.ofDays(366)).length()).isEqualTo(Duration.ofDays(366));
        assertThatThrownBy(() -> window("1969-12-31T23:59", hour))
                .hasMessageContaining("between the years 1970 and 9999");
        assertThatThrownBy(() -> window("+10000-01-01T00:00", hour))
                .hasMessageContaining("between the years 1970 and 9999");
        assertThat(window("1970-01-01T00:00", hour).beginningAfter(Instant.MIN)).isPresent();
        assertThatThrownBy(() -> DeploymentWindow.allow(" ", BERLIN, LocalDateTime.parse("2026-01-01T00:00"), hour))
                .hasMessage("The name of a window must not be blank");
    }
}
