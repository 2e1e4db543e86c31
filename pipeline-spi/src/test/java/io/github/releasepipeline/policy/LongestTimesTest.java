package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.subject.Spans;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No time of a policy is so long that it cannot be added to a date. */
class LongestTimesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StepLimits LIMITS = StepLimits.standard();

    private static final List<Consumer<Duration>> TIMES = List.of(
            time -> new Upstream(new EnvironmentName("staging"), time),
            time -> new WatchPolicy(time, SECOND),
            time -> new WatchPolicy(time, time),
            time -> new GatePolicy("scan", time, new Asking.Once()),
            time -> new Asking.Sampled(time, Duration.ofDays(40), Duration.ZERO, time),
            time -> new Asking.Sampled(Duration.ZERO, Duration.ofDays(40), time, time),
            time -> new Asking.Sampled(Duration.ZERO, Duration.ofDays(40), Duration.ZERO, time),
            time -> new Asking.Sampled(Duration.ZERO, time, Duration.ZERO, SECOND),
            LIMITS::timeout,
            time -> LIMITS.waits(SECOND, 2, time),
            time -> LIMITS.waits(time, 2, time),
            LongestTimesTest::expiring);

    @Test
    void each_time_may_be_a_century() {
        assertThat(TIMES)
                .allSatisfy(
                        make -> assertThatCode(() -> make.accept(Spans.LONGEST)).doesNotThrowAnyException());
    }

    @Test
    void no_time_is_longer_than_a_century() {
        for (Duration time : List.of(Spans.LONGEST.plusNanos(1), ChronoUnit.FOREVER.getDuration())) {
            assertThat(TIMES)
                    .allSatisfy(make -> assertThatThrownBy(() -> make.accept(time))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageEndingWith(" is at most 36500 days, not " + time));
        }
    }

    private static void expiring(Duration time) {
        EnvironmentPolicy plain = EnvironmentPolicy.of(Tier.STAGING);
        EnvironmentPolicy unused = new EnvironmentPolicy(
                plain.tier(),
                plain.approvals(),
                plain.refusedApprovers(),
                plain.upstream(),
                plain.bypass(),
                plain.line(),
                plain.gates(),
                plain.queueOrder(),
                plain.start(),
                plain.preReleases(),
                time,
                plain.windows(),
                plain.steps());
    }
}
