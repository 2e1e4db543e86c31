package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final Instant NOW = Instant.parse("2024-03-19T14:45:00Z");

    @Test
    void columns_are_aligned_by_what_a_terminal_shows() {
        assertThat(new TextTable("Status", "By")
                        .row("⏳ Review", "bob")
                        .row("✓ Ok", "日本")
                        .row("e\u0301", "x")
                        .lines())
                .containsExactly(
                        "Status     By", "---------  ----", "⏳ Review  bob", "✓ Ok       日本", "e\u0301          x");
    }

    @Test
    void long_text_is_cut_and_nothing_steers_the_terminal() {
        assertThat(Plain.cut("a".repeat(100), 10)).isEqualTo("aaaaaaaaa…");
        assertThat(Plain.text("a\u001b[31m\nb\u202Ec\u009b")).isEqualTo("a\uFFFD[31m\uFFFDb\uFFFDc\uFFFD");
    }

    @Test
    void ages_read_as_in_the_specification() {
        assertThat(Times.ago(NOW.minusSeconds(5), NOW)).isEqualTo("just now");
        assertThat(Times.ago(NOW.minus(Duration.ofMinutes(30)), NOW)).isEqualTo("30 min ago");
        assertThat(Times.ago(NOW.minus(Duration.ofHours(1)), NOW)).isEqualTo("1 hour ago");
        assertThat(Times.ago(NOW.minus(Duration.ofDays(2)), NOW)).isEqualTo("2 days ago");
        assertThat(Times.ago(NOW.minus(Duration.ofDays(7)), NOW)).isEqualTo("1 week ago");
        assertThat(Times.ago(NOW.minus(Duration.ofDays(800)), NOW)).isEqualTo("2 years ago");
    }

    @Test
    void durations_read_as_in_the_specification() {
        assertThat(Times.took(Duration.ofSeconds(154))).isEqualTo("2m 34s");
        assertThat(Times.took(Duration.ofSeconds(45))).isEqualTo("45s");
        assertThat(Times.took(Duration.ofMillis(1440))).isEqualTo("1.4s");
        assertThat(Times.span(Duration.ofMinutes(6048))).isEqualTo("4.2 days");
    }
}
