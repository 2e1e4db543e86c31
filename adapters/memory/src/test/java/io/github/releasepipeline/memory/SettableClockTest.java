package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SettableClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void it_stands_still_until_it_is_told_to_go_on() {
        SettableClock clock = SettableClock.at(NOON);

        assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());
        assertThat(clock.advance(Duration.ofSeconds(90))).isEqualTo(NOON.plusSeconds(90));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(90));
        clock.set(NOON);
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void the_same_clock_in_another_zone_shows_the_same_time() {
        SettableClock clock = SettableClock.at(NOON);
        SettableClock berlin = clock.withZone(ZoneId.of("Europe/Berlin"));
        clock.advance(Duration.ofDays(1));

        assertThat(berlin.instant()).isEqualTo(NOON.plus(Duration.ofDays(1)));
        assertThat(berlin.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }
}
