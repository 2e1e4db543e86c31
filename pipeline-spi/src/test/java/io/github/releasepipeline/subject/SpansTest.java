package io.github.releasepipeline.subject;

import static org.assertj.core.api.Assertions.assertThat;

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
}
