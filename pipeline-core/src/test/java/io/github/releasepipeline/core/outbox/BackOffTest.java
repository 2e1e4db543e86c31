package io.github.releasepipeline.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.error.AdapterException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AdapterException BUSY = AdapterException.passing("busy", null);

    @Test
    void pauses_of_a_letter_double_up_to_an_hour() {
        assertThat(IntStream.of(0, 1, 2, 10, 11, 83).mapToObj(tries -> pause(tries)))
                .containsExactly(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(2048),
                        Duration.ofHours(1),
                        Duration.ofHours(1));
    }

    @Test
    void a_receiver_may_be_down_for_three_days_before_a_letter_is_given_up() {
        Duration all = IntStream.range(0, BackOff.TRIES - 1)
                .mapToObj(BackOffTest::pause)
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isBetween(Duration.ofDays(3), Duration.ofHours(74));
    }

    @Test
    void a_receiver_says_when_it_wants_to_be_asked_again_but_not_for_a_time_without_end() {
        assertThat(BackOff.letter(NOW, 5, at(NOW.plusSeconds(7)))).isEqualTo(NOW.plusSeconds(7));
        assertThat(BackOff.letter(NOW, 5, at(NOW.plusSeconds(3_601)))).isEqualTo(NOW.plusSeconds(3_600));
        assertThat(BackOff.letter(NOW, 5, at(Instant.MAX))).isEqualTo(NOW.plusSeconds(3_600));
        assertThat(BackOff.letter(NOW, 5, at(Instant.MIN))).isEqualTo(NOW);
    }

    @Test
    void a_notifier_goes_on_after_one_failure_and_rests_after_several_in_a_row() {
        assertThat(BackOff.notifier(NOW, 1, BUSY)).isEmpty();
        assertThat(BackOff.notifier(NOW, 2, BUSY)).isEmpty();
        assertThat(BackOff.notifier(NOW, 3, BUSY)).contains(NOW.plusSeconds(2));
        assertThat(BackOff.notifier(NOW, 4, BUSY)).contains(NOW.plusSeconds(4));
        assertThat(BackOff.notifier(NOW, 1_000, BUSY)).contains(NOW.plusSeconds(60));
    }

    @Test
    void a_notifier_rests_at_once_if_its_receiver_asks_for_it() {
        assertThat(BackOff.notifier(NOW, 1, at(NOW.plusSeconds(30)))).contains(NOW.plusSeconds(30));
        assertThat(BackOff.notifier(NOW, 9, at(NOW.plusSeconds(90)))).contains(NOW.plusSeconds(90));
        assertThat(BackOff.notifier(NOW, 9, at(Instant.MAX))).contains(NOW.plusSeconds(3_600));
    }

    private static Duration pause(int tries) {
        return Duration.between(NOW, BackOff.letter(NOW, tries, BUSY));
    }

    private static AdapterException at(Instant instant) {
        return AdapterException.passingUntil("busy", instant);
    }
}
