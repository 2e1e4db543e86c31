package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecorderTest {
    private static final Duration TOOK = Duration.ofSeconds(5);
    private static final Duration BEFORE = Duration.ofSeconds(60);
    private static final ReleaseState.Cancellation CANCELLATION = new ReleaseState.Cancellation(ALICE, "not needed");

    private RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);

    /** What a worker may commit. */
    private enum Commit {
        BEGUN((recorder, running) ->
                recorder.begun(RELEASE, TOKEN, running.begin(Step.PRE_DEPLOYMENT_CHECKS)) instanceof After.Begun),
        OUTCOME((recorder, running) -> goesOn(recorder.outcome(
                RELEASE,
                TOKEN,
                Step.PRE_DEPLOYMENT_CHECKS,
                TOOK,
                BEFORE,
                new StepOutcome.Done("fine"),
                running.log(Step.PRE_DEPLOYMENT_CHECKS),
                true))),
        UNANSWERED((recorder, running) -> recorder.unanswered(
                        RELEASE, TOKEN, Step.BACKUP, TOOK, "no answer", running.log(Step.BACKUP))
                .isPresent()),
        WAITS((recorder, running) -> recorder.waits(
                RELEASE, TOKEN, Step.BACKUP, TOOK, TOOK, "no answer", Optional.of("waits"), running.log(Step.BACKUP))),
        LOST((recorder, running) ->
                recorder.lost(RELEASE, TOKEN, Step.BACKUP, "nobody knows", running.log(Step.BACKUP))),
        ENDED((recorder, running) -> {
            recorder.ended(
                    RELEASE,
                    TOKEN,
                    new ReleaseEvent.Failed(Step.BACKUP, TOOK, FailureKind.UNKNOWN, "given up"),
                    Optional.empty(),
                    running.log(Step.BACKUP));
            return false;
        }),
        CANCELLED((recorder, running) -> {
            recorder.cancelled(
                    RELEASE,
                    TOKEN,
                    CANCELLATION,
                    Optional.of(new EnvironmentEvent.Degraded("left over", List.of())),
                    running.log(Step.BACKUP));
            return false;
        }),
        SUCCEEDED((recorder, running) -> {
            recorder.succeeded(RELEASE, TOKEN, TOOK);
            return false;
        });

        private final Work work;

        Commit(Work work) {
            this.work = work;
        }
    }

    private interface Work {
        boolean on(Recorder recorder, RunningRelease running);
    }

    @ParameterizedTest
    @EnumSource
    void a_worker_that_was_taken_over_records_nothing_and_does_not_go_on(Commit commit) {
        // given
        running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
        List<DomainEvent> before = running.events();
        // when
        boolean goesOn = commit.work.on(running.recorder, running);
        // then
        assertThat(goesOn).isFalse();
        assertThat(running.events()).isEqualTo(before);
        assertThat(running.lines()).isEmpty();
    }

    @Test
    void a_step_is_begun_once_however_often_its_commit_is_repeated() {
        // when
        After first = begun(Step.PRE_DEPLOYMENT_CHECKS);
        List<DomainEvent> events = running.events();
        After again = begun(Step.PRE_DEPLOYMENT_CHECKS);
        // then
        assertThat(first).isEqualTo(new After.Begun(running.begin(Step.PRE_DEPLOYMENT_CHECKS)));
        assertThat(again).as("the worker has to run what it began").isEqualTo(first);
        assertThat(running.events()).isEqualTo(events);
        assertThat(running.lines()).containsExactly("Running pre-deployment checks...");
    }

    @Test
    void the_next_step_is_begun_by_the_commit_of_the_outcome_before_it() {
        // given
        running = new RunningRelease(ReleaseKind.DEPLOY, GatePolicy.once("scan"));
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        running.store.loseNextAnswer(); // so the commit is made again
        // when
        After after = checked();
        // then
        assertThat(after).isEqualTo(new After.Begun(running.begin(Step.QUALITY_GATES)));
        assertThat(running.events())
                .filteredOn(ReleaseEvent.class::isInstance)
                .endsWith(
                        new ReleaseEvent.StepSucceeded(Step.PRE_DEPLOYMENT_CHECKS, TOOK, "fine", Optional.empty()),
                        started(Step.QUALITY_GATES));
    }

    @Test
    void a_step_that_asks_nobody_is_over_in_the_commit_in_which_it_begins() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        running.store.loseNextAnswer(); // so the commit is made again
        // when
        After after = checked();
        // then
        assertThat(after).isEqualTo(new After.Begun(running.begin(Step.BACKUP)));
        assertThat(running.events())
                .filteredOn(ReleaseEvent.class::isInstance)
                .endsWith(
                        started(Step.QUALITY_GATES),
                        new ReleaseEvent.StepSucceeded(
                                Step.QUALITY_GATES, Duration.ZERO, "0 gates passed", Optional.empty()),
                        started(Step.BACKUP));
        assertThat(running.lines())
                .containsExactly(
                        "Running pre-deployment checks...",
                        "Running quality gates...",
                        "Creating backup of current state...");
    }

    @Test
    void a_step_that_runs_when_a_worker_first_looks_is_not_taken_for_one_that_it_began_itself() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.record(started(Step.BACKUP));
        assertThat(checked()).as("the target has to be asked for the backup").isEqualTo(new After.GoOn());
    }

    @Test
    void a_step_before_the_one_that_is_over_is_asked_for_where_the_store_has_lost_what_came_of_it() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        checked();
        // when
        After after = running.recorder.outcome(
                RELEASE,
                TOKEN,
                Step.DEPLOY_ARTIFACTS,
                TOOK,
                BEFORE,
                new StepOutcome.Done("2 workflows staged"),
                running.log(Step.DEPLOY_ARTIFACTS),
                true);
        // then
        assertThat(after)
                .as("the backup runs, and nobody knows what came of it")
                .isEqualTo(new After.GoOn());
    }

    @Test
    void a_step_that_has_ended_is_not_lost() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES, Step.BACKUP);
        begun(Step.DEPLOY_ARTIFACTS);
        List<DomainEvent> before = running.events();
        // when
        boolean lost = running.recorder.lost(RELEASE, TOKEN, Step.BACKUP, "nobody knows", running.log(Step.BACKUP));
        // then
        assertThat(lost).isFalse();
        assertThat(running.events()).isEqualTo(before);
    }

    @Test
    void checks_that_were_called_have_their_outcome_and_lines_also_if_the_release_is_called_off_meanwhile() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        RecordedLog log = running.log(Step.PRE_DEPLOYMENT_CHECKS);
        log.info("gateway reached");
        running.record(new ReleaseEvent.CancelRequested());
        running.store.loseNextAnswer(); // so the commit is made again
        // when
        After after = running.recorder.outcome(
                RELEASE, TOKEN, Step.PRE_DEPLOYMENT_CHECKS, TOOK, BEFORE, new StepOutcome.Done("fine"), log, true);
        // then
        assertThat(after).isEqualTo(new After.GoOn());
        assertThat(running.lines()).containsExactly("Running pre-deployment checks...", "gateway reached");
        assertThat(running.events())
                .contains(new ReleaseEvent.StepSucceeded(Step.PRE_DEPLOYMENT_CHECKS, TOOK, "fine", Optional.empty()));
    }

    private ReleaseEvent.StepStarted started(Step step) {
        return new ReleaseEvent.StepStarted(step, running.begin(step).attemptKey());
    }

    @Test
    void no_step_is_begun_where_the_worker_is_to_stop_after_this_one() {
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        assertThat(outcome(Step.PRE_DEPLOYMENT_CHECKS, new StepOutcome.Done("fine")))
                .isTrue();
        assertThat(running.events())
                .filteredOn(ReleaseEvent.class::isInstance)
                .endsWith(new ReleaseEvent.StepSucceeded(Step.PRE_DEPLOYMENT_CHECKS, TOOK, "fine", Optional.empty()));
    }

    @Test
    void a_worker_that_wants_another_step_than_the_next_looks_again() {
        assertThat(begun(Step.BACKUP)).isEqualTo(new After.GoOn());
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        assertThat(begun(Step.BACKUP)).isEqualTo(new After.GoOn());
        assertThat(running.lines()).containsExactly("Running pre-deployment checks...");
    }

    @Test
    void an_outcome_is_recorded_once_however_often_its_commit_is_repeated() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        boolean first = outcome(Step.PRE_DEPLOYMENT_CHECKS, new StepOutcome.Done("fine"));
        List<DomainEvent> events = running.events();
        boolean again = outcome(Step.PRE_DEPLOYMENT_CHECKS, new StepOutcome.Done("fine"));
        // then
        assertThat(first).isTrue();
        assertThat(again).as("the release goes on with its next step").isTrue();
        assertThat(running.events()).isEqualTo(events);
    }

    @Test
    void a_call_without_an_answer_raises_the_token_once_however_often_its_commit_is_repeated() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        Optional<Long> first = unanswered("no answer");
        List<DomainEvent> events = running.events();
        Optional<Long> again = unanswered("no answer");
        // then
        assertThat(first).contains(TOKEN + 1);
        assertThat(again).contains(TOKEN + 1);
        assertThat(running.events()).isEqualTo(events);
        assertThat(unanswered("another worker's"))
                .as("who was taken over and has nothing to do with it")
                .isEmpty();
    }

    @Test
    void who_was_taken_over_by_one_that_waits_does_not_go_on_with_its_token() {
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        running.record(
                new ReleaseEvent.TakenOver(TOKEN + 1),
                new ReleaseEvent.StepWaits(Step.PRE_DEPLOYMENT_CHECKS, TOOK, NOON.plusSeconds(1), "no answer"));
        assertThat(unanswered("no answer")).isEmpty();
    }

    @Test
    void a_worker_whose_step_has_ended_does_not_raise_its_token() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS);
        List<DomainEvent> events = running.events();
        assertThat(unanswered("no answer")).isEmpty();
        assertThat(running.events()).isEqualTo(events);
    }

    @Test
    void a_wait_is_recorded_once_however_often_its_commit_is_repeated() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        boolean first = Commit.WAITS.work.on(running.recorder, running);
        List<DomainEvent> events = running.events();
        boolean again = Commit.WAITS.work.on(running.recorder, running);
        // then
        assertThat(first).isTrue();
        assertThat(again).as("the worker looks what comes next: the wait").isTrue();
        assertThat(running.events()).isEqualTo(events);
        assertThat(running.lines()).containsExactly("Running pre-deployment checks...", "! waits");
    }

    private Optional<Long> unanswered(String why) {
        return running.recorder.unanswered(
                RELEASE, TOKEN, Step.PRE_DEPLOYMENT_CHECKS, TOOK, why, running.log(Step.PRE_DEPLOYMENT_CHECKS));
    }

    @Test
    void a_failed_step_ends_the_attempt_with_the_time_of_all_its_steps_and_frees_the_slot() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        boolean goesOn = outcome(
                Step.PRE_DEPLOYMENT_CHECKS,
                new StepOutcome.Failed(FailureKind.FAILED, "first line\nsecond line", List.of()));
        // then
        assertThat(goesOn).isFalse();
        assertThat(running.release().took()).contains(Duration.ofSeconds(65));
        assertThat(running.environment().running()).isEmpty();
        assertThat(running.environment().degradation()).isEmpty();
        assertThat(running.lines())
                .endsWith("✗ Deployment failed after 1m 5s: first line second line")
                .hasSize(2);
    }

    @Test
    void an_activated_version_is_told_and_remembered_by_its_environment() {
        // given
        running.done(
                Step.PRE_DEPLOYMENT_CHECKS,
                Step.QUALITY_GATES,
                Step.BACKUP,
                Step.DEPLOY_ARTIFACTS,
                Step.POST_DEPLOYMENT_CHECKS);
        begun(Step.ACTIVATE);
        // when
        outcome(Step.ACTIVATE, new StepOutcome.Done("2 workflows active"));
        // then
        assertThat(running.environment().active())
                .hasValueSatisfying(active -> assertThat(active.release()).isEqualTo(RELEASE));
        assertThat(running.lines()).endsWith("✓ Version v1.2.0 is now active in staging");
    }

    @Test
    void items_that_a_failed_step_could_not_put_back_degrade_the_environment() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        outcome(
                Step.PRE_DEPLOYMENT_CHECKS,
                new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of(RunningRelease.FLOW)));
        // then
        assertThat(running.environment().degradation())
                .contains(new Degradation("items of v1.2.0 could not be put back", List.of(RunningRelease.FLOW), NOON));
    }

    @Test
    void a_lost_step_keeps_the_slot_and_says_why() {
        // given
        begun(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        running.recorder.lost(
                RELEASE, TOKEN, Step.PRE_DEPLOYMENT_CHECKS, "no answer", running.log(Step.PRE_DEPLOYMENT_CHECKS));
        // then
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.PAUSED);
        assertThat(running.environment().running()).contains(RELEASE);
        assertThat(running.lines()).endsWith("✗ Outcome of pre-deployment checks is unknown: no answer");
    }

    @Test
    void a_step_that_was_given_up_fails_the_release_and_frees_the_slot() {
        // when
        running.recorder.ended(
                RELEASE,
                TOKEN,
                new ReleaseEvent.Failed(Step.BACKUP, TOOK, FailureKind.UNKNOWN, "given up"),
                Optional.empty(),
                running.log(Step.BACKUP));
        // then
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.FAILED);
        assertThat(running.environment().running()).isEmpty();
        assertThat(running.lines()).containsExactly("✗ Deployment failed after 5.0s: given up");
    }

    @Test
    void what_a_cancelled_release_leaves_behind_degrades_its_environment() {
        // when
        running.recorder.cancelled(
                RELEASE,
                TOKEN,
                CANCELLATION,
                Optional.of(new EnvironmentEvent.Degraded("not dropped", List.of(RunningRelease.FLOW))),
                running.log(Step.BACKUP));
        // then
        assertThat(running.release().state()).isEqualTo(new ReleaseState.Cancelled(ALICE, "not needed", NOON));
        assertThat(running.environment().running()).isEmpty();
        assertThat(running.environment().degradation())
                .contains(new Degradation("not dropped", List.of(RunningRelease.FLOW), NOON));
    }

    @Test
    void a_release_that_was_cancelled_cleanly_leaves_its_environment_sound() {
        // when
        running.recorder.cancelled(RELEASE, TOKEN, CANCELLATION, Optional.empty(), running.log(Step.BACKUP));
        // then
        assertThat(running.environment().running()).isEmpty();
        assertThat(running.environment().degradation()).isEmpty();
    }

    @Test
    void a_rollback_that_fails_degrades_its_environment() {
        // given
        running = new RunningRelease(ReleaseKind.ROLLBACK);
        begun(Step.DEACTIVATE);
        // when
        outcome(Step.DEACTIVATE, new StepOutcome.Failed(FailureKind.ERRORED, "no machine", List.of()));
        // then
        assertThat(running.environment().degradation())
                .contains(new Degradation("rollback to v1.2.0 failed midway: no machine", List.of(), NOON));
        assertThat(running.environment().running()).isEmpty();
        assertThat(running.lines()).endsWith("✗ Rollback failed after 1m 5s: no machine");
    }

    @Test
    void a_rollback_that_leaves_items_behind_is_told_once_with_the_items_and_that_it_failed_midway() {
        // given
        running = new RunningRelease(ReleaseKind.ROLLBACK);
        begun(Step.DEACTIVATE);
        // when
        outcome(
                Step.DEACTIVATE,
                new StepOutcome.Failed(FailureKind.ERRORED, "no machine", List.of(RunningRelease.FLOW)));
        // then
        assertThat(running.events())
                .filteredOn(EnvironmentEvent.Degraded.class::isInstance)
                .containsExactly(new EnvironmentEvent.Degraded(
                        "rollback to v1.2.0 failed midway: no machine", List.of(RunningRelease.FLOW)));
    }

    @Test
    void a_rollback_that_succeeds_marks_what_it_rolled_back() {
        // given
        running = new RunningRelease(ReleaseKind.ROLLBACK);
        // when
        running.recorder.succeeded(RELEASE, TOKEN, TOOK);
        // then
        assertThat(running.engine.get(RunningRelease.ORIGINAL).state().kind()).isEqualTo(ReleaseState.Kind.ROLLED_BACK);
        assertThat(running.environment().running()).isEmpty();
        assertThat(running.lines())
                .containsExactly(
                        "Not rolled back: database schema migrations (must be handled separately)",
                        "Not rolled back: in-flight workflow executions (will complete with the version they began with)",
                        "Not rolled back: historical execution data (preserved)",
                        "Rollback succeeded in 5.0s");
    }

    /** The first step is over, and the worker goes on. */
    private After checked() {
        return running.recorder.outcome(
                RELEASE,
                TOKEN,
                Step.PRE_DEPLOYMENT_CHECKS,
                TOOK,
                BEFORE,
                new StepOutcome.Done("fine"),
                running.log(Step.PRE_DEPLOYMENT_CHECKS),
                true);
    }

    private After begun(Step step) {
        return running.recorder.begun(RELEASE, TOKEN, running.begin(step));
    }

    private boolean outcome(Step step, StepOutcome outcome) {
        return goesOn(running.recorder.outcome(RELEASE, TOKEN, step, TOOK, BEFORE, outcome, running.log(step), false));
    }

    private static boolean goesOn(After after) {
        return !(after instanceof After.Rest);
    }
}
