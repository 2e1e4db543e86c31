package io.github.releasepipeline.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpansTest {
    @Test
    void the_two_largest_units_are_told() {
        assertThat(Spans.text(Duration.ZERO)).isEqualTo("0 seconds");
        assertThat(Spans.text(Duration.ofMillis(1999))).isEqualTo("1 second");
        assertThat(Spans.text(Duration.ofSeconds(90))).isEqualTo("1 minute 30 seconds");
        assertThat(Spans.text(Duration.ofMinutes(5))).isEqualTo("5 minutes");
        assertThat(Spans.text(Duration.ofSeconds(3601))).isEqualTo("1 hour 1 second");
        assertThat(Spans.text(Duration.ofDays(2).plusHours(3).plusMinutes(59))).isEqualTo("2 days 3 hours");
    }

    @Test
    void a_time_that_is_configured_is_at_most_a_century() {
        assertThat(Spans.bounded("A pause", Spans.LONGEST)).isEqualTo(Duration.ofDays(36_500));
        assertThatThrownBy(() -> Spans.bounded("A pause", Spans.LONGEST.plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A pause is at most 36500 days, not PT876000H0.000000001S");
    }
}
