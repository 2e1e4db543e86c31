package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.Spans;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StepLimits STANDARD = StepLimits.standard();

    @Test
    void a_step_is_given_an_hour_and_no_retries_unless_said_otherwise() {
        assertThat(STANDARD.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(STANDARD.retries()).isZero();
    }

    @Test
    void waits_grow_by_their_factor_up_to_the_longest() {
        assertThat(waits(STANDARD, 8)).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(waits(STANDARD.waits(SECOND, 3, Duration.ofSeconds(9)), 4)).containsExactly(1L, 3L, 9L, 9L);
        assertThat(waits(STANDARD.waits(SECOND, 1, Duration.ofSeconds(9)), 3)).containsExactly(1L, 1L, 1L);
        assertThat(waits(STANDARD.waits(SECOND, 2, SECOND), 3)).containsExactly(1L, 1L, 1L);
    }

    @Test
    void a_wait_is_never_longer_than_the_longest_whatever_the_factor() {
        assertThat(STANDARD.waits(SECOND, Integer.MAX_VALUE, Spans.LONGEST).waitBefore(StepLimits.MOST_RETRIES))
                .isEqualTo(Spans.LONGEST);
    }

    @Test
    void each_number_can_be_said_by_itself() {
        StepLimits limits = STANDARD.timeout(SECOND).retries(3).waits(SECOND, 4, Duration.ofSeconds(5));
        assertThat(limits).isEqualTo(new StepLimits(SECOND, 3, SECOND, 4, Duration.ofSeconds(5)));
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> STANDARD.timeout(Duration.ZERO)).hasMessage("A step needs more time than PT0S");
        assertThatThrownBy(() -> STANDARD.timeout(Duration.ofMillis(-1))).hasMessageContaining("more time than");
        assertThatCode(() -> STANDARD.timeout(Duration.ofNanos(1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> STANDARD.retries(-1)).hasMessage("A step has 0 to 100 retries, not -1");
        assertThatThrownBy(() -> STANDARD.retries(101)).hasMessageContaining("not 101");
        assertThatCode(() -> STANDARD.retries(100)).doesNotThrowAnyException();
        assertThatThrownBy(() -> STANDARD.waits(Duration.ZERO, 2, SECOND)).hasMessageContaining("longer than nothing");
        assertThatThrownBy(() -> STANDARD.waits(Duration.ofSeconds(-1), 2, SECOND))
                .hasMessageContaining("longer than nothing");
        assertThatThrownBy(() -> STANDARD.waits(Duration.ofSeconds(2), 2, SECOND))
                .hasMessageContaining("to PT1S");
        assertThatThrownBy(() -> STANDARD.waits(SECOND, 0, SECOND)).hasMessageContaining("at least 1, not 0");
    }

    @Test
    void each_step_has_its_own_limits_or_the_standard_ones() {
        Map<String, StepLimits> given = new HashMap<>(Map.of("BACKUP", STANDARD.retries(2)));
        StepPolicy policy = new StepPolicy(given, AfterFailure.STAY, Optional.empty(), Optional.empty());
        given.clear();
        assertThat(policy.limits(Step.BACKUP).retries()).isEqualTo(2);
        assertThat(policy.limits(Step.ACTIVATE)).isEqualTo(STANDARD);
        assertThat(StepPolicy.standard().limits()).isEmpty();
    }

    @Test
    void a_watch_is_a_time_of_one_interval_or_more() {
        assertThatCode(() -> new WatchPolicy(SECOND, SECOND)).doesNotThrowAnyException();
        for (Duration interval : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> new WatchPolicy(SECOND, interval))
                    .hasMessageContaining("not " + interval + " in PT1S");
        }
    }

    @Test
    void each_part_of_a_policy_can_be_said_by_itself() {
        WatchPolicy watch = new WatchPolicy(Duration.ofMinutes(10), SECOND);
        CanaryPolicy canary = new CanaryPolicy(10, List.of(GatePolicy.once("error rate")));
        StepPolicy policy = StepPolicy.standard()
                .watch(watch)
                .canary(canary)
                .limit(Step.BACKUP, STANDARD.retries(1))
                .afterFailure(AfterFailure.ROLL_BACK)
                .limit(Step.ACTIVATE, STANDARD.retries(2));
        assertThat(policy)
                .isEqualTo(new StepPolicy(
                        Map.of("BACKUP", STANDARD.retries(1), "ACTIVATE", STANDARD.retries(2)),
                        AfterFailure.ROLL_BACK,
                        Optional.of(canary),
                        Optional.of(watch)));
        assertThat(StepPolicy.standard().canary()).isEmpty();
        assertThat(StepPolicy.standard().afterFailure()).isEqualTo(AfterFailure.STAY);
        assertThat(StepPolicy.standard().watch()).isEmpty();
    }

    @Test
    void a_policy_takes_other_steps_and_gates_and_keeps_its_other_demands() {
        EnvironmentPolicy plain = EnvironmentPolicy.of(Tier.PRODUCTION);
        StepPolicy steps = StepPolicy.standard().limit(Step.BACKUP, STANDARD.retries(2));
        assertThat(plain.steps()).isEqualTo(StepPolicy.standard());
        assertThat(plain.steps(steps).steps()).isEqualTo(steps);
        assertThat(plain.steps(steps).steps(StepPolicy.standard())).isEqualTo(plain);
        List<GatePolicy> gates = List.of(GatePolicy.once("scan"));
        assertThat(plain.gates(gates).gates()).isEqualTo(gates);
        assertThat(plain.gates(gates).gates(List.of())).isEqualTo(plain);
    }

    private static Iterable<Long> waits(StepLimits limits, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> limits.waitBefore(number).toSeconds())
                .toList();
    }
}
