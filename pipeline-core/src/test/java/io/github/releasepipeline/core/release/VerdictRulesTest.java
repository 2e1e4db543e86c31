package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.ROBOT;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.StepRules.Move;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictRulesTest {
    private static final GatePolicy BOARD = board(Optional.of("cab"));
    private static final Release RUNNING = Gated.by(BOARD, GatePolicy.once("tests"));
    private static final Release WAITING = after(RUNNING, ALICE, new ReleaseEvent.VerdictAwaited("board"));

    @Test
    void a_release_that_waits_for_a_verdict_is_paused_and_says_so() {
        assertThat(WAITING.state())
                .isEqualTo(new ReleaseState.Paused(
                        Step.QUALITY_GATES,
                        "quality gate 'board' waits for the verdict of a person",
                        NOON,
                        Optional.empty()));
        assertThat(VerdictRules.awaited(WAITING)).contains(BOARD);
        assertThat(StepRules.next(WAITING, Gated.TOKEN, NOON)).isEqualTo(new Move.Stop());
    }

    @Test
    void who_waits_for_something_else_waits_for_no_verdict() {
        assertThat(VerdictRules.awaited(RUNNING)).isEmpty();
        Release lost = after(RUNNING, ALICE, new ReleaseEvent.StepLost(Step.QUALITY_GATES, "nobody knows"));
        assertThat(VerdictRules.awaited(lost)).isEmpty();
        assertThat(ReleaseActions.of(lost)).containsExactlyInAnyOrder(ReleaseAction.VIEW_LOGS, ReleaseAction.RESOLVE);
        refused(judge(lost, BOB, "cab"), "release.state");
        refused(CancelRules.cancel(lost, by(ALICE, "no")), "release.state");
    }

    @Test
    void what_is_offered_is_to_judge_and_to_cancel_and_nothing_is_to_be_resolved() {
        assertThat(ReleaseActions.of(WAITING))
                .containsExactlyInAnyOrder(ReleaseAction.VIEW_LOGS, ReleaseAction.JUDGE, ReleaseAction.CANCEL);
        refused(StepRules.resolve(WAITING, Resolution.HAPPENED), "release.state");
    }

    @Test
    void a_verdict_lets_the_release_go_on() {
        GateRun run = GateRun.first("board", GateVerdict.PASSED, "board passed (bob: fine)", Map.of(), NOON);
        assertThat(accepted(judge(WAITING, BOB, "cab"))).containsExactly(new ReleaseEvent.GateJudged(run));
        Release judged = after(WAITING, BOB, new ReleaseEvent.GateJudged(run));
        assertThat(judged.state()).isEqualTo(new ReleaseState.InProgress(NOON, Optional.empty()));
        assertThat(StepRules.next(judged, Gated.TOKEN, NOON))
                .isEqualTo(new Move.Recover(Step.QUALITY_GATES, "key", Optional.empty()));
        assertThat(GateRules.next(judged, NOON)).isEqualTo(new GateRules.Next.Ask(GatePolicy.once("tests")));
    }

    @Test
    void a_verdict_against_says_so() {
        Decision decision = VerdictRules.judge(
                WAITING, "board", GateVerdict.FAILED, "too risky", voter(BOB, "cab"), involvement(), NOON);
        assertThat(accepted(decision))
                .containsExactly(new ReleaseEvent.GateJudged(
                        GateRun.first("board", GateVerdict.FAILED, "board failed (bob: too risky)", Map.of(), NOON)));
    }

    @Test
    void only_the_gate_that_is_waited_for_is_judged() {
        Decision decision = VerdictRules.judge(
                WAITING, "tests", GateVerdict.PASSED, "fine", voter(BOB, "cab"), involvement(), NOON);
        assertThat(refused(decision, "release.gate.not-awaited").message())
                .isEqualTo("Release r1 does not wait for a verdict of quality gate 'tests', but of 'board'");
        refused(judge(RUNNING, BOB, "cab"), "release.state");
    }

    @Test
    void who_may_not_vote_may_not_judge() {
        refused(judge(WAITING, ALICE, "cab"), "release.vote.requester");
        refused(judge(WAITING, ROBOT, "cab"), "release.vote.human");
    }

    @Test
    void only_the_group_judges() {
        assertThat(refused(judge(WAITING, BOB, "friends"), "release.gate.group").message())
                .isEqualTo("bob is not in the group that judges here: cab");
        Release open = after(Gated.by(board(Optional.empty())), ALICE, new ReleaseEvent.VerdictAwaited("board"));
        assertThat(accepted(judge(open, BOB, "friends"))).hasSize(1);
    }

    @Test
    void a_release_that_waits_for_a_verdict_is_called_off_without_one() {
        ReleaseEvent requested = (ReleaseEvent)
                accepted(CancelRules.cancel(WAITING, by(ALICE, "no more"))).get(0);
        Release unwanted = after(WAITING, ALICE, requested);
        assertThat(unwanted.state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        Move move = StepRules.next(unwanted, Gated.TOKEN, NOON);
        assertThat(move)
                .isInstanceOfSatisfying(
                        Move.Cancel.class, cancel -> assertThat(cancel.staged()).isFalse());
    }

    @Test
    void gates_that_run_are_not_waited_for_when_a_release_is_called_off_and_other_steps_are() {
        Release unwanted = after(RUNNING, ALICE, new ReleaseEvent.CancelRequested());
        assertThat(StepRules.next(unwanted, Gated.TOKEN, NOON)).isInstanceOf(Move.Cancel.class);
        assertThat(StepRules.isJudging(unwanted)).isTrue();
        Release later = after(
                RUNNING,
                ALICE,
                new ReleaseEvent.StepSucceeded(Step.QUALITY_GATES, Duration.ZERO, "", Optional.empty()),
                new ReleaseEvent.StepStarted(Step.BACKUP, "backup"),
                new ReleaseEvent.CancelRequested());
        assertThat(StepRules.isJudging(later)).isFalse();
        assertThat(StepRules.next(later, Gated.TOKEN, NOON))
                .isEqualTo(new Move.Recover(Step.BACKUP, "backup", Optional.empty()));
    }

    private static GatePolicy board(Optional<String> group) {
        return new GatePolicy("board", Duration.ofDays(1), new Asking.ByPerson(group));
    }

    private static Decision judge(Release release, Actor actor, String group) {
        return VerdictRules.judge(
                release, "board", GateVerdict.PASSED, "fine", voter(actor, group), involvement(), NOON);
    }

    private static ApprovalRules.Voter voter(Actor actor, String group) {
        return new ApprovalRules.Voter(actor, Set.of(group));
    }

    private static ApprovalRules.Involvement involvement() {
        return new ApprovalRules.Involvement(ALICE, Set.of());
    }
}
