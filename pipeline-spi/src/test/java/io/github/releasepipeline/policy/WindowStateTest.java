package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.releasepipeline.policy.WindowState.Closed;
import io.github.releasepipeline.policy.WindowState.Open;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowStateTest {
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-01-05T00:00");
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final DeploymentWindow OFFICE = DeploymentWindow.allow(
                    "office hours", ZoneOffset.UTC, MONDAY.plusHours(9), Duration.ofHours(8))
            .repeating("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH");
    private static final DeploymentWindow LUNCH = DeploymentWindow.deny(
                    "lunch", ZoneOffset.UTC, MONDAY.plusHours(12), Duration.ofHours(1))
            .repeating("FREQ=DAILY");
    private static final DeploymentWindow ALWAYS_CLOSED = DeploymentWindow.deny(
                    "no more", ZoneOffset.UTC, MONDAY, Duration.ofDays(1))
            .repeating("FREQ=DAILY");

    @Test
    void without_windows_it_is_always_open() {
        assertThat(WindowState.of(List.of(), NOON)).isEqualTo(new Open(Optional.empty()));
        assertThat(policy().windowProblem()).isEmpty();
    }

    @Test
    void it_is_open_while_something_allows_and_nothing_denies() {
        List<DeploymentWindow> windows = List.of(OFFICE, LUNCH);
        assertThat(WindowState.of(windows, at("2026-01-05T08:59:59Z")))
                .isEqualTo(new Closed("open only in 'office hours'", Optional.of(at("2026-01-05T09:00:00Z"))));
        assertThat(WindowState.of(windows, at("2026-01-05T09:00:00Z")))
                .isEqualTo(new Open(Optional.of(at("2026-01-05T12:00:00Z"))));
        assertThat(WindowState.of(windows, NOON))
                .isEqualTo(new Closed("closed by 'lunch'", Optional.of(at("2026-01-05T13:00:00Z"))));
        assertThat(WindowState.of(windows, at("2026-01-08T16:00:00Z")))
                .isEqualTo(new Open(Optional.of(at("2026-01-08T17:00:00Z"))));
        assertThat(WindowState.of(windows, at("2026-01-08T17:00:00Z")))
                .isEqualTo(new Closed("open only in 'office hours'", Optional.of(at("2026-01-12T09:00:00Z"))));
    }

    @Test
    void where_nothing_has_to_allow_it_is_open_while_nothing_denies() {
        assertThat(WindowState.of(List.of(LUNCH), at("2026-01-05T13:00:00Z")))
                .isEqualTo(new Open(Optional.of(at("2026-01-06T12:00:00Z"))));
    }

    @Test
    void windows_that_follow_each_other_are_one() {
        DeploymentWindow first = DeploymentWindow.deny("a", NOON, NOON.plusSeconds(60));
        DeploymentWindow second = DeploymentWindow.deny("b", NOON.plusSeconds(60), NOON.plusSeconds(120));
        assertThat(WindowState.of(List.of(first, second), NOON))
                .isEqualTo(new Closed("closed by 'a'", Optional.of(NOON.plusSeconds(120))));
        assertThat(WindowState.of(List.of(first, DeploymentWindow.deny("b", NOON, NOON.plusSeconds(90))), NOON))
                .isEqualTo(new Closed("closed by 'a', 'b'", Optional.of(NOON.plusSeconds(90))));
    }

    @Test
    void an_opening_that_is_never_is_told_as_never() {
        assertThat(WindowState.of(List.of(OFFICE, ALWAYS_CLOSED), NOON))
                .isEqualTo(new Closed("closed by 'no more'", Optional.empty()));
        DeploymentWindow past = DeploymentWindow.allow("past", ZoneOffset.UTC, MONDAY, Duration.ofHours(1));
        assertThat(WindowState.of(List.of(past), NOON)).isEqualTo(new Closed("open only in 'past'", Optional.empty()));
    }

    @Test
    void many_windows_that_are_over_or_never_come_do_not_hold_up_the_answer() {
        List<DeploymentWindow> windows = new ArrayList<>(List.of(OFFICE, ALWAYS_CLOSED));
        for (int i = 0; i < 10; i++) {
            windows.add(LUNCH.repeating("FREQ=DAILY;INTERVAL=7;BYDAY=TU"));
            windows.add(LUNCH.repeating("FREQ=DAILY;UNTIL=20260106T000000Z"));
            windows.add(LUNCH.repeating("FREQ=WEEKLY;COUNT=1000"));
        }
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(WindowState.of(windows, at("2026-03-05T12:00:00Z")))
                        .isEqualTo(new Closed("closed by 'no more'", Optional.empty())));
    }

    @Test
    void windows_that_never_let_anything_through_are_a_mistake() {
        DeploymentWindow never = OFFICE.repeating("FREQ=DAILY;INTERVAL=7;BYDAY=TU");
        assertThat(policy(never).windowProblem()).contains("window 'office hours' never comes");
        assertThat(policy(OFFICE, ALWAYS_CLOSED).windowProblem())
                .contains("its windows never let a deployment through");
        assertThat(policy(ALWAYS_CLOSED).windowProblem()).contains("its windows never let a deployment through");
        assertThat(policy(OFFICE, LUNCH).windowProblem()).isEmpty();
        assertThat(policy(LUNCH).windowProblem()).isEmpty();
    }

    @Test
    void a_window_that_is_over_is_no_mistake_as_it_was_none_when_it_was_configured() {
        DeploymentWindow past = DeploymentWindow.allow("past", ZoneOffset.UTC, MONDAY, Duration.ofHours(1));
        assertThat(policy(past).windowProblem()).isEmpty();
        assertThat(policy(DeploymentWindow.deny("past", NOON.minusSeconds(60), NOON))
                        .windowProblem())
                .isEmpty();
    }

    private static EnvironmentPolicy policy(DeploymentWindow... windows) {
        EnvironmentPolicy plain = EnvironmentPolicy.of(Tier.PRODUCTION);
        return new EnvironmentPolicy(
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
                plain.approvalExpiry(),
                List.of(windows),
                plain.steps());
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }
}
