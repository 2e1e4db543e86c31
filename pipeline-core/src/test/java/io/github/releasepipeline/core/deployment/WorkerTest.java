package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.subject.DomainEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);

    @Test
    void a_worker_moves_until_the_release_has_ended() {
        // given
        Worker worker = worker(TOKEN);
        running.target.after(Step.BACKUP, () -> running.clock.advance(Duration.ofSeconds(3)));
        running.target.after(Step.ACTIVATE, () -> running.clock.advance(Duration.ofSeconds(4)));
        // when
        for (Step step : Step.of(ReleaseKind.DEPLOY)) {
            assertThat(worker.move()).as("something follows %s", step).isTrue();
        }
        boolean more = worker.move();
        // then
        assertThat(more).isFalse();
        assertThat(running.release().succeeded()).isTrue();
        assertThat(running.release().took()).contains(Duration.ofSeconds(7));
        assertThat(run(Step.BACKUP).took()).contains(Duration.ofSeconds(3));
        assertThat(worker.move()).isFalse();
    }

    @Test
    void a_worker_that_was_taken_over_does_not_move() {
        running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
        List<DomainEvent> before = running.events();
        assertThat(worker(TOKEN).move()).isFalse();
        assertThat(running.events()).isEqualTo(before);
        assertThat(running.target.effects()).isEmpty();
    }

    @Test
    void a_step_that_fails_ends_the_worker() {
        running.target.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "unhealthy");
        assertThat(worker(TOKEN).move()).isFalse();
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Failed(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "unhealthy", NOON));
    }

    @Test
    void what_another_worker_began_is_asked_for_under_its_key_and_not_done_twice() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.target.after(Step.BACKUP, () -> {
            throw new CutOff();
        });
        cutOff(worker(TOKEN));
        running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
        // when
        boolean more = worker(TOKEN + 1).move();
        // then
        assertThat(more).isTrue();
        assertThat(run(Step.BACKUP).status()).isEqualTo(StepRun.Status.SUCCEEDED);
        assertThat(running.target.effects())
                .containsExactly(new ScriptedTarget.Effect(Step.BACKUP, "r1/1/backup", TOKEN));
    }

    @Test
    void what_another_worker_began_and_nobody_can_tell_of_ends_the_worker_too() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.record(new ReleaseEvent.StepStarted(Step.BACKUP, RunningRelease.key(Step.BACKUP)));
        running.target.loseProbe("the journal is gone");
        assertThat(worker(TOKEN).move()).isFalse();
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.PAUSED);
    }

    @Test
    void a_step_that_nobody_can_tell_of_ends_the_worker_and_pauses_the_release() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.target.loseReply(Step.BACKUP);
        running.target.loseProbe("the journal is gone");
        assertThat(worker(TOKEN).move()).isFalse();
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.PAUSED);
    }

    @Test
    void a_step_that_a_person_gave_up_fails_the_release_after_the_time_it_ran() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.record(
                new ReleaseEvent.StepStarted(Step.BACKUP, RunningRelease.key(Step.BACKUP)),
                new ReleaseEvent.StepLost(Step.BACKUP, "nobody knows"),
                new ReleaseEvent.Resolved(Resolution.GIVE_UP));
        // when
        boolean more = worker(TOKEN).move();
        // then
        assertThat(more).isFalse();
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Failed(Step.BACKUP, FailureKind.UNKNOWN, "backup was given up", NOON));
        assertThat(running.release().took()).contains(Duration.ofSeconds(2));
    }

    @Test
    void a_target_that_somebody_else_drives_fails_the_step_so_that_a_person_looks() {
        // given
        running.target.probe("another key", TOKEN + 5);
        // when
        boolean more = worker(TOKEN).move();
        // then
        assertThat(more).isFalse();
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Failed(
                        Step.PRE_DEPLOYMENT_CHECKS,
                        FailureKind.ERRORED,
                        "The target has seen token 12, newer than 7: is it driven by something else?",
                        NOON));
    }

    @Test
    void a_worker_that_the_target_fences_after_a_takeover_records_nothing() {
        // given
        running.target.before(Step.PRE_DEPLOYMENT_CHECKS, () -> {
            running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
            running.target.probe("the key of the new worker", TOKEN + 1);
        });
        // when
        boolean more = worker(TOKEN).move();
        // then
        assertThat(more).isFalse();
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(run(Step.PRE_DEPLOYMENT_CHECKS).status()).isEqualTo(StepRun.Status.RUNNING);
    }

    @Test
    void a_release_that_is_called_off_before_anything_was_staged_does_not_touch_the_target() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS);
        running.record(new ReleaseEvent.CancelRequested());
        // when
        boolean more = worker(TOKEN).move();
        // then
        assertThat(more).isFalse();
        assertThat(running.release().state()).isEqualTo(new ReleaseState.Cancelled(ALICE, "said so", NOON));
        assertThat(running.target.effects()).isEmpty();
        assertThat(running.environment().degradation()).isEmpty();
        assertThat(running.lines()).containsExactly("! Cancelled by alice: said so");
    }

    @Test
    void a_release_that_is_called_off_drops_what_it_staged() {
        // given
        staged();
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.target.effects())
                .containsExactly(new ScriptedTarget.Effect(Step.RESTORE, "r1/1/cancel", TOKEN));
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.CANCELLED);
        assertThat(running.environment().degradation()).isEmpty();
    }

    @Test
    void what_a_called_off_release_cannot_drop_degrades_the_environment() {
        // given
        staged();
        running.target.failNext(Step.RESTORE, FailureKind.ERRORED, "disk full");
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.CANCELLED);
        assertThat(running.environment().degradation())
                .map(Degradation::reason)
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("what was staged could not be dropped: ")
                        .contains("disk full"));
    }

    @Test
    void whether_a_called_off_release_left_something_may_be_unknown_and_then_a_person_looks() {
        // given
        staged();
        running.target.loseReply(Step.RESTORE);
        running.target.loseProbe("the journal is gone");
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.environment().degradation())
                .map(Degradation::reason)
                .hasValueSatisfying(why -> assertThat(why).contains("the journal is gone"));
    }

    private void staged() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES, Step.BACKUP, Step.DEPLOY_ARTIFACTS);
        running.record(new ReleaseEvent.CancelRequested());
    }

    private StepRun run(Step step) {
        return running.release().attempts().get(0).steps().stream()
                .filter(run -> run.step() == step)
                .findFirst()
                .orElseThrow();
    }

    /** Its process is gone in the middle of a call. */
    private static final class CutOff extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static void cutOff(Worker worker) {
        try {
            worker.move();
        } catch (CutOff e) {
            return;
        }
        throw new AssertionError("was not cut off");
    }

    private Worker worker(long token) {
        Planner planner = new Planner(running.engine, running.repository);
        return new Worker(
                running.engine,
                new WiredEnvironments(List.of(running.wired(running.target))),
                new StepExecutor(running.engine, planner, version -> List.of(), running.persistence),
                running.recorder,
                running.persistence,
                () -> running.clock.millis() * NANOS_PER_MILLI,
                RELEASE,
                token);
    }
}
