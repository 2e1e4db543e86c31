package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowRulesTest {
    private static final Release READY = release(requested(policy()), new ReleaseEvent.Readied());
    private static final EnvironmentPolicy FROZEN =
            with(DeploymentWindow.deny("freeze", NOON, NOON.plus(Duration.ofHours(1))));

    private static EnvironmentPolicy with(DeploymentWindow... windows) {
        EnvironmentPolicy plain = policy();
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

    @Test
    void an_open_window_tells_its_end() {
        assertThat(WindowRules.window(READY, policy(), NOON))
                .isEqualTo(Condition.met("release.window", "Environment staging is open"));
        assertThat(WindowRules.window(READY, FROZEN, NOON.minusSeconds(1)))
                .isEqualTo(Condition.met("release.window", "Environment staging is open until " + NOON));
    }

    @Test
    void a_closed_window_tells_its_opening_or_that_none_is_in_sight() {
        assertThat(WindowRules.window(READY, FROZEN, NOON).earliest()).contains(NOON.plus(Duration.ofHours(1)));
        EnvironmentPolicy over = with(
                DeploymentWindow.allow("past", ZoneOffset.UTC, LocalDateTime.MIN.withYear(1999), Duration.ofDays(1)));
        assertThat(WindowRules.window(READY, over, NOON))
                .isEqualTo(Condition.unmet(
                        "release.window",
                        "Environment staging is open only in 'past'; that it opens is not in sight",
                        "wait",
                        "override the window"));
    }

    @Test
    void an_override_is_possible_for_what_a_closed_window_keeps_from_starting() {
        assertThat(accepted(WindowRules.override(READY, FROZEN, by(BOB, "urgent"))))
                .containsExactly(new ReleaseEvent.WindowOverridden());
        refused(WindowRules.override(READY, policy(), by(BOB, "urgent")), "release.window.open");
        Release rollback = release(rollbackRequested(), new ReleaseEvent.Readied(), new ReleaseEvent.Queued());
        refused(WindowRules.override(rollback, FROZEN, by(BOB, "urgent")), "release.window.open");
        refused(WindowRules.override(release(requested(policy())), FROZEN, by(BOB, "urgent")), "release.state");
    }

    @Test
    void an_overridden_window_counts_as_open_and_names_who_and_why() {
        Release overridden = ReleaseMachine.MACHINE.fold(
                READY.id(), Optional.of(READY), new ReleaseEvent.WindowOverridden(), by(ALICE, "urgent"));
        assertThat(WindowRules.window(overridden, FROZEN, NOON))
                .isEqualTo(
                        Condition.met("release.window", "Closed windows of staging were overridden by alice: urgent"));
    }
}
