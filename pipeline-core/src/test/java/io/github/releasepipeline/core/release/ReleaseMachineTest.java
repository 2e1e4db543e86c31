package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.plan;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.StepWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseMachineTest {
    private static final Digest PLAN = Digest.of("plan");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Release PENDING = release(requested(policy(ApprovalRule.anyone(1))));
    private static final Release RUNNING =
            after(PENDING, ALICE, new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, 5));
    private static final Backup BACKUP = new Backup("b1", MANIFEST);

    private static ReleaseEvent started(Step step) {
        return new ReleaseEvent.StepStarted(step, "key");
    }

    private static StepRun lastRun(Release release) {
        List<StepRun> steps = release.lastAttempt().orElseThrow().steps();
        return steps.get(steps.size() - 1);
    }

    @Test
    void a_request_begins_a_release_with_all_that_was_asked_for() {
        ReleaseEvent.Requested request = rollbackRequested();
        Release release = ReleaseMachine.MACHINE.fold(RELEASE, Optional.empty(), request, by(BOB, "why"));
        assertThat(release)
                .isEqualTo(new Release(
                        RELEASE,
                        request.releaseKind(),
                        request.version(),
                        request.number(),
                        request.manifest(),
                        request.environment(),
                        BOB,
                        NOON,
                        Optional.of("why"),
                        request.policy(),
                        request.plan(),
                        request.rollbackOf(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Release.Order.FORWARD,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        new ReleaseState.PendingApproval(NOON, Optional.empty())));
    }

    @Test
    void nothing_happens_to_a_release_that_there_is_not() {
        assertThatThrownBy(() -> ReleaseMachine.MACHINE.fold(
                        RELEASE, Optional.empty(), new ReleaseEvent.Readied(), by(ALICE, "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No release r1");
        assertThatThrownBy(() -> after(PENDING, ALICE, new ReleaseEvent.Queued()))
                .hasMessage("No such transition: PENDING_APPROVAL --release.queued--> QUEUED");
    }

    @Test
    void votes_are_kept_with_their_plan_and_taken_back_by_who_gave_them() {
        Release bobs = ReleaseMachine.MACHINE.fold(
                RELEASE, Optional.of(PENDING), new ReleaseEvent.Approved(Set.of("sre"), PLAN), by(BOB, "fine"));
        assertThat(bobs.approvals()).containsExactly(new Approval(BOB, Set.of("sre"), "fine", NOON, PLAN));
        Release both = after(bobs, ALICE, new ReleaseEvent.Approved(Set.of(), PLAN));
        assertThat(both.approvals()).hasSize(2);
        assertThat(after(both, BOB, new ReleaseEvent.VoteWithdrawn()).approvals())
                .containsExactly(new Approval(ALICE, Set.of(), "", NOON, PLAN));
    }

    @Test
    void a_bypass_is_remembered() {
        assertThat(after(PENDING, ALICE, new ReleaseEvent.UpstreamBypassed(new EnvironmentName("test")))
                        .bypassed())
                .contains(new EnvironmentName("test"));
    }

    @Test
    void lapsed_approvals_are_gone_and_the_new_plan_waits_for_others() {
        Release lapsed = after(
                PENDING,
                BOB,
                new ReleaseEvent.Approved(Set.of(), PLAN),
                new ReleaseEvent.Readied(),
                new ReleaseEvent.ApprovalsLapsed(plan("other", "drifted"), "drift"));
        assertThat(lapsed.approvals()).isEmpty();
        assertThat(lapsed.plan()).isEqualTo(plan("other", "drifted"));
        assertThat(lapsed.state()).isEqualTo(new ReleaseState.PendingApproval(NOON, Optional.of("drift")));
    }

    @Test
    void steps_are_kept_run_by_run() {
        Release running = after(RUNNING, ALICE, started(Step.BACKUP));
        assertThat(lastRun(running)).isEqualTo(StepRun.begun(Step.BACKUP, "key", NOON));
        Release done = after(
                running,
                ALICE,
                new ReleaseEvent.StepSucceeded(Step.BACKUP, SECOND, "made", Optional.of(BACKUP)),
                started(Step.DEPLOY_ARTIFACTS),
                new ReleaseEvent.StepFailed(Step.DEPLOY_ARTIFACTS, SECOND, FailureKind.FAILED, "no"));
        assertThat(done.backup()).contains(BACKUP);
        assertThat(done.lastAttempt().orElseThrow().steps())
                .containsExactly(
                        StepRun.begun(Step.BACKUP, "key", NOON)
                                .now(StepRun.Status.SUCCEEDED, Optional.of(SECOND), "made"),
                        StepRun.begun(Step.DEPLOY_ARTIFACTS, "key", NOON)
                                .failed(Optional.of(SECOND), "no", FailureKind.FAILED));
        assertThat(done.lastAttempt().orElseThrow().startedAt()).isEqualTo(NOON);
    }

    @Test
    void a_wait_is_counted_and_is_part_of_the_time_that_a_step_took() {
        Release twice = after(
                RUNNING, ALICE, started(Step.BACKUP), waits(SECOND, 5, "no answer"), waits(SECOND, 7, "still none"));
        assertThat(lastRun(twice).status()).isEqualTo(StepRun.Status.RUNNING);
        assertThat(lastRun(twice).took()).contains(SECOND.multipliedBy(2));
        assertThat(lastRun(twice).waiting())
                .contains(new StepWait(2, NOON, NOON.plusSeconds(7), Duration.ofSeconds(12), "still none"));

        Release done =
                after(twice, ALICE, new ReleaseEvent.StepSucceeded(Step.BACKUP, SECOND, "made", Optional.of(BACKUP)));
        assertThat(lastRun(done).took()).contains(Duration.ofSeconds(15));
        assertThat(lastRun(done).waiting()).isEmpty();

        Release lost = after(twice, ALICE, new ReleaseEvent.StepLost(Step.BACKUP, "gone"));
        assertThat(lastRun(lost).took()).contains(Duration.ofSeconds(14));
        assertThat(lastRun(lost).waiting()).isEmpty();
        assertThat(lastRun(after(lost, BOB, new ReleaseEvent.Resolved(Resolution.HAPPENED)))
                        .took())
                .contains(Duration.ofSeconds(14));
    }

    @Test
    void a_wait_of_no_length_is_not_counted() {
        Release asked = after(RUNNING, ALICE, started(Step.BACKUP), waits(SECOND, 0, "no answer"));
        assertThat(lastRun(asked).waiting()).contains(new StepWait(0, NOON, NOON, Duration.ZERO, "no answer"));
        assertThat(lastRun(after(asked, ALICE, waits(SECOND, 3, "still none"))).waiting())
                .contains(new StepWait(1, NOON, NOON.plusSeconds(3), Duration.ofSeconds(3), "still none"));
    }

    @Test
    void a_failed_step_keeps_what_sort_of_failure_it_was_and_its_wait_for_the_next_try() {
        Release failed = after(
                RUNNING,
                ALICE,
                started(Step.BACKUP),
                waits(SECOND, 5, "no answer"),
                new ReleaseEvent.StepFailed(Step.BACKUP, SECOND, FailureKind.ERRORED, "no disk"));
        assertThat(lastRun(failed).failure()).contains(FailureKind.ERRORED);
        assertThat(lastRun(failed).took()).contains(Duration.ofSeconds(7));
        assertThat(lastRun(failed).isTriedAgain()).isFalse();

        Release again = after(failed, ALICE, waits(Duration.ZERO, 3, "no disk"));
        assertThat(lastRun(again).isTriedAgain()).isTrue();
        assertThat(lastRun(again).took()).contains(Duration.ofSeconds(7));
        assertThat(lastRun(again).failure()).contains(FailureKind.ERRORED);
        assertThat(lastRun(again).summary()).isEqualTo("no disk");
        assertThat(lastRun(again).waiting().map(StepWait::number)).contains(1);
    }

    private static ReleaseEvent waits(Duration took, long seconds, String why) {
        return new ReleaseEvent.StepWaits(Step.BACKUP, took, NOON.plusSeconds(seconds), why);
    }

    @Test
    void the_first_backup_is_kept() {
        Release twice = after(
                RUNNING,
                ALICE,
                started(Step.BACKUP),
                new ReleaseEvent.StepSucceeded(Step.BACKUP, SECOND, "", Optional.of(BACKUP)),
                started(Step.BACKUP),
                new ReleaseEvent.StepSucceeded(Step.BACKUP, SECOND, "", Optional.of(new Backup("b2", Digest.of("x")))));
        assertThat(twice.backup()).contains(BACKUP);
    }

    @Test
    void a_wish_to_cancel_outlives_a_lost_step() {
        Release paused = after(
                RUNNING,
                ALICE,
                started(Step.BACKUP),
                new ReleaseEvent.CancelRequested(),
                new ReleaseEvent.StepLost(Step.BACKUP, "gone"));

        Release resolved = after(paused, BOB, new ReleaseEvent.Resolved(Resolution.HAPPENED));

        assertThat(((ReleaseState.InProgress) resolved.state()).cancellation())
                .hasValueSatisfying(wish -> assertThat(wish.by().id()).isEqualTo(ALICE.id()));
    }

    @Test
    void a_lost_step_pauses_and_a_person_says_what_came_of_it() {
        Release paused = after(RUNNING, ALICE, started(Step.BACKUP), new ReleaseEvent.StepLost(Step.BACKUP, "gone"));
        assertThat(paused.state()).isEqualTo(new ReleaseState.Paused(Step.BACKUP, "gone", NOON, Optional.empty()));
        assertThat(lastRun(paused).status()).isEqualTo(StepRun.Status.UNKNOWN);
        assertThat(lastRun(paused).summary()).isEqualTo("gone");
        Release happened = after(paused, BOB, new ReleaseEvent.Resolved(Resolution.HAPPENED));
        assertThat(happened.state()).isEqualTo(new ReleaseState.InProgress(NOON, Optional.empty()));
        assertThat(lastRun(happened).status()).isEqualTo(StepRun.Status.SUCCEEDED);
        assertThat(lastRun(happened).summary()).isEqualTo("confirmed by bob");
        Release givenUp = after(paused, BOB, new ReleaseEvent.Resolved(Resolution.GIVE_UP));
        assertThat(lastRun(givenUp).status()).isEqualTo(StepRun.Status.FAILED);
        assertThat(lastRun(givenUp).summary()).isEqualTo("given up by bob");
        assertThat(lastRun(givenUp).failure()).contains(FailureKind.UNKNOWN);
        assertThat(lastRun(givenUp).took()).isEmpty();
        Release repeat = after(paused, BOB, new ReleaseEvent.Resolved(Resolution.REPEAT));
        assertThat(lastRun(repeat).status()).isEqualTo(StepRun.Status.UNKNOWN);
    }

    @Test
    void a_take_over_changes_the_token_and_nothing_else() {
        Release begun = after(RUNNING, ALICE, started(Step.BACKUP));
        Release taken = after(begun, ALICE, new ReleaseEvent.TakenOver(9));
        assertThat(taken.lastAttempt())
                .contains(new Attempt(
                        1,
                        9,
                        ALICE,
                        NOON,
                        Optional.empty(),
                        begun.attempts().get(0).steps()));
    }

    @Test
    void a_request_to_cancel_is_kept_until_the_next_step() {
        Release asked = ReleaseMachine.MACHINE.fold(
                RELEASE, Optional.of(RUNNING), new ReleaseEvent.CancelRequested(), by(BOB, "wrong"));
        assertThat(asked.state())
                .isEqualTo(new ReleaseState.InProgress(NOON, Optional.of(new ReleaseState.Cancellation(BOB, "wrong"))));
    }

    @Test
    void a_retry_keeps_only_the_backup_of_the_attempt_before() {
        Release failed = after(
                RUNNING,
                ALICE,
                started(Step.QUALITY_GATES),
                new ReleaseEvent.StepSucceeded(Step.QUALITY_GATES, SECOND, "", Optional.empty()),
                started(Step.BACKUP),
                new ReleaseEvent.StepSucceeded(Step.BACKUP, SECOND, "made", Optional.of(BACKUP)),
                new ReleaseEvent.Failed(Step.BACKUP, SECOND, FailureKind.UNKNOWN, "no"),
                new ReleaseEvent.AttemptStarted(2, 6));
        assertThat(failed.attempts()).hasSize(2);
        assertThat(failed.attempts().get(0).took()).contains(SECOND);
        assertThat(failed.attempts().get(1).steps())
                .containsExactly(StepRun.begun(Step.BACKUP, "key", NOON)
                        .now(StepRun.Status.SUCCEEDED, Optional.of(SECOND), "made"));
        Release unfinished = after(
                RUNNING,
                ALICE,
                started(Step.BACKUP),
                new ReleaseEvent.StepFailed(Step.BACKUP, SECOND, FailureKind.ERRORED, "no"),
                new ReleaseEvent.Failed(Step.BACKUP, SECOND, FailureKind.ERRORED, "no"),
                new ReleaseEvent.AttemptStarted(2, 6));
        assertThat(unfinished.attempts().get(1).steps()).isEmpty();
    }

    @Test
    void each_end_says_why() {
        assertThat(ReleaseMachine.MACHINE
                        .fold(RELEASE, Optional.of(PENDING), new ReleaseEvent.Rejected(), by(BOB, "bad"))
                        .state())
                .isEqualTo(new ReleaseState.Rejected(BOB, "bad", NOON));
        assertThat(after(PENDING, BOB, new ReleaseEvent.Expired()).state()).isEqualTo(new ReleaseState.Expired(NOON));
        assertThat(after(PENDING, ALICE, new ReleaseEvent.Cancelled(BOB, "bad")).state())
                .isEqualTo(new ReleaseState.Cancelled(BOB, "bad", NOON));
        Release queued = after(PENDING, ALICE, new ReleaseEvent.Readied(), new ReleaseEvent.Queued());
        assertThat(queued.state()).isEqualTo(new ReleaseState.Queued(NOON, ALICE, new ReleaseState.Ready(NOON)));
        assertThat(after(queued, ALICE, new ReleaseEvent.Superseded(new ReleaseId("r2")))
                        .state())
                .isEqualTo(new ReleaseState.Superseded(new ReleaseId("r2"), NOON));
    }

    @Test
    void success_and_failure_keep_how_long_it_took_and_what_it_brought() {
        List<Delivery> delivered = List.of(new Delivery(7, NOON, Optional.empty()));
        Release good = after(RUNNING, ALICE, new ReleaseEvent.Succeeded(SECOND, delivered));
        assertThat(good.state()).isEqualTo(new ReleaseState.Succeeded(NOON));
        assertThat(good.took()).contains(SECOND);
        assertThat(good.delivered()).isEqualTo(delivered);
        Release bad = after(RUNNING, ALICE, new ReleaseEvent.Failed(Step.ACTIVATE, SECOND, FailureKind.ERRORED, "no"));
        assertThat(bad.state()).isEqualTo(new ReleaseState.Failed(Step.ACTIVATE, FailureKind.ERRORED, "no", NOON));
        assertThat(bad.took()).contains(SECOND);
        ReleaseEvent.RolledBack back = new ReleaseEvent.RolledBack(new ReleaseId("r2"));
        assertThat(after(good, ALICE, back).state())
                .isEqualTo(new ReleaseState.RolledBack(new ReleaseId("r2"), NOON, true, NOON));
        assertThat(after(bad, ALICE, back).state())
                .isEqualTo(new ReleaseState.RolledBack(new ReleaseId("r2"), NOON, false, NOON));
    }

    @Test
    void a_rollback_later_does_not_move_the_end() {
        Release good = after(RUNNING, ALICE, new ReleaseEvent.Succeeded(SECOND, List.of()));
        Release back = ReleaseMachine.MACHINE.fold(
                RELEASE,
                Optional.of(good),
                new ReleaseEvent.RolledBack(new ReleaseId("r2")),
                new Stamp(BOB, NOON.plusSeconds(60), Optional.empty()));
        assertThat(back.state().finishedAt()).contains(NOON);
    }

    @Test
    void every_state_but_those_before_the_first_attempt_shows_its_log() {
        for (ReleaseState.Kind state : ReleaseState.Kind.values()) {
            assertThat(ReleaseActions.in(state).contains(ReleaseAction.VIEW_LOGS))
                    .isEqualTo(state != ReleaseState.Kind.PENDING_APPROVAL && state != ReleaseState.Kind.READY);
        }
    }
}
