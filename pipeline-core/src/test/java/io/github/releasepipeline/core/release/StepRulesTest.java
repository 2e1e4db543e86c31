package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.release.StepRules.Move;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepRulesTest {
    private static final long TOKEN = 5;
    private static final Release RUNNING =
            release(requested(policy()), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, TOKEN));

    private static ReleaseEvent started(Step step) {
        return new ReleaseEvent.StepStarted(step, "key of " + step);
    }

    private static ReleaseEvent succeeded(Step step) {
        return new ReleaseEvent.StepSucceeded(step, Duration.ofSeconds(1), "", Optional.empty());
    }

    private static Release done(Release release, Step last) {
        Release now = release;
        for (Step step : Step.of(release.kind())) {
            now = after(now, ALICE, started(step), succeeded(step));
            if (step == last) {
                break;
            }
        }
        return now;
    }

    @Test
    void steps_are_begun_in_order_each_under_a_key_of_its_own() {
        assertThat(StepRules.next(RUNNING, TOKEN))
                .isEqualTo(new Move.Begin(Step.PRE_DEPLOYMENT_CHECKS, "r1/1/pre_deployment_checks"));
        assertThat(StepRules.next(done(RUNNING, Step.BACKUP), TOKEN))
                .isEqualTo(new Move.Begin(Step.DEPLOY_ARTIFACTS, "r1/1/deploy_artifacts"));
        assertThat(StepRules.next(done(RUNNING, Step.NOTIFY), TOKEN)).isEqualTo(new Move.Finish());
        Release rollback =
                release(rollbackRequested(), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, TOKEN));
        assertThat(StepRules.next(rollback, TOKEN)).isEqualTo(new Move.Begin(Step.DEACTIVATE, "r1/1/deactivate"));
        assertThat(StepRules.next(done(rollback, Step.ALERT), TOKEN)).isEqualTo(new Move.Finish());
    }

    @Test
    void who_does_not_hold_the_newest_token_stops() {
        assertThat(StepRules.next(RUNNING, TOKEN - 1)).isEqualTo(new Move.Stop());
        assertThat(StepRules.next(RUNNING, TOKEN + 1)).isEqualTo(new Move.Stop());
        Release taken = after(RUNNING, ALICE, new ReleaseEvent.TakenOver(TOKEN + 1));
        assertThat(StepRules.next(taken, TOKEN)).isEqualTo(new Move.Stop());
        assertThat(StepRules.next(taken, TOKEN + 1)).isInstanceOf(Move.Begin.class);
        assertThat(StepRules.next(release(requested(policy())), TOKEN)).isEqualTo(new Move.Stop());
        Release lost =
                after(RUNNING, ALICE, started(Step.BACKUP), new ReleaseEvent.StepLost(Step.BACKUP, "nobody knows"));
        assertThat(StepRules.next(lost, TOKEN)).isEqualTo(new Move.Stop());
    }

    @Test
    void a_step_that_was_begun_is_recovered_under_its_key() {
        Release begun = after(done(RUNNING, Step.BACKUP), ALICE, started(Step.DEPLOY_ARTIFACTS));
        assertThat(StepRules.next(begun, TOKEN))
                .isEqualTo(new Move.Recover(Step.DEPLOY_ARTIFACTS, "key of DEPLOY_ARTIFACTS"));
    }

    @Test
    void a_person_decides_what_came_of_a_lost_step() {
        Release lost = after(
                done(RUNNING, Step.QUALITY_GATES),
                ALICE,
                started(Step.BACKUP),
                new ReleaseEvent.StepLost(Step.BACKUP, "nobody knows"));
        assertThat(accepted(StepRules.resolve(lost, Resolution.REPEAT)))
                .containsExactly(new ReleaseEvent.Resolved(Resolution.REPEAT));
        refused(StepRules.resolve(RUNNING, Resolution.REPEAT), "release.state");
        assertThat(StepRules.next(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.HAPPENED)), TOKEN))
                .isEqualTo(new Move.Begin(Step.DEPLOY_ARTIFACTS, "r1/1/deploy_artifacts"));
        assertThat(StepRules.next(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.REPEAT)), TOKEN))
                .isEqualTo(new Move.Begin(Step.BACKUP, "r1/1/backup/2"));
        assertThat(StepRules.next(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.GIVE_UP)), TOKEN))
                .isEqualTo(new Move.GiveUp(Step.BACKUP));
    }

    @Test
    void a_cancellation_is_carried_out_before_the_next_step_until_activation_is_done() {
        ReleaseState.Cancellation cancellation = new ReleaseState.Cancellation(BOB, "");
        Release early = after(done(RUNNING, Step.BACKUP), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(early, TOKEN)).isEqualTo(new Move.Cancel(cancellation, false));
        Release staged = after(done(RUNNING, Step.DEPLOY_ARTIFACTS), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(staged, TOKEN)).isEqualTo(new Move.Cancel(cancellation, true));
        Release begun = after(
                done(RUNNING, Step.BACKUP), BOB, started(Step.DEPLOY_ARTIFACTS), new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(begun, TOKEN)).isInstanceOf(Move.Recover.class);
        Release tooLate = after(done(RUNNING, Step.ACTIVATE), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(tooLate, TOKEN)).isEqualTo(new Move.Begin(Step.NOTIFY, "r1/1/notify"));
    }

    @Test
    void a_new_attempt_keeps_the_backup_and_does_everything_else_again() {
        Release failed = after(
                done(RUNNING, Step.BACKUP),
                ALICE,
                started(Step.DEPLOY_ARTIFACTS),
                new ReleaseEvent.StepFailed(Step.DEPLOY_ARTIFACTS, Duration.ZERO, FailureKind.ERRORED, "no"),
                new ReleaseEvent.Failed(Step.DEPLOY_ARTIFACTS, Duration.ZERO, FailureKind.ERRORED, "no"));
        Release again = after(failed, ALICE, new ReleaseEvent.AttemptStarted(2, TOKEN + 1));
        assertThat(StepRules.next(again, TOKEN + 1))
                .isEqualTo(new Move.Begin(Step.PRE_DEPLOYMENT_CHECKS, "r1/2/pre_deployment_checks"));
        Release checked = after(
                again,
                ALICE,
                started(Step.PRE_DEPLOYMENT_CHECKS),
                succeeded(Step.PRE_DEPLOYMENT_CHECKS),
                started(Step.QUALITY_GATES),
                succeeded(Step.QUALITY_GATES));
        assertThat(StepRules.next(checked, TOKEN + 1))
                .isEqualTo(new Move.Begin(Step.DEPLOY_ARTIFACTS, "r1/2/deploy_artifacts"));
    }

    @Test
    void the_last_step_is_the_newest_or_the_first() {
        assertThat(StepRules.lastStep(release(requested(policy())))).isEqualTo(Step.PRE_DEPLOYMENT_CHECKS);
        assertThat(StepRules.lastStep(RUNNING)).isEqualTo(Step.PRE_DEPLOYMENT_CHECKS);
        assertThat(StepRules.lastStep(release(rollbackRequested()))).isEqualTo(Step.DEACTIVATE);
        assertThat(StepRules.lastStep(done(RUNNING, Step.BACKUP))).isEqualTo(Step.BACKUP);
    }

    @Test
    void what_waits_is_called_off_at_once_and_what_runs_when_it_can() {
        Release waiting = release(requested(policy(ApprovalRule.anyone(1))));
        assertThat(accepted(CancelRules.cancel(waiting, by(BOB, "why"))))
                .containsExactly(new ReleaseEvent.Cancelled(BOB, "why"));
        assertThat(accepted(CancelRules.cancel(RUNNING, by(BOB, "why"))))
                .containsExactly(new ReleaseEvent.CancelRequested());
        assertThat(accepted(CancelRules.cancel(done(RUNNING, Step.POST_DEPLOYMENT_CHECKS), by(BOB, "why"))))
                .containsExactly(new ReleaseEvent.CancelRequested());
    }

    @Test
    void nothing_is_called_off_once_activation_has_begun_nor_a_running_rollback() {
        Release activating = after(done(RUNNING, Step.POST_DEPLOYMENT_CHECKS), ALICE, started(Step.ACTIVATE));
        assertThat(refused(CancelRules.cancel(activating, by(BOB, "why")), "release.cancel.activating")
                        .allowed())
                .containsExactly("Rollback");
        Release rollback =
                release(rollbackRequested(), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, TOKEN));
        refused(CancelRules.cancel(rollback, by(BOB, "why")), "release.cancel.rollback");
        Release lost =
                after(RUNNING, ALICE, started(Step.BACKUP), new ReleaseEvent.StepLost(Step.BACKUP, "nobody knows"));
        refused(CancelRules.cancel(lost, by(BOB, "why")), "release.state");
    }
}
