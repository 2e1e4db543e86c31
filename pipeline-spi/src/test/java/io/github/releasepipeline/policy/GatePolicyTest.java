package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.policy.GatePolicy.Asking;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatePolicyTest {
    private static final Duration NONE = Duration.ZERO;

    @Test
    void a_gate_is_asked_once_and_anew_each_time_unless_said_otherwise() {
        assertThat(GatePolicy.once(" scan ")).isEqualTo(new GatePolicy("scan", NONE, new Asking.Once()));
    }

    @Test
    void a_name_is_one_short_line() {
        assertThatThrownBy(() -> GatePolicy.once("two\nlines")).hasMessageContaining("one line");
        assertThatThrownBy(() -> GatePolicy.once("n".repeat(101))).hasMessageContaining("at most 100");
    }

    @Test
    void times_do_not_run_backwards() {
        assertThatThrownBy(() -> new GatePolicy("scan", seconds(-1), new Asking.Once()))
                .hasMessage("A judgement cannot be fresh for PT-1S");
        assertThatThrownBy(() -> sampled(-1, 1, 0, 1)).hasMessageContaining("must not be negative: settle PT-1S");
        assertThatThrownBy(() -> sampled(0, 1, -1, 1)).hasMessageContaining("green for PT-1S");
    }

    @Test
    void samples_are_not_too_close_and_not_too_many() {
        assertThatThrownBy(() -> new Asking.Sampled(NONE, Duration.ofMillis(999), NONE, seconds(1)))
                .hasMessage("Samples must be at least PT1S apart, not PT0.999S");
        assertThatThrownBy(() -> sampled(0, 1, 0, 1001)).hasMessageContaining("More than 1000 samples within PT16M41S");
        assertThatCode(() -> sampled(0, 1, 0, 1000)).doesNotThrowAnyException();
    }

    @Test
    void there_is_time_to_settle_and_to_be_green() {
        assertThatThrownBy(() -> sampled(5, 1, 5, 9)).hasMessageContaining("leaves no time to settle for PT5S");
        assertThatCode(() -> sampled(5, 1, 5, 10)).doesNotThrowAnyException();
        assertThatCode(() -> sampled(0, 1, 0, 0)).doesNotThrowAnyException();
    }

    private static Asking.Sampled sampled(long settle, long every, long green, long timeout) {
        return new Asking.Sampled(seconds(settle), seconds(every), seconds(green), seconds(timeout));
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
