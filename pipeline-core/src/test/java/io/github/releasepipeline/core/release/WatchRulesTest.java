package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.release.WatchRules.Verdict;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchRulesTest {
    private static final Watch TEN_MINUTES = new Watch(RELEASE, NOON, NOON.plusSeconds(600));
    private static final StepOutcome HEALTHY = new StepOutcome.Done("healthy");
    private static final StepOutcome UNHEALTHY = failed(FailureKind.FAILED);
    private static final StepOutcome UNREACHABLE = failed(FailureKind.ERRORED);

    private static StepOutcome failed(FailureKind kind) {
        return new StepOutcome.Failed(kind, "no", List.of());
    }

    private static Verdict verdict(StepOutcome outcome, long second) {
        return WatchRules.verdict(TEN_MINUTES, outcome, NOON.plusSeconds(second));
    }

    @Test
    void a_version_is_verified_by_the_first_healthy_check_at_the_end_of_its_watch() {
        assertThat(verdict(HEALTHY, 0)).isEqualTo(Verdict.WATCH_ON);
        assertThat(verdict(HEALTHY, 599)).isEqualTo(Verdict.WATCH_ON);
        assertThat(verdict(HEALTHY, 600)).isEqualTo(Verdict.VERIFIED);
        assertThat(verdict(HEALTHY, 5_000)).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void one_check_that_says_no_is_enough() {
        assertThat(verdict(UNHEALTHY, 1)).isEqualTo(Verdict.FAILED);
        assertThat(verdict(UNHEALTHY, 5_000)).isEqualTo(Verdict.FAILED);
    }

    @Test
    void checks_that_cannot_say_anything_are_waited_out_as_long_again() {
        for (StepOutcome silent : List.of(UNREACHABLE, failed(FailureKind.UNKNOWN), new StepOutcome.Fenced(9))) {
            assertThat(verdict(silent, 1)).isEqualTo(Verdict.WATCH_ON);
            assertThat(verdict(silent, 1_199)).isEqualTo(Verdict.WATCH_ON);
            assertThat(verdict(silent, 1_200)).isEqualTo(Verdict.UNKNOWN);
        }
    }

    /** Intervals of four minutes in ten: checks at 240, 480, 600 and, while nothing is decided, 720, 960, … */
    @ParameterizedTest
    @CsvSource({
        "0,240", "1,240", "239,240", "240,480", "479,480", "480,600", "599,600", "600,720", "719,720", "720,960",
        "-1,240"
    })
    void checks_come_in_intervals_from_the_beginning_and_one_at_the_end(long last, long next) {
        assertThat(WatchRules.next(TEN_MINUTES, Duration.ofMinutes(4), NOON.plusSeconds(last)))
                .isEqualTo(NOON.plusSeconds(next));
    }

    @Test
    void nobody_waits_longer_than_one_interval_and_for_what_is_due_not_at_all() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(WatchRules.wait(NOON, minute, NOON.minusSeconds(59))).isEqualTo(Duration.ofSeconds(59));
        assertThat(WatchRules.wait(NOON, minute, NOON.minusSeconds(60))).isEqualTo(minute);
        assertThat(WatchRules.wait(NOON, minute, NOON.minus(Duration.ofDays(365))))
                .isEqualTo(minute);
        assertThat(WatchRules.wait(NOON, minute, NOON)).isZero();
        assertThat(WatchRules.wait(NOON, minute, NOON.plusSeconds(1))).isZero();
    }
}
