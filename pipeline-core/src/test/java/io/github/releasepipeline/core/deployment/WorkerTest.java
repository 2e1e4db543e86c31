package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.memory.ScriptedGate;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.StepWait;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Calls calls = new Calls();
    private RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);

    @Test
    void a_worker_moves_until_the_release_has_ended() {
        // given
        Worker worker = worker(TOKEN);
        running.target.after(Step.BACKUP, () -> running.clock.advance(Duration.ofSeconds(3)));
        running.target.after(Step.ACTIVATE, () -> running.clock.advance(Duration.ofSeconds(4)));
        // when
        List<Step> calling = Step.of(ReleaseKind.DEPLOY).stream()
                .filter(step -> step != Step.QUALITY_GATES && step != Step.NOTIFY)
                .toList();
        for (Step step : calling) {
            assertThat(worker.move()).as("something follows %s", step).isEqualTo(new Progress.GoOn());
        }
        Progress progress = worker.move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
        assertThat(running.release().succeeded()).isTrue();
        assertThat(running.release().took()).contains(Duration.ofSeconds(7));
        assertThat(run(Step.BACKUP).took()).contains(Duration.ofSeconds(3));
        assertThat(worker.move()).isEqualTo(new Progress.Rest());
    }

    @Test
    void a_worker_that_was_taken_over_does_not_move() {
        running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
        List<DomainEvent> before = running.events();
        assertThat(worker(TOKEN).move()).isEqualTo(new Progress.Rest());
        assertThat(running.events()).isEqualTo(before);
        assertThat(running.target.effects()).isEmpty();
    }

    @Test
    void a_step_that_fails_ends_the_worker() {
        running.target.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "unhealthy");
        assertThat(worker(TOKEN).move()).isEqualTo(new Progress.Rest());
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Failed(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "unhealthy", NOON));
    }

    @Test
    void a_start_that_others_may_have_gone_on_from_is_read_before_its_checks_are_called() {
        assertThat(checksOf(false)).isZero();
    }

    @Test
    void a_start_that_nobody_else_goes_on_from_is_not_read_again() {
        assertThat(checksOf(true)).isEqualTo(1);
    }

    /** How often the target is asked for checks that are running as far as the worker's process has seen, but are over. */
    private int checksOf(boolean alone) {
        running.record(new ReleaseEvent.StepStarted(
                Step.PRE_DEPLOYMENT_CHECKS, RunningRelease.key(Step.PRE_DEPLOYMENT_CHECKS)));
        Engine engine = running.seeing(RELEASE, running.release());
        running.record(new ReleaseEvent.StepSucceeded(
                Step.PRE_DEPLOYMENT_CHECKS, Duration.ofSeconds(1), "", Optional.empty()));
        AtomicInteger asked = new AtomicInteger();
        running.target.before(Step.PRE_DEPLOYMENT_CHECKS, asked::incrementAndGet);
        worker(engine, running.target, alone, TOKEN).move();
        return asked.get();
    }

    @Test
    void what_another_worker_began_is_asked_for_under_its_key_and_not_done_twice() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.record(new ReleaseEvent.StepStarted(Step.BACKUP, "r1/1/backup"));
        running.target.backUp(call(Step.BACKUP, "r1/1/backup", TOKEN));
        running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
        // when
        Progress progress = worker(TOKEN + 1).move();
        // then
        assertThat(progress).isEqualTo(new Progress.GoOn());
        assertThat(run(Step.BACKUP).status()).isEqualTo(StepRun.Status.SUCCEEDED);
        assertThat(running.target.effects())
                .containsExactly(new ScriptedTarget.Effect(Step.BACKUP, "r1/1/backup", TOKEN));
    }

    @Test
    void what_another_worker_began_and_nobody_can_tell_of_ends_the_worker_too() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.record(new ReleaseEvent.StepStarted(Step.BACKUP, RunningRelease.key(Step.BACKUP)));
        running.target.loseProbe("the journal is gone");
        assertThat(worker(TOKEN).move()).isEqualTo(new Progress.Rest());
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.PAUSED);
    }

    @Test
    void a_step_that_nobody_can_tell_of_ends_the_worker_and_pauses_the_release() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.target.loseReply(Step.BACKUP);
        running.target.loseProbe("the journal is gone");
        assertThat(worker(TOKEN).move()).isEqualTo(new Progress.Raised(TOKEN + 1));
        assertThat(worker(TOKEN + 1).move()).isEqualTo(new Progress.Rest());
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
        Progress progress = worker(TOKEN).move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Failed(Step.BACKUP, FailureKind.UNKNOWN, "backup was given up", NOON));
        assertThat(running.release().took()).contains(Duration.ofSeconds(2));
    }

    @Test
    void a_target_that_somebody_else_drives_fails_the_step_so_that_a_person_looks() {
        // given
        running.target.probe("another key", TOKEN + 5);
        // when
        Progress progress = worker(TOKEN).move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
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
        Progress progress = worker(TOKEN).move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(run(Step.PRE_DEPLOYMENT_CHECKS).status()).isEqualTo(StepRun.Status.RUNNING);
    }

    @Test
    void a_release_that_is_called_off_before_anything_was_staged_does_not_touch_the_target() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS);
        running.record(new ReleaseEvent.CancelRequested());
        // when
        Progress progress = worker(TOKEN).move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
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
        ItemId flow = new ItemId("workflow", "workflows/a.json");
        running.target.failNext(Step.RESTORE, new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of(flow)));
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.CANCELLED);
        assertThat(running.environment().degradation())
                .contains(new Degradation("what was staged could not be dropped: disk full", List.of(flow), NOON));
    }

    @Test
    void what_is_said_of_a_called_off_release_while_the_store_is_away_is_in_its_log_once_it_is_back() {
        // given
        staged();
        running.target.failNext(Step.RESTORE, FailureKind.ERRORED, "disk full");
        running.store.loseNextCommit();
        running.store.loseNextCommit();
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.lines()).containsExactly("✗ disk full", "! Cancelled by alice: said so");
    }

    @Test
    void what_is_said_of_a_failed_release_while_the_store_is_away_is_in_its_log_once_it_is_back() {
        // given
        running = new RunningRelease(ReleaseKind.DEPLOY, StepPolicy.standard().afterFailure(AfterFailure.ROLL_BACK));
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES, Step.BACKUP, Step.DEPLOY_ARTIFACTS);
        running.record(
                new ReleaseEvent.StepStarted(
                        Step.POST_DEPLOYMENT_CHECKS, RunningRelease.key(Step.POST_DEPLOYMENT_CHECKS)),
                new ReleaseEvent.StepFailed(
                        Step.POST_DEPLOYMENT_CHECKS, Duration.ZERO, FailureKind.FAILED, "unhealthy"));
        running.target.failNext(Step.RESTORE, FailureKind.ERRORED, "disk full");
        running.store.loseNextCommit();
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.lines()).startsWith("✗ disk full").hasSize(2);
    }

    @Test
    void a_target_that_answers_something_else_than_that_it_dropped_what_was_staged_has_not_dropped_it() {
        // given
        staged();
        DeploymentTarget lying = (DeploymentTarget) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DeploymentTarget.class},
                (proxy, method, arguments) -> method.getName().equals("restore")
                        ? new StepOutcome.BackedUp(
                                new Backup("backup-1", running.release().manifest()))
                        : method.invoke(running.target, arguments));
        // when
        worker(lying, TOKEN).move();
        // then
        assertThat(running.environment().degradation())
                .map(Degradation::reason)
                .contains("what was staged could not be dropped: the target answered what it was not asked (BackedUp)");
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

    @Test
    void a_call_that_gave_no_answer_is_fenced_before_the_target_is_asked() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.target.loseReply(Step.BACKUP);
        // when
        Progress unanswered = worker(TOKEN).move();
        // then
        assertThat(unanswered).isEqualTo(new Progress.Raised(TOKEN + 1));
        assertThat(worker(TOKEN).move()).isEqualTo(new Progress.Rest());
        assertThat(running.release().attempts().get(0).fencingToken()).isEqualTo(TOKEN + 1);
        assertThat(running.environment().fencingToken()).isEqualTo(TOKEN + 1);
        assertThat(run(Step.BACKUP).waiting()).map(StepWait::number).contains(0);
        // when
        Progress asked = worker(TOKEN + 1).move();
        // then
        assertThat(asked).isEqualTo(new Progress.GoOn());
        assertThat(run(Step.BACKUP).status()).isEqualTo(StepRun.Status.SUCCEEDED);
        assertThat(running.target.backUp(call(Step.BACKUP, "late", TOKEN)))
                .isEqualTo(new StepOutcome.Fenced(TOKEN + 1));
        assertThat(running.lines())
                .contains("! backup gave no answer: AdapterException: The connection broke before the answer came;"
                        + " asking the target");
    }

    @Test
    void a_worker_that_was_taken_over_while_its_call_gave_no_answer_raises_nothing() {
        // given
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.target.before(Step.BACKUP, () -> {
            running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
            throw new IllegalStateException("no machine");
        });
        // when / then
        assertThat(worker(TOKEN).move()).isEqualTo(new Progress.Rest());
        assertThat(running.release().attempts().get(0).fencingToken()).isEqualTo(TOKEN + 1);
        assertThat(run(Step.BACKUP).waiting()).isEmpty();
    }

    @Test
    void a_step_that_did_not_work_is_tried_again_under_another_key_and_no_thread_waits() {
        // given
        patient(Step.DEPLOY_ARTIFACTS);
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES, Step.BACKUP);
        running.target.failNext(Step.DEPLOY_ARTIFACTS, FailureKind.ERRORED, "disk full");
        Worker worker = worker(TOKEN);
        // when / then
        assertThat(worker.move()).isEqualTo(new Progress.GoOn());
        assertThat(worker.move()).isEqualTo(new Progress.Until(NOON.plusSeconds(2)));
        assertThat(worker(TOKEN).move()).as("after a crash too").isEqualTo(worker.move());
        running.clock.advance(Duration.ofSeconds(2));
        assertThat(worker.move()).isEqualTo(new Progress.GoOn());
        assertThat(running.target.effects())
                .containsExactly(new ScriptedTarget.Effect(Step.DEPLOY_ARTIFACTS, "r1/1/deploy_artifacts/2", TOKEN));
        assertThat(running.lines())
                .contains(
                        "Deploying artifacts...",
                        "! deploy artifacts did not work (try 1 of 3): disk full; next try in 2.0s",
                        "Deploying artifacts... (try 2 of 3)");
        StepRun first = run(Step.DEPLOY_ARTIFACTS);
        assertThat(first.status()).isEqualTo(StepRun.Status.FAILED);
        assertThat(first.failure()).contains(FailureKind.ERRORED);
    }

    @Test
    void the_time_that_a_release_took_has_its_waits_in_it() {
        // given
        patient(Step.BACKUP);
        running.target.after(Step.BACKUP, () -> running.clock.advance(Duration.ofSeconds(5)));
        running.target.failNext(Step.BACKUP, FailureKind.ERRORED, "disk full");
        // when
        Worker worker = worker(TOKEN);
        for (Progress progress = new Progress.GoOn(); !(progress instanceof Progress.Rest); progress = worker.move()) {
            if (progress instanceof Progress.Until until) {
                running.clock.set(until.at());
            }
        }
        // then
        assertThat(running.release().succeeded()).isTrue();
        assertThat(running.release().took()).contains(Duration.ofSeconds(7));
    }

    @Test
    void the_last_try_that_does_not_work_fails_the_release() {
        // given
        patient(Step.PRE_DEPLOYMENT_CHECKS);
        Worker worker = worker(TOKEN);
        for (int i = 0; i < 3; i++) {
            running.target.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.ERRORED, "no database " + i);
        }
        // when
        assertThat(worker.move()).isEqualTo(new Progress.GoOn());
        running.clock.advance(Duration.ofSeconds(2));
        assertThat(worker.move()).isEqualTo(new Progress.GoOn());
        running.clock.advance(Duration.ofSeconds(4));
        Progress last = worker.move();
        // then
        assertThat(last).isEqualTo(new Progress.Rest());
        assertThat(running.release().state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("no database 2"));
        assertThat(running.release().attempts().get(0).steps()).hasSize(3);
        assertThat(running.release().took()).contains(Duration.ofSeconds(6));
    }

    @Test
    void a_target_that_cannot_tell_yet_is_asked_again_before_a_person_is() {
        // given
        patient(Step.ACTIVATE);
        running.done(
                Step.PRE_DEPLOYMENT_CHECKS,
                Step.QUALITY_GATES,
                Step.BACKUP,
                Step.DEPLOY_ARTIFACTS,
                Step.POST_DEPLOYMENT_CHECKS);
        running.target.loseCall(Step.ACTIVATE);
        running.target.loseProbe("the journal is locked");
        running.target.loseProbe("the journal is locked still");
        running.target.loseProbe("the journal is gone");
        // when / then
        assertThat(worker(TOKEN).move()).as("no answer").isEqualTo(new Progress.Raised(TOKEN + 1));
        Worker worker = worker(TOKEN + 1);
        assertThat(worker.move()).as("asked at once").isEqualTo(new Progress.GoOn());
        assertThat(worker.move()).isEqualTo(new Progress.Until(NOON.plusSeconds(2)));
        running.clock.advance(Duration.ofSeconds(2));
        assertThat(worker.move()).as("asked again").isEqualTo(new Progress.GoOn());
        running.clock.advance(Duration.ofSeconds(4));
        assertThat(worker.move()).as("asked for the last time").isEqualTo(new Progress.Rest());
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.PAUSED);
        assertThat(running.lines())
                .contains(
                        "! Outcome of activate is not known yet: the journal is locked; asking again in 2.0s",
                        "! Outcome of activate is not known yet: the journal is locked still; asking again in 4.0s",
                        "✗ Outcome of activate is unknown: the journal is gone");
    }

    @Test
    void a_step_whose_call_never_arrived_is_tried_again_once_the_target_says_so() {
        // given
        patient(Step.BACKUP);
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        running.target.loseCall(Step.BACKUP);
        // when
        worker(TOKEN).move();
        Worker worker = worker(TOKEN + 1);
        worker.move();
        // then
        assertThat(worker.move()).isEqualTo(new Progress.Until(NOON.plusSeconds(2)));
        running.clock.advance(Duration.ofSeconds(2));
        assertThat(worker.move()).isEqualTo(new Progress.GoOn());
        assertThat(running.target.effects())
                .containsExactly(new ScriptedTarget.Effect(Step.BACKUP, "r1/1/backup/2", TOKEN + 1));
    }

    @Test
    void a_release_that_is_called_off_while_it_waits_leaves_no_step_running() {
        // given
        sampled();
        running.record(new ReleaseEvent.StepStarted(Step.QUALITY_GATES, "key"), new ReleaseEvent.CancelRequested());
        // when
        worker(TOKEN).move();
        // then
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.CANCELLED);
        assertThat(run(Step.QUALITY_GATES).status()).isEqualTo(StepRun.Status.FAILED);
        assertThat(run(Step.QUALITY_GATES).failure()).contains(FailureKind.UNKNOWN);
        assertThat(run(Step.QUALITY_GATES).summary()).isEqualTo("broken off");
    }

    @Test
    void no_worker_waits_for_a_sample_and_the_wait_is_part_of_what_the_gates_took() {
        // given
        sampled();
        ScriptedGate rate = ScriptedGate.passing("rate");
        Worker worker = worker(TOKEN, rate);
        // when / then
        assertThat(worker.move()).as("nothing to ask yet").isEqualTo(new Progress.GoOn());
        assertThat(worker.move()).isEqualTo(new Progress.Until(NOON.plusSeconds(60)));
        assertThat(worker(TOKEN, rate).move()).as("after a crash too").isEqualTo(worker.move());
        running.clock.advance(Duration.ofSeconds(60));
        rate.next(context -> {
            running.clock.advance(Duration.ofSeconds(3));
            return GateResult.passed("low");
        });
        assertThat(worker.move()).isEqualTo(new Progress.GoOn());
        assertThat(run(Step.QUALITY_GATES).took()).contains(Duration.ofSeconds(63));
    }

    @Test
    void a_clock_that_was_put_back_while_gates_were_asked_does_not_shorten_what_they_took() {
        // given
        running = new RunningRelease(ReleaseKind.DEPLOY, GatePolicy.once("rate"));
        running.done(Step.PRE_DEPLOYMENT_CHECKS);
        running.record(new ReleaseEvent.StepStarted(Step.QUALITY_GATES, "key"));
        running.clock.advance(Duration.ofSeconds(-10));
        // when
        worker(TOKEN, ScriptedGate.passing("rate")).move();
        // then
        assertThat(run(Step.QUALITY_GATES).took()).contains(Duration.ZERO);
    }

    /** About to ask a gate that wants a minute first. */
    private void sampled() {
        running = new RunningRelease(
                ReleaseKind.DEPLOY,
                new GatePolicy(
                        "rate",
                        Duration.ZERO,
                        new GatePolicy.Asking.Sampled(
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                Duration.ZERO,
                                Duration.ofSeconds(60))));
        running.done(Step.PRE_DEPLOYMENT_CHECKS);
    }

    /** A step has two retries. */
    private void patient(Step step) {
        running = new RunningRelease(
                ReleaseKind.DEPLOY,
                StepPolicy.standard().limit(step, StepLimits.standard().retries(2)));
    }

    private StepCall call(Step step, String key, long token) {
        return new StepCall(
                RELEASE,
                Samples.STAGING,
                step,
                key,
                token,
                RunningRelease.NUMBER,
                running.manifest.digest(),
                running.log(step));
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

    private Worker worker(long token, QualityGate... gates) {
        return worker(running.target, token, gates);
    }

    private Worker worker(DeploymentTarget target, long token, QualityGate... gates) {
        return worker(running.engine, target, false, token, gates);
    }

    private Worker worker(Engine engine, DeploymentTarget target, boolean alone, long token, QualityGate... gates) {
        Planner planner = new Planner(running.engine, running.repository);
        return new Worker(
                engine,
                new WiredEnvironments(List.of(running.wired(target, gates))),
                new StepExecutor(running.engine, planner, version -> List.of(), running.persistence, calls),
                running.recorder,
                running.persistence,
                () -> running.clock.millis() * NANOS_PER_MILLI,
                () -> false,
                alone,
                RELEASE,
                token);
    }
}
