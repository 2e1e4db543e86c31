package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.VERSION;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static io.github.releasepipeline.release.ReleaseAction.APPROVE;
import static io.github.releasepipeline.release.ReleaseAction.CANCEL;
import static io.github.releasepipeline.release.ReleaseAction.DEPLOY;
import static io.github.releasepipeline.release.ReleaseAction.FORCE;
import static io.github.releasepipeline.release.ReleaseAction.OVERRIDE_WINDOW;
import static io.github.releasepipeline.release.ReleaseAction.REJECT;
import static io.github.releasepipeline.release.ReleaseAction.RESOLVE;
import static io.github.releasepipeline.release.ReleaseAction.RETRY;
import static io.github.releasepipeline.release.ReleaseAction.ROLLBACK;
import static io.github.releasepipeline.release.ReleaseAction.VIEW_LOGS;
import static io.github.releasepipeline.release.ReleaseAction.WITHDRAW_VOTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseActionsTest {
    private static final Environment EMPTY = Environment.fresh(STAGING);
    private static final Release READY = release(requested(policy()), new ReleaseEvent.Readied());
    private static final Release RUNNING = after(READY, ALICE, new ReleaseEvent.AttemptStarted(1, 1));
    private static final ReleaseEvent FAILURE =
            new ReleaseEvent.Failed(Step.BACKUP, Duration.ZERO, FailureKind.FAILED, "no");
    private static final ReleaseEvent SUCCESS = new ReleaseEvent.Succeeded(Duration.ZERO, List.of());

    /** The version of the release is active with it, after another one. */
    private static final Environment ACTIVE = environment("v0", "r0", VERSION.value(), RELEASE.value());

    private static Environment environment(String... versionsAndReleases) {
        Environment environment = EMPTY;
        for (int i = 0; i < versionsAndReleases.length; i += 2) {
            environment = EnvironmentMachine.MACHINE.fold(
                    new EnvironmentId(STAGING),
                    Optional.of(environment),
                    new EnvironmentEvent.Activated(
                            new ReleaseId(versionsAndReleases[i + 1]),
                            new VersionId(versionsAndReleases[i]),
                            number(1, 0, 0),
                            MANIFEST,
                            Optional.empty()),
                    Samples.by(ALICE, ""));
        }
        return environment;
    }

    private static Set<ReleaseAction> actions(Release release, Environment environment) {
        return ReleaseActions.of(release, environment, version -> VersionState.Kind.PUBLISHED);
    }

    @Test
    void a_pending_release_can_be_approved_and_rejected() {
        assertThat(actions(release(requested(policy(ApprovalRule.anyone(1)))), EMPTY))
                .containsExactlyInAnyOrder(APPROVE, REJECT, WITHDRAW_VOTE, CANCEL);
    }

    @Test
    void a_ready_release_can_be_deployed() {
        assertThat(actions(READY, EMPTY)).containsExactlyInAnyOrder(DEPLOY, OVERRIDE_WINDOW, CANCEL);
    }

    @Test
    void a_running_release_has_a_log_and_can_be_called_off_once_until_it_activates() {
        assertThat(actions(RUNNING, EMPTY)).containsExactlyInAnyOrder(VIEW_LOGS, CANCEL);
        assertThat(actions(after(RUNNING, ALICE, new ReleaseEvent.CancelRequested()), EMPTY))
                .containsExactly(VIEW_LOGS);
        assertThat(actions(after(RUNNING, ALICE, new ReleaseEvent.StepStarted(Step.ACTIVATE, "key")), EMPTY))
                .containsExactly(VIEW_LOGS);
    }

    @Test
    void a_running_rollback_cannot_be_called_off() {
        Release rollback =
                release(rollbackRequested(), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, 1));
        assertThat(actions(rollback, ACTIVE)).containsExactly(VIEW_LOGS);
    }

    @Test
    void a_paused_release_waits_for_a_person() {
        Release paused = after(
                RUNNING,
                ALICE,
                new ReleaseEvent.StepStarted(Step.BACKUP, "key"),
                new ReleaseEvent.StepLost(Step.BACKUP, "nobody knows"));
        assertThat(actions(paused, EMPTY)).containsExactlyInAnyOrder(VIEW_LOGS, RESOLVE);
    }

    @Test
    void a_release_that_succeeded_can_be_rolled_back_while_it_is_active() {
        Release succeeded = after(RUNNING, ALICE, SUCCESS);
        assertThat(actions(succeeded, ACTIVE)).containsExactlyInAnyOrder(VIEW_LOGS, ROLLBACK);
        assertThat(actions(succeeded, environment(VERSION.value(), RELEASE.value(), "v3", "r3")))
                .as("another is active")
                .containsExactly(VIEW_LOGS);
        assertThat(actions(succeeded, environment(VERSION.value(), RELEASE.value())))
                .as("it was the first")
                .containsExactly(VIEW_LOGS);
        assertThat(ReleaseActions.of(succeeded, ACTIVE, version -> VersionState.Kind.BLOCKED))
                .as("what was before is blocked")
                .containsExactly(VIEW_LOGS);
        assertThat(ReleaseActions.of(succeeded, ACTIVE, version -> VersionState.Kind.DEPRECATED))
                .as("what was before is deprecated, and may be chosen")
                .contains(ROLLBACK);
    }

    @Test
    void a_failed_release_can_be_retried_and_rolled_back() {
        Release failed = after(RUNNING, ALICE, FAILURE);
        assertThat(actions(failed, environment("v0", "r0")))
                .containsExactlyInAnyOrder(VIEW_LOGS, RETRY, OVERRIDE_WINDOW, ROLLBACK);
        assertThat(actions(failed, EMPTY)).containsExactlyInAnyOrder(VIEW_LOGS, RETRY, OVERRIDE_WINDOW);
    }

    @Test
    void a_deployment_can_be_forced_into_an_environment_that_is_degraded_once() {
        Environment degraded = EnvironmentMachine.MACHINE.fold(
                new EnvironmentId(STAGING),
                Optional.of(EMPTY),
                new EnvironmentEvent.Degraded("half restored", List.of()),
                Samples.by(ALICE, ""));
        assertThat(actions(READY, degraded)).containsExactlyInAnyOrder(DEPLOY, OVERRIDE_WINDOW, FORCE, CANCEL);
        assertThat(actions(after(READY, ALICE, new ReleaseEvent.Forced(NOON)), degraded))
                .containsExactlyInAnyOrder(DEPLOY, OVERRIDE_WINDOW, CANCEL);
        assertThat(actions(after(READY, ALICE, new ReleaseEvent.Forced(NOON.minusSeconds(1))), degraded))
                .as("past an earlier degradation")
                .contains(FORCE);
        assertThat(actions(release(rollbackRequested(), new ReleaseEvent.Readied()), degraded))
                .as("a rollback needs no force")
                .containsExactlyInAnyOrder(DEPLOY, OVERRIDE_WINDOW, CANCEL);
        assertThat(RequestRules.degraded(after(READY, ALICE, new ReleaseEvent.Forced(NOON)), degraded)
                        .isUnmet())
                .isFalse();
        assertThat(RequestRules.degraded(READY, degraded).isUnmet()).isTrue();
        assertThat(RequestRules.degraded(READY, EMPTY).isUnmet()).isFalse();
        assertThat(accepted(ForceRules.force(READY, degraded))).containsExactly(new ReleaseEvent.Forced(NOON));
        refused(ForceRules.force(READY, EMPTY), "release.force.not-degraded");
        refused(ForceRules.force(RUNNING, degraded), "release.state");
        refused(
                ForceRules.force(release(rollbackRequested(), new ReleaseEvent.Readied()), degraded),
                "release.force.rollback");
    }

    @Test
    void a_release_that_was_rolled_back_has_a_log() {
        Release back = after(RUNNING, ALICE, SUCCESS, new ReleaseEvent.RolledBack(new ReleaseId("r9")));
        assertThat(actions(back, environment("v0", "r0"))).containsExactly(VIEW_LOGS);
    }
}
