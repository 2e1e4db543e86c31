package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.releasepipeline.memory.SettableClock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClockAlarmsTest {
    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final Alarms alarms = new ClockAlarms(clock::instant);
    private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        alarms.close();
    }

    @Test
    void work_of_a_past_time_begins_at_once() throws InterruptedException {
        alarms.at(clock.instant().minusSeconds(5), () -> rung.add("past"));
        assertThat(rung.poll(30, TimeUnit.SECONDS)).isEqualTo("past");
    }

    @Test
    void work_begins_when_the_clock_was_put_forward_and_not_before() throws InterruptedException {
        alarms.at(clock.instant().plusSeconds(3600), () -> rung.add("later"));
        alarms.at(clock.instant().plusSeconds(60), () -> rung.add("sooner"));
        alarms.at(clock.instant().plusMillis(350), () -> rung.add("soon"));
        assertThat(rung.poll(30, TimeUnit.SECONDS)).isEqualTo("soon");
        assertThat(rung).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        assertThat(rung.poll(30, TimeUnit.SECONDS)).isEqualTo("sooner");
        clock.advance(Duration.ofSeconds(3540));
        assertThat(rung.poll(30, TimeUnit.SECONDS)).isEqualTo("later");
    }

    @Test
    void a_clock_that_is_put_back_does_not_hold_work_up() throws InterruptedException {
        long before = System.nanoTime();
        alarms.at(clock.instant().plusMillis(350), () -> rung.add("soon"));
        clock.advance(Duration.ofHours(-1));
        assertThat(rung.poll(30, TimeUnit.SECONDS)).isEqualTo("soon");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(350));
    }

    @Test
    void after_the_end_nothing_begins_and_nobody_hears_a_complaint() throws InterruptedException {
        alarms.at(clock.instant().plusMillis(200), () -> rung.add("too late"));
        alarms.close();
        assertThatCode(() -> alarms.at(clock.instant(), () -> rung.add("too late")))
                .doesNotThrowAnyException();
        assertThat(rung.poll(400, TimeUnit.MILLISECONDS)).isNull();
    }
}
