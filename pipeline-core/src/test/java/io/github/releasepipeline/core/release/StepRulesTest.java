package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.NOON;
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
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepRulesTest {
    private static final long TOKEN = 5;
    private static final GatePolicy SAMPLED = new GatePolicy(
            "rate",
            Duration.ZERO,
            new GatePolicy.Asking.Sampled(
                    Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(2)));

    private static final Release RUNNING =
            release(requested(policy()), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, TOKEN));

    private static final ReleaseEvent LATER =
            new ReleaseEvent.StepWaits(Step.BACKUP, Duration.ZERO, NOON.plusSeconds(5), "no answer");
    private static final ReleaseEvent FAILED =
            new ReleaseEvent.Failed(Step.BACKUP, Duration.ZERO, FailureKind.ERRORED, "no");

    private static ReleaseEvent failed(Step step) {
        return new ReleaseEvent.StepFailed(step, Duration.ZERO, FailureKind.ERRORED, "no");
    }

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
        assertThat(StepRules.next(RUNNING, TOKEN, NOON))
                .isEqualTo(new Move.Begin(Step.PRE_DEPLOYMENT_CHECKS, "r1/1/pre_deployment_checks"));
        assertThat(StepRules.next(done(RUNNING, Step.BACKUP), TOKEN, NOON))
                .isEqualTo(new Move.Begin(Step.DEPLOY_ARTIFACTS, "r1/1/deploy_artifacts"));
        assertThat(StepRules.next(done(RUNNING, Step.NOTIFY), TOKEN, NOON)).isEqualTo(new Move.Finish());
        Release rollback =
                release(rollbackRequested(), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, TOKEN));
        assertThat(StepRules.next(rollback, TOKEN, NOON)).isEqualTo(new Move.Begin(Step.DEACTIVATE, "r1/1/deactivate"));
        assertThat(StepRules.next(done(rollback, Step.ALERT), TOKEN, NOON)).isEqualTo(new Move.Finish());
    }

    @Test
    void who_does_not_hold_the_newest_token_stops() {
        assertThat(StepRules.next(RUNNING, TOKEN - 1, NOON)).isEqualTo(new Move.Stop());
        assertThat(StepRules.next(RUNNING, TOKEN + 1, NOON)).isEqualTo(new Move.Stop());
        Release taken = after(RUNNING, ALICE, new ReleaseEvent.TakenOver(TOKEN + 1));
        assertThat(StepRules.next(taken, TOKEN, NOON)).isEqualTo(new Move.Stop());
        assertThat(StepRules.next(taken, TOKEN + 1, NOON)).isInstanceOf(Move.Begin.class);
        assertThat(StepRules.next(release(requested(policy())), TOKEN, NOON)).isEqualTo(new Move.Stop());
        Release lost =
                after(RUNNING, ALICE, started(Step.BACKUP), new ReleaseEvent.StepLost(Step.BACKUP, "nobody knows"));
        assertThat(StepRules.next(lost, TOKEN, NOON)).isEqualTo(new Move.Stop());
    }

    @Test
    void a_step_that_was_begun_is_recovered_under_its_key() {
        Release begun = after(done(RUNNING, Step.BACKUP), ALICE, started(Step.DEPLOY_ARTIFACTS));
        assertThat(StepRules.next(begun, TOKEN, NOON))
                .isEqualTo(new Move.Recover(Step.DEPLOY_ARTIFACTS, "key of DEPLOY_ARTIFACTS", Optional.empty()));
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
        assertThat(StepRules.next(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.HAPPENED)), TOKEN, NOON))
                .isEqualTo(new Move.Begin(Step.DEPLOY_ARTIFACTS, "r1/1/deploy_artifacts"));
        assertThat(StepRules.next(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.REPEAT)), TOKEN, NOON))
                .isEqualTo(new Move.Begin(Step.BACKUP, "r1/1/backup/2"));
        assertThat(StepRules.next(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.GIVE_UP)), TOKEN, NOON))
                .isEqualTo(new Move.GiveUp(Step.BACKUP, FailureKind.UNKNOWN, "backup was given up", false));
    }

    @Test
    void a_cancellation_is_carried_out_before_the_next_step_until_activation_is_done() {
        ReleaseState.Cancellation cancellation = new ReleaseState.Cancellation(BOB, "");
        Release early = after(done(RUNNING, Step.BACKUP), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(early, TOKEN, NOON)).isEqualTo(new Move.Cancel(cancellation, false));
        Release staged = after(done(RUNNING, Step.DEPLOY_ARTIFACTS), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(staged, TOKEN, NOON)).isEqualTo(new Move.Cancel(cancellation, true));
        Release begun = after(
                done(RUNNING, Step.BACKUP), BOB, started(Step.DEPLOY_ARTIFACTS), new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(begun, TOKEN, NOON)).isInstanceOf(Move.Recover.class);
        Release tooLate = after(done(RUNNING, Step.ACTIVATE), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(tooLate, TOKEN, NOON)).isEqualTo(new Move.Begin(Step.NOTIFY, "r1/1/notify"));
    }

    @Test
    void a_cancellation_does_not_wait_for_the_checks_before_a_deployment() {
        Release begun = after(RUNNING, BOB, started(Step.PRE_DEPLOYMENT_CHECKS), new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(begun, TOKEN, NOON))
                .isEqualTo(new Move.Cancel(new ReleaseState.Cancellation(BOB, ""), false));
    }

    @Test
    void a_step_that_did_not_work_is_tried_again_when_its_wait_is_over() {
        Release waits =
                after(done(RUNNING, Step.QUALITY_GATES), ALICE, started(Step.BACKUP), failed(Step.BACKUP), LATER);
        assertThat(StepRules.next(waits, TOKEN, NOON)).isEqualTo(new Move.Wait(NOON.plusSeconds(5)));
        assertThat(StepRules.next(waits, TOKEN, NOON.plusSeconds(5)))
                .isEqualTo(new Move.Begin(Step.BACKUP, "r1/1/backup/2"));
        assertThat(StepRules.next(waits, TOKEN + 1, NOON)).isEqualTo(new Move.Stop());
        Release again = after(waits, ALICE, started(Step.BACKUP));
        assertThat(StepRules.next(again, TOKEN, NOON)).isInstanceOf(Move.Recover.class);
        Release failed = after(done(RUNNING, Step.QUALITY_GATES), ALICE, started(Step.BACKUP), failed(Step.BACKUP));
        assertThat(StepRules.next(failed, TOKEN, NOON))
                .isEqualTo(new Move.GiveUp(Step.BACKUP, FailureKind.ERRORED, "no", false));
    }

    @Test
    void what_was_staged_is_dropped_after_a_failure_where_the_policy_says_so() {
        Release running = release(
                requested(policy().steps(StepPolicy.standard().afterFailure(AfterFailure.ROLL_BACK))),
                new ReleaseEvent.Readied(),
                new ReleaseEvent.AttemptStarted(1, TOKEN));
        for (Step step : List.of(Step.POST_DEPLOYMENT_CHECKS, Step.ACTIVATE)) {
            assertThat(StepRules.next(after(running, ALICE, started(step), failed(step)), TOKEN, NOON))
                    .isEqualTo(new Move.GiveUp(step, FailureKind.ERRORED, "no", true));
            assertThat(StepRules.next(after(RUNNING, ALICE, started(step), failed(step)), TOKEN, NOON))
                    .isEqualTo(new Move.GiveUp(step, FailureKind.ERRORED, "no", false));
            Release lost = after(
                    running,
                    ALICE,
                    started(step),
                    new ReleaseEvent.StepLost(step, "nobody knows"),
                    new ReleaseEvent.Resolved(Resolution.GIVE_UP));
            assertThat(StepRules.next(lost, TOKEN, NOON))
                    .as("what nobody knows is not touched")
                    .isEqualTo(new Move.GiveUp(step, FailureKind.UNKNOWN, step.label() + " was given up", false));
        }
        for (Step step : List.of(Step.BACKUP, Step.DEPLOY_ARTIFACTS)) {
            assertThat(StepRules.next(after(running, ALICE, started(step), failed(step)), TOKEN, NOON))
                    .as("nothing is staged")
                    .isEqualTo(new Move.GiveUp(step, FailureKind.ERRORED, "no", false));
        }
    }

    @Test
    void a_running_step_that_waits_is_looked_at_again_and_it_is_known_why() {
        Release waits = after(done(RUNNING, Step.QUALITY_GATES), ALICE, started(Step.BACKUP), LATER);
        assertThat(StepRules.next(waits, TOKEN, NOON)).isEqualTo(new Move.Wait(NOON.plusSeconds(5)));
        assertThat(StepRules.next(waits, TOKEN, NOON.plusSeconds(5)))
                .isEqualTo(new Move.Recover(Step.BACKUP, "key of BACKUP", Optional.of("no answer")));
    }

    @Test
    void what_waits_for_another_try_can_be_called_off() {
        ReleaseState.Cancellation cancellation = new ReleaseState.Cancellation(BOB, "");
        Release failed =
                after(done(RUNNING, Step.QUALITY_GATES), BOB, started(Step.BACKUP), failed(Step.BACKUP), LATER);
        assertThat(StepRules.next(after(failed, BOB, new ReleaseEvent.CancelRequested()), TOKEN, NOON))
                .isEqualTo(new Move.Cancel(cancellation, false));
        Release sampled = after(Gated.by(SAMPLED), BOB, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(sampled, Gated.TOKEN, NOON)).isEqualTo(new Move.Cancel(cancellation, false));
        assertThat(StepRules.next(sampled, Gated.TOKEN, NOON.plusSeconds(30)))
                .as("gates that are asked just now change nothing")
                .isEqualTo(new Move.Cancel(cancellation, false));
    }

    @Test
    void gates_wait_for_their_next_sample_as_long_as_their_facts_say() {
        Release settling = Gated.by(SAMPLED);
        assertThat(StepRules.next(settling, Gated.TOKEN, NOON)).isEqualTo(new Move.Wait(NOON.plusSeconds(30)));
        assertThat(StepRules.next(settling, Gated.TOKEN + 1, NOON)).isEqualTo(new Move.Stop());
        assertThat(StepRules.waits(settling, NOON)).isTrue();
        assertThat(StepRules.waits(settling, NOON.plusSeconds(30))).isFalse();
        assertThat(StepRules.next(settling, Gated.TOKEN, NOON.plusSeconds(30)))
                .isEqualTo(new Move.Recover(Step.QUALITY_GATES, "key", Optional.empty()));
        Release once = Gated.by(GatePolicy.once("tests"));
        assertThat(StepRules.waits(once, NOON)).isFalse();
        assertThat(StepRules.next(once, Gated.TOKEN, NOON)).isInstanceOf(Move.Recover.class);
    }

    @Test
    void gates_are_judging_from_their_start_to_their_end_unless_a_person_is_waited_for() {
        Release judging = Gated.by(GatePolicy.once("tests"));
        assertThat(StepRules.isJudging(RUNNING)).isFalse();
        assertThat(StepRules.isJudging(judging)).isTrue();
        assertThat(StepRules.isJudging(after(judging, ALICE, new ReleaseEvent.VerdictAwaited("tests"))))
                .isFalse();
        assertThat(StepRules.isJudging(after(judging, ALICE, failed(Step.QUALITY_GATES))))
                .isFalse();
        assertThat(StepRules.isJudging(after(done(RUNNING, Step.QUALITY_GATES), ALICE, started(Step.BACKUP))))
                .isFalse();
    }

    @Test
    void gates_that_could_not_be_judged_are_tried_again_like_any_step() {
        Release waits = after(
                Gated.by(GatePolicy.once("tests")),
                ALICE,
                failed(Step.QUALITY_GATES),
                new ReleaseEvent.StepWaits(Step.QUALITY_GATES, Duration.ZERO, NOON.plusSeconds(5), "no machine"));
        assertThat(StepRules.next(waits, Gated.TOKEN, NOON)).isEqualTo(new Move.Wait(NOON.plusSeconds(5)));
        assertThat(StepRules.next(waits, Gated.TOKEN, NOON.plusSeconds(5))).isInstanceOf(Move.Begin.class);
    }

    @Test
    void what_came_of_a_changing_step_is_found_out_before_it_is_called_off() {
        Release lost = after(
                done(RUNNING, Step.QUALITY_GATES),
                BOB,
                started(Step.BACKUP),
                LATER,
                new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(lost, TOKEN, NOON)).isInstanceOf(Move.Wait.class);
        assertThat(StepRules.next(lost, TOKEN, NOON.plusSeconds(5))).isInstanceOf(Move.Recover.class);
    }

    @Test
    void who_waits_for_a_time_that_has_not_come_does_nothing() {
        Release begun = after(done(RUNNING, Step.QUALITY_GATES), ALICE, started(Step.BACKUP));
        assertThat(StepRules.waits(RUNNING, NOON)).isFalse();
        assertThat(StepRules.waits(begun, NOON)).isFalse();
        Release waits = after(begun, ALICE, LATER);
        assertThat(StepRules.waits(waits, NOON)).isTrue();
        assertThat(StepRules.waits(waits, NOON.plusSeconds(5))).isFalse();
        Release failed = after(begun, ALICE, failed(Step.BACKUP), LATER, FAILED);
        assertThat(StepRules.waits(failed, NOON)).isFalse();
        assertThat(StepRules.isRunning(RUNNING)).isFalse();
        assertThat(StepRules.isRunning(begun)).isTrue();
        assertThat(StepRules.isRunning(after(begun, ALICE, failed(Step.BACKUP))))
                .isFalse();
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
        assertThat(StepRules.next(again, TOKEN + 1, NOON))
                .isEqualTo(new Move.Begin(Step.PRE_DEPLOYMENT_CHECKS, "r1/2/pre_deployment_checks"));
        Release checked = after(
                again,
                ALICE,
                started(Step.PRE_DEPLOYMENT_CHECKS),
                succeeded(Step.PRE_DEPLOYMENT_CHECKS),
                started(Step.QUALITY_GATES),
                succeeded(Step.QUALITY_GATES));
        assertThat(StepRules.next(checked, TOKEN + 1, NOON))
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
