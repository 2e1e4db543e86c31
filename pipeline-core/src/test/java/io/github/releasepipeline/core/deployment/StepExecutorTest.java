package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.deployment.StepExecutor.Result;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.memory.ScriptedGate;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepExecutorTest {
    private final List<String> calls = new ArrayList<>();
    private final List<StepCall> stepCalls = new ArrayList<>();
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

    @ParameterizedTest
    @EnumSource(names = {"NOTIFY", "ALERT"})
    void telling_people_is_left_to_the_outbox(Step step) {
        assertThat(run(step)).isEqualTo(answered(new StepOutcome.Done("Notifications queued")));
        assertThat(calls).isEmpty();
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
        assertThat(running.lines()).containsExactly("✗ " + step.label() + " broke off: no machine");
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_changing_step_that_breaks_off_has_failed_only_if_the_target_says_that_nothing_was_done(Step step) {
        running.target.throwBefore(step, new IllegalStateException("no machine"));
        assertThat(run(step)).isEqualTo(failed(FailureKind.ERRORED, "IllegalStateException: no machine"));
        assertThat(calls).endsWith("probe");
    }

    @Test
    void a_step_whose_library_is_missing_fails_like_any_other() {
        running.target.before(Step.BACKUP, () -> {
            throw new NoClassDefFoundError("org/client/Client");
        });
        assertThat(run(Step.BACKUP)).isEqualTo(failed(FailureKind.ERRORED, "NoClassDefFoundError: org/client/Client"));
    }

    @Test
    void a_changing_step_that_breaks_off_after_its_work_has_the_outcome_that_the_target_remembers() {
        running.target.loseReply(Step.DEACTIVATE);
        assertThat(run(Step.DEACTIVATE)).isEqualTo(answered(new StepOutcome.Done("deactivated")));
    }

    @Test
    void a_changing_step_that_the_target_cannot_tell_of_is_lost() {
        running.target.loseReply(Step.BACKUP);
        running.target.loseProbe("the journal is gone");
        assertThat(run(Step.BACKUP)).isEqualTo(new Result.Lost("the journal is gone"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "ACTIVATE"})
    void a_changing_step_is_lost_while_the_target_cannot_be_asked(Step step) {
        running.target.loseReply(step);
        assertThat(run(step, wired(StepExecutorTest::breakProbe)))
                .isEqualTo(new Result.Lost("The target could not be asked: still no connection"));
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
    void gates_are_asked_in_order_and_heard() {
        running = new RunningRelease(ReleaseKind.DEPLOY, "tests", "scan");
        assertThat(gates(ScriptedGate.passing("scan"), ScriptedGate.passing("tests")))
                .isEqualTo(answered(new StepOutcome.Done("2 gates passed")));
        assertThat(running.lines()).hasSize(2).allMatch(line -> line.startsWith("✓ "));
    }

    @Test
    void the_first_gate_that_says_no_ends_the_step() {
        running = new RunningRelease(ReleaseKind.DEPLOY, "tests", "scan");
        ScriptedGate second = ScriptedGate.passing("scan");
        ScriptedGate first = ScriptedGate.passing("tests").answerNext(GateResult.failed("2 of 3 fail"));
        assertThat(gates(first, second)).isEqualTo(failed(FailureKind.FAILED, "Quality gate 'tests': 2 of 3 fail"));
        assertThat(second.judged()).isEmpty();
        assertThat(running.lines()).containsExactly("✗ 2 of 3 fail");
    }

    @Test
    void a_gate_that_cannot_judge_does_not_blame_the_version() {
        running = new RunningRelease(ReleaseKind.DEPLOY, "scan");
        ScriptedGate scan = ScriptedGate.passing("scan");
        scan.answerNext(new GateResult(GateResult.Verdict.INCONCLUSIVE, "scanner down", Map.of()));
        assertThat(gates(scan)).isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'scan': scanner down"));
        scan.throwNext(new IllegalStateException("no scanner"));
        assertThat(gates(scan))
                .isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'scan': scan broke off: no scanner"));
    }

    @Test
    void a_gate_that_was_taken_away_is_not_passed() {
        running = new RunningRelease(ReleaseKind.DEPLOY, "scan");
        assertThat(gates(ScriptedGate.passing("other")))
                .isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'scan' is not configured any more"));
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
                .isEqualTo(new Result.Lost("The target could not be asked: still no connection"));
    }

    private Result run(Step step) {
        return run(step, wired((method, arguments) -> {}));
    }

    private Result run(Step step, WiredEnvironment wired) {
        return executor().run(running.release(), wired, step, RunningRelease.key(step), running.log(step));
    }

    private Result gates(QualityGate... gates) {
        return run(Step.QUALITY_GATES, running.wired(running.target, gates));
    }

    private Result recover(Step step) {
        WiredEnvironment wired = wired((method, arguments) -> {});
        return executor().recover(running.release(), wired, step, RunningRelease.key(step), running.log(step));
    }

    private Result dropStaged(WiredEnvironment wired) {
        return executor().dropStaged(running.release(), wired, running.log(Step.DEPLOY_ARTIFACTS));
    }

    private StepExecutor executor() {
        Planner planner = new Planner(running.engine, running.repository);
        return new StepExecutor(running.engine, planner, this::problems, running.persistence);
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
