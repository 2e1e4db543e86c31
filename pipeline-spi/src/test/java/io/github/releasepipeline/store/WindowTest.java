package io.github.releasepipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_window_holds_its_first_instant_and_not_its_last() {
        Window window = new Window(Instant.ofEpochSecond(10), Instant.ofEpochSecond(20));
        assertThat(window.contains(Instant.ofEpochSecond(10))).isTrue();
        assertThat(window.contains(Instant.ofEpochSecond(19, 999_999_999))).isTrue();
        assertThat(window.contains(Instant.ofEpochSecond(20))).isFalse();
        assertThat(window.contains(Instant.ofEpochSecond(9, 999_999_999))).isFalse();
    }

    @Test
    void a_window_may_be_empty_but_does_not_run_backwards() {
        Instant now = Instant.ofEpochSecond(10);
        assertThat(new Window(now, now).contains(now)).isFalse();
        assertThatThrownBy(() -> new Window(now, now.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A window ends after it begins: ");
    }

    @Test
    void a_month_belongs_to_a_zone() {
        // given: midnight of the first of July in Berlin is still June in London's winter time
        Instant instant = Instant.parse("2026-06-30T22:00:00Z");
        // then
        assertThat(Window.monthOf(instant, BERLIN))
                .isEqualTo(new Window(Instant.parse("2026-06-30T22:00:00Z"), Instant.parse("2026-07-31T22:00:00Z")));
        assertThat(Window.monthOf(instant, ZoneOffset.UTC))
                .isEqualTo(new Window(Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-07-01T00:00:00Z")));
    }

    @Test
    void a_month_with_a_change_to_summer_time_is_an_hour_short() {
        Window march = Window.monthOf(Instant.parse("2026-03-15T00:00:00Z"), BERLIN);
        assertThat(march)
                .isEqualTo(new Window(Instant.parse("2026-02-28T23:00:00Z"), Instant.parse("2026-03-31T22:00:00Z")));
        assertThat(Duration.between(march.from(), march.to()))
                .isEqualTo(Duration.ofDays(31).minusHours(1));
        Window october = Window.monthOf(Instant.parse("2026-10-15T00:00:00Z"), BERLIN);
        assertThat(Duration.between(october.from(), october.to()))
                .isEqualTo(Duration.ofDays(31).plusHours(1));
    }

    @Test
    void a_month_begins_where_the_day_begins_also_when_midnight_is_skipped() {
        // given: in Santiago, summer time began on 2019-09-08 at 24:00 of the day before; in Asuncion on 1 October 2017
        Window october = Window.monthOf(Instant.parse("2017-10-10T00:00:00Z"), ZoneId.of("America/Asuncion"));
        // then
        assertThat(october.from()).isEqualTo(Instant.parse("2017-10-01T04:00:00Z"));
        assertThat(october.contains(october.from())).isTrue();
    }

    @Test
    void months_follow_each_other_without_gap_or_overlap_over_the_turn_of_the_year() {
        Window december = Window.monthOf(Instant.parse("2026-12-31T23:59:59Z"), ZoneOffset.UTC);
        Window january = Window.monthOf(december.to(), ZoneOffset.UTC);
        assertThat(january.from()).isEqualTo(december.to()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void the_last_days_are_times_of_24_hours_up_to_now() {
        Instant now = Instant.parse("2026-03-30T12:00:00Z");
        assertThat(Window.lastDays(7, now)).isEqualTo(new Window(Instant.parse("2026-03-23T12:00:00Z"), now));
    }

    @Test
    void a_page_has_at_least_one_row_and_at_most_five_hundred() {
        assertThat(PageRequest.first(1).size()).isEqualTo(1);
        assertThat(PageRequest.first(500).after("x")).isEqualTo(new PageRequest(500, Optional.of("x")));
        for (int bad : new int[] {0, -1, 501}) {
            assertThatThrownBy(() -> PageRequest.first(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A page has 1 to 500 rows, not " + bad);
        }
    }
}
