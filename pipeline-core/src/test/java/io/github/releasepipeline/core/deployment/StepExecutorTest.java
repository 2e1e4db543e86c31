package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.deployment.StepExecutor.Result;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.version.VersionCheck;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionProblem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepExecutorTest {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<StepCall> stepCalls = new CopyOnWriteArrayList<>();
    private final Calls threads = new Calls();
    private RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private Optional<String> versionProblem = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "PRE_DEPLOYMENT_CHECKS,check",
        "BACKUP,backUp",
        "POST_DEPLOYMENT_CHECKS,check",
        "ACTIVATE,activate",
        "DEACTIVATE,deactivate",
        "ACTIVATE_PREVIOUS,activate",
        "VERIFY,check"
    })
    void a_step_is_one_call_of_the_target(Step step, String call) {
        run(step);
        assertThat(calls).containsExactly(call);
        assertThat(stepCalls)
                .containsExactly(new StepCall(
                        RELEASE,
                        STAGING,
                        step,
                        RunningRelease.key(step),
                        TOKEN,
                        RunningRelease.NUMBER,
                        running.manifest.digest(),
                        stepCalls.get(0).log()));
    }

    @Test
    void staging_brings_in_what_the_target_does_not_hold() {
        running.target.drift(RunningRelease.FLOW, "first".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(run(Step.DEPLOY_ARTIFACTS)).isEqualTo(answered(new StepOutcome.Done("2 workflows staged")));
        assertThat(calls).containsExactly("observe", "stage");
        assertThat(running.target.isStaged()).isTrue();
    }

    @Test
    void a_target_that_cannot_say_what_is_staged_is_given_everything_again() {
        run(Step.DEPLOY_ARTIFACTS);
        secondAttempt();
        calls.clear();
        assertThat(run(Step.DEPLOY_ARTIFACTS)).isEqualTo(answered(new StepOutcome.Done("2 workflows staged")));
        assertThat(calls).contains("stage");
    }

    @Test
    void what_the_attempt_before_staged_is_asked_for_and_nothing_else() {
        WiredEnvironment resumable = running.wired(running.target);
        assertThat(run(Step.DEPLOY_ARTIFACTS, resumable))
                .isEqualTo(answered(new StepOutcome.Done("2 workflows staged")));
        secondAttempt();
        assertThat(run(Step.DEPLOY_ARTIFACTS, resumable))
                .isEqualTo(answered(new StepOutcome.Done("Artifacts of the attempt before are still staged")));
        assertThat(running.lines()).last().isEqualTo("✓ Artifacts of the attempt before are still staged");
    }

    /** The first attempt staged, and failed later. */
    private void secondAttempt() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES, Step.BACKUP, Step.DEPLOY_ARTIFACTS);
        running.record(
                new ReleaseEvent.Failed(Step.ACTIVATE, Duration.ZERO, FailureKind.ERRORED, "no"),
                new ReleaseEvent.AttemptStarted(2, TOKEN + 1));
    }

    @Test
    void the_version_that_is_proven_is_the_one_that_is_deployed_as_it_was_seen() {
        Version seen = running.engine.get(VERSION);
        running.execute(unit -> unit.record(VersionMachine.MACHINE, VERSION, new VersionEvent.Deprecated()));
        List<Version> proven = new ArrayList<>();
        Engine engine = running.seeing(VERSION, seen);
        VersionCheck check = version -> {
            proven.add(version);
            return List.of();
        };
        new StepExecutor(engine, new Planner(engine, running.repository), check, running.persistence, threads)
                .run(
                        running.release(),
                        running.wired(running.target),
                        Step.PRE_DEPLOYMENT_CHECKS,
                        RunningRelease.key(Step.PRE_DEPLOYMENT_CHECKS),
                        running.log(Step.PRE_DEPLOYMENT_CHECKS));
        assertThat(proven).containsExactly(seen);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTIFY", "ALERT"})
    void telling_people_is_left_to_the_outbox(Step step) {
        assertThat(StepExecutor.withoutCall(running.release(), step, Instant.EPOCH))
                .contains(new StepOutcome.Done("Notifications queued"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"QUALITY_GATES", "CANARY_ANALYSIS", "NOTIFY", "ALERT"})
    void every_step_that_calls_the_target_has_to_be_run(Step step) {
        assertThat(StepExecutor.withoutCall(running.release(), step, Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void a_version_that_is_not_what_it_was_is_not_brought_to_the_target() {
        versionProblem = Optional.of("Tag v1.2.0 was moved");
        assertThat(run(Step.PRE_DEPLOYMENT_CHECKS)).isEqualTo(failed(FailureKind.FAILED, "Tag v1.2.0 was moved"));
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PRE_DEPLOYMENT_CHECKS", "POST_DEPLOYMENT_CHECKS", "VERIFY"})
    void a_reading_step_that_breaks_off_has_failed_and_nobody_is_asked(Step step) {
        running.target.throwBefore(step, new IllegalStateException("no machine"));
        assertThat(run(step)).isEqualTo(failed(FailureKind.ERRORED, "IllegalStateException: no machine"));
        assertThat(calls).containsExactly("check");
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_changing_step_that_breaks_off_has_given_no_answer_and_nothing_is_asked_yet(Step step) {
        running.target.throwBefore(step, new IllegalStateException("no machine"));
        assertThat(run(step)).isEqualTo(new Result.Unanswered("IllegalStateException: no machine"));
        assertThat(calls).doesNotContain("probe");
    }

    @Test
    void a_step_whose_library_is_missing_breaks_off_like_any_other() {
        running.target.before(Step.VERIFY, () -> {
            throw new NoClassDefFoundError("org/client/Client");
        });
        assertThat(run(Step.VERIFY)).isEqualTo(failed(FailureKind.ERRORED, "NoClassDefFoundError: org/client/Client"));
    }

    @Test
    void a_target_that_asserts_or_calls_itself_without_end_breaks_off_like_any_other() {
        running.target.before(Step.VERIFY, () -> {
            throw new AssertionError("no agent");
        });
        assertThat(run(Step.VERIFY)).isEqualTo(failed(FailureKind.ERRORED, "AssertionError: no agent"));
        running.target.before(Step.BACKUP, () -> {
            throw new StackOverflowError();
        });
        assertThat(run(Step.BACKUP)).isEqualTo(new Result.Unanswered("StackOverflowError"));
    }

    @Test
    void a_target_that_is_out_of_memory_breaks_off_like_any_other() {
        running.target.before(Step.VERIFY, () -> {
            throw new OutOfMemoryError("no more");
        });
        assertThat(run(Step.VERIFY)).isEqualTo(failed(FailureKind.ERRORED, "OutOfMemoryError: no more"));
    }

    @Test
    void a_reading_step_that_answers_null_has_failed() {
        assertThat(run(Step.VERIFY, answeringNull("check")))
                .isEqualTo(failed(FailureKind.ERRORED, "null instead of an answer"));
    }

    @Test
    void a_changing_step_that_answers_null_has_given_no_answer() {
        assertThat(run(Step.ACTIVATE, answeringNull("activate")))
                .isEqualTo(new Result.Unanswered("null instead of an answer"));
    }

    @Test
    void a_target_that_answers_null_when_it_is_asked_does_not_tell_and_is_not_called() {
        assertThat(executor()
                        .recover(
                                running.release(),
                                answeringNull("probe"),
                                Step.ACTIVATE,
                                RunningRelease.key(Step.ACTIVATE),
                                Optional.empty(),
                                running.log(Step.ACTIVATE)))
                .isEqualTo(new Result.Lost("The target could not be asked: null instead of an answer"));
        assertThat(calls).containsExactly("probe");
    }

    /** The target does its work, and says nothing. */
    private WiredEnvironment answeringNull(String question) {
        DeploymentTarget way = wired((method, arguments) -> {}).target();
        return running.wired((DeploymentTarget) Proxy.newProxyInstance(
                DeploymentTarget.class.getClassLoader(),
                new Class<?>[] {DeploymentTarget.class},
                (self, called, given) -> {
                    Object answer = called.invoke(way, given);
                    return called.getName().equals(question) ? null : answer;
                }));
    }

    @ParameterizedTest
    @EnumSource(names = {"PRE_DEPLOYMENT_CHECKS", "POST_DEPLOYMENT_CHECKS", "VERIFY"})
    void a_reading_step_that_takes_too_long_is_an_error_of_the_infrastructure(Step step) {
        CountDownLatch end = hang(step);
        assertThat(run(step)).isEqualTo(failed(FailureKind.ERRORED, "no answer within 0.1s"));
        end.countDown();
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE", "DEACTIVATE", "RESTORE"})
    void a_changing_step_that_takes_too_long_has_given_no_answer(Step step) {
        CountDownLatch end = hang(step);
        assertThat(run(step)).isEqualTo(new Result.Unanswered("no answer within 0.1s"));
        end.countDown();
    }

    @Test
    void what_a_call_says_after_its_time_is_not_in_the_log() throws InterruptedException {
        CountDownLatch end = hang(Step.BACKUP);
        CountDownLatch late = new CountDownLatch(1);
        running.target.after(Step.BACKUP, late::countDown);
        run(Step.BACKUP);
        end.countDown();
        assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.lines()).isEmpty();
    }

    @Test
    void who_is_interrupted_while_a_call_is_under_way_says_nothing_of_its_outcome() {
        CountDownLatch end = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        running.target.before(Step.VERIFY, () -> {
            worker.interrupt();
            await(end);
        });
        assertThatThrownBy(() -> run(Step.VERIFY)).isInstanceOf(Calls.InterruptedCallException.class);
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
    }

    @Test
    void a_target_that_takes_too_long_to_say_what_came_of_a_step_does_not_tell() {
        running = new RunningRelease(ReleaseKind.DEPLOY, impatient(Step.ACTIVATE));
        CountDownLatch end = new CountDownLatch(1);
        WiredEnvironment slow = wired((method, arguments) -> {
            if (method.equals("probe")) {
                await(end);
            }
        });
        assertThat(executor()
                        .recover(
                                running.release(),
                                slow,
                                Step.ACTIVATE,
                                RunningRelease.key(Step.ACTIVATE),
                                Optional.empty(),
                                running.log(Step.ACTIVATE)))
                .isEqualTo(new Result.Lost("The target could not be asked: no answer within 0.1s"));
        end.countDown();
    }

    @Test
    void a_changing_step_that_broke_off_after_its_work_has_the_outcome_that_the_target_remembers() {
        running.target.loseReply(Step.DEACTIVATE);
        run(Step.DEACTIVATE);
        assertThat(unanswered(Step.DEACTIVATE)).isEqualTo(answered(new StepOutcome.Done("deactivated")));
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_changing_step_that_broke_off_has_not_worked_if_the_target_says_that_nothing_was_done(Step step) {
        running.target.loseCall(step);
        run(step);
        calls.clear();
        assertThat(unanswered(step)).isEqualTo(failed(FailureKind.ERRORED, "no answer"));
        assertThat(calls).containsExactly("probe");
    }

    @Test
    void a_changing_step_that_the_target_cannot_tell_of_is_lost() {
        running.target.loseReply(Step.BACKUP);
        running.target.loseProbe("the journal is gone");
        run(Step.BACKUP);
        assertThat(unanswered(Step.BACKUP)).isEqualTo(new Result.Lost("the journal is gone"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "ACTIVATE"})
    void a_changing_step_is_lost_while_the_target_cannot_be_asked(Step step) {
        running.target.loseReply(step);
        run(step);
        assertThat(executor()
                        .recover(
                                running.release(),
                                wired(StepExecutorTest::breakProbe),
                                step,
                                RunningRelease.key(step),
                                Optional.of("no answer"),
                                running.log(step)))
                .isEqualTo(
                        new Result.Lost("The target could not be asked: IllegalStateException: still no connection"));
    }

    @Test
    void what_another_worker_did_is_not_done_again() {
        run(Step.BACKUP);
        calls.clear();
        assertThat(recover(Step.BACKUP))
                .isInstanceOfSatisfying(
                        Result.Answered.class,
                        answered -> assertThat(answered.outcome()).isInstanceOf(StepOutcome.BackedUp.class));
        assertThat(calls).containsExactly("probe");
    }

    @Test
    void what_another_worker_only_meant_to_do_is_done() {
        assertThat(recover(Step.DEACTIVATE)).isEqualTo(answered(new StepOutcome.Done("deactivated")));
        assertThat(calls).containsExactly("probe", "deactivate");
    }

    @Test
    void what_another_worker_may_have_done_is_not_tried() {
        running.target.loseProbe("the journal is gone");
        assertThat(recover(Step.ACTIVATE)).isEqualTo(new Result.Lost("the journal is gone"));
        assertThat(calls).containsExactly("probe");
    }

    @Test
    void what_another_worker_read_is_read_again() {
        assertThat(recover(Step.VERIFY)).isEqualTo(answered(new StepOutcome.Done("healthy")));
        assertThat(calls).containsExactly("check");
    }

    @Test
    void what_was_staged_is_replaced_by_what_is_active() {
        run(Step.DEPLOY_ARTIFACTS);
        calls.clear();
        stepCalls.clear();
        assertThat(dropStaged(wired((method, arguments) -> {})))
                .isEqualTo(answered(new StepOutcome.Done("no items staged")));
        assertThat(calls).endsWith("restore");
        assertThat(stepCalls).extracting(StepCall::attemptKey).containsExactly("r1/1/cancel");
    }

    @Test
    void whether_staged_items_were_dropped_is_asked_when_the_answer_is_lost() {
        running.target.loseReply(Step.RESTORE);
        assertThat(dropStaged(wired((method, arguments) -> {})))
                .isEqualTo(answered(new StepOutcome.Done("no items staged")));
        running = new RunningRelease(ReleaseKind.DEPLOY);
        running.target.loseCall(Step.RESTORE);
        assertThat(dropStaged(wired((method, arguments) -> {})))
                .isEqualTo(failed(FailureKind.ERRORED, "AdapterException: The connection was refused"));
        running = new RunningRelease(ReleaseKind.DEPLOY);
        running.target.loseReply(Step.RESTORE);
        assertThat(dropStaged(wired(StepExecutorTest::breakProbe)))
                .isEqualTo(
                        new Result.Lost("The target could not be asked: IllegalStateException: still no connection"));
    }

    @Test
    void what_a_drop_says_after_its_time_is_not_in_the_log() throws InterruptedException {
        CountDownLatch end = hang(Step.RESTORE);
        CountDownLatch late = new CountDownLatch(1);
        running.target.after(Step.RESTORE, late::countDown);
        assertThat(dropStaged(wired((method, arguments) -> {})))
                .isEqualTo(failed(FailureKind.ERRORED, "no answer within 0.1s"));
        end.countDown();
        assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.lines()).isEmpty();
    }

    private Result run(Step step) {
        return run(step, wired((method, arguments) -> {}));
    }

    private Result run(Step step, WiredEnvironment wired) {
        return executor().run(running.release(), wired, step, RunningRelease.key(step), running.log(step));
    }

    private Result recover(Step step) {
        WiredEnvironment wired = wired((method, arguments) -> {});
        return executor()
                .recover(running.release(), wired, step, RunningRelease.key(step), Optional.empty(), running.log(step));
    }

    private Result unanswered(Step step) {
        WiredEnvironment wired = wired((method, arguments) -> {});
        return executor()
                .recover(
                        running.release(),
                        wired,
                        step,
                        RunningRelease.key(step),
                        Optional.of("no answer"),
                        running.log(step));
    }

    /** The next call of a step does not come to an end before it is told to; the engine waits a tenth of a second. */
    private CountDownLatch hang(Step step) {
        running = new RunningRelease(ReleaseKind.DEPLOY, impatient(step));
        CountDownLatch end = new CountDownLatch(1);
        running.target.before(step, () -> await(end));
        return end;
    }

    private static StepPolicy impatient(Step step) {
        return StepPolicy.standard().limit(step, StepLimits.standard().timeout(Duration.ofMillis(100)));
    }

    private static void await(CountDownLatch end) {
        try {
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Result dropStaged(WiredEnvironment wired) {
        return executor().dropStaged(running.release(), wired, running.log(Step.DEPLOY_ARTIFACTS));
    }

    private StepExecutor executor() {
        Planner planner = new Planner(running.engine, running.repository);
        return new StepExecutor(running.engine, planner, this::problems, running.persistence, threads);
    }

    private List<VersionProblem> problems(Version version) {
        return versionProblem.map(text -> new VersionProblem(VersionProblem.Kind.TAG_MOVED, text)).stream()
                .toList();
    }

    private static Result answered(StepOutcome outcome) {
        return new Result.Answered(outcome);
    }

    private static Result failed(FailureKind kind, String message) {
        return answered(new StepOutcome.Failed(kind, message, List.of()));
    }

    private static void breakProbe(String method, Object[] arguments) {
        if (method.equals("probe")) {
            throw new IllegalStateException("still no connection");
        }
    }

    /** An environment on whose way to the target calls are noted, and may be broken. */
    private WiredEnvironment wired(BiConsumer<String, Object[]> way) {
        ScriptedTarget target = running.target;
        return running.wired((DeploymentTarget) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeploymentTarget.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (arguments != null && arguments[0] instanceof StepCall call) {
                        stepCalls.add(call);
                    }
                    way.accept(method.getName(), arguments);
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
