package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.deployment.StepExecutor.Result;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.memory.ScriptedGate;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.StepOutcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final Asking.Sampled SAMPLED = new Asking.Sampled(
            Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(2));

    private static final StepPolicy IMPATIENT = StepPolicy.standard()
            .limit(Step.QUALITY_GATES, StepLimits.standard().timeout(Duration.ofMillis(100)));

    private RunningRelease running = begun(GatePolicy.once("tests"), GatePolicy.once("scan"));
    private final ScriptedGate tests = ScriptedGate.passing("tests");
    private final ScriptedGate scan = ScriptedGate.passing("scan");

    @Test
    void gates_are_asked_in_order_and_heard() {
        assertThat(run(scan, tests)).isEqualTo(answered(new StepOutcome.Done("2 gates passed")));
        assertThat(running.lines()).containsExactly("✓ tests passed", "✓ scan passed");
        assertThat(said()).extracting(GateRun::gate).containsExactly("tests", "scan");
    }

    @Test
    void the_first_gate_that_says_no_ends_the_step() {
        tests.answerNext(GateResult.failed("2 of 3 fail"));
        assertThat(run(tests, scan)).isEqualTo(failed(FailureKind.FAILED, "Quality gate 'tests': 2 of 3 fail"));
        assertThat(scan.judged()).isEmpty();
        assertThat(running.lines()).containsExactly("✗ 2 of 3 fail");
    }

    @Test
    void a_gate_that_cannot_judge_does_not_blame_the_version() {
        tests.answerNext(GateResult.inconclusive("no machine"));
        assertThat(run(tests, scan)).isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'tests': no machine"));
    }

    @Test
    void a_gate_that_breaks_off_cannot_judge() {
        tests.throwNext(new IllegalStateException("no scanner"));
        assertThat(run(tests, scan))
                .isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'tests': tests broke off: no scanner"));
        running = begun(GatePolicy.once("tests"));
        tests.throwNext(new NullPointerException());
        assertThat(run(tests))
                .isEqualTo(failed(
                        FailureKind.ERRORED, "Quality gate 'tests': tests broke off: java.lang.NullPointerException"));
    }

    @Test
    void a_gate_that_says_nothing_or_runs_out_of_stack_cannot_judge() {
        tests.next(context -> (GateResult) Map.<String, Object>of().get("nothing"));
        assertThat(run(tests)).isEqualTo(new Result.Again());
        assertThat(run(tests))
                .isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'tests': tests gave null instead of an answer"));
        running = begun(GatePolicy.once("tests"));
        tests.next(GatesTest::endless);
        assertThat(run(tests))
                .isInstanceOfSatisfying(
                        Result.Answered.class,
                        answered -> assertThat(answered.outcome())
                                .isInstanceOfSatisfying(
                                        StepOutcome.Failed.class,
                                        said -> assertThat(said.failure()).isEqualTo(FailureKind.ERRORED)));
    }

    private static GateResult endless(GateContext context) {
        return endless(context).with(Map.of("deep", "er"));
    }

    @Test
    void a_gate_that_was_taken_away_is_not_passed() {
        assertThat(run(tests)).isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'scan' is not configured any more"));
    }

    @Test
    void a_gate_learns_what_it_judges() {
        run(tests, scan);
        GateContext context = tests.judged().get(0);
        assertThat(context.version()).isEqualTo(RunningRelease.NUMBER);
        assertThat(context.environment()).isEqualTo(running.release().environment());
        assertThat(context.artifacts().manifest()).isEqualTo(running.manifest);
        assertThat(context).isSameAs(scan.judged().get(0));
    }

    @Test
    void evidence_is_kept_in_the_release() {
        tests.answerNext(GateResult.passed("3 of 3").with(Map.of("report", "https://ci.example/7", "tests", "3")));
        run(tests, scan);
        assertThat(said().get(0))
                .isEqualTo(GateRun.first(
                        "tests",
                        GateVerdict.PASSED,
                        "3 of 3",
                        Map.of("report", "https://ci.example/7", "tests", "3"),
                        NOON));
    }

    @Test
    void ten_megabytes_of_evidence_are_cut_before_they_are_stored() {
        tests.answerNext(GateResult.passed("p".repeat(10_000_000)).with(Map.of("log", "x\n".repeat(5_000_000))));
        run(tests, scan);
        GateRun run = said().get(0);
        assertThat(run.summary()).hasSize(GateRun.SUMMARY_LENGTH).endsWith("…");
        assertThat(run.evidence().get("log")).hasSize(GateRun.EVIDENCE_TEXT_LENGTH);
        assertThat(running.lines().get(0)).hasSizeLessThan(2 * GateRun.SUMMARY_LENGTH);
    }

    @Test
    void what_was_judged_before_a_crash_is_not_judged_again() {
        // given
        CountDownLatch end = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        scan.next(context -> {
            worker.interrupt();
            await(end);
            return GateResult.failed("too late");
        });
        assertThatThrownBy(() -> run(tests, scan)).isInstanceOf(Calls.InterruptedCallException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(said()).hasSize(1);
        end.countDown();
        // when
        Result result = run(tests, scan);
        // then
        assertThat(result).isEqualTo(answered(new StepOutcome.Done("2 gates passed")));
        assertThat(tests.judged()).hasSize(1);
        assertThat(scan.judged()).hasSize(2);
    }

    @Test
    void what_was_judged_is_recorded_once_though_the_store_loses_the_answer() {
        tests.next(context -> {
            running.store.loseNextAnswer();
            return GateResult.passed("tests passed");
        });
        assertThat(run(tests, scan)).isEqualTo(answered(new StepOutcome.Done("2 gates passed")));
        assertThat(running.lines()).containsExactly("✓ tests passed", "✓ scan passed");
        assertThat(said()).extracting(GateRun::samples).containsExactly(1, 1);
    }

    @Test
    void a_worker_that_was_taken_over_while_a_gate_judged_records_nothing() {
        tests.next(context -> {
            running.record(new ReleaseEvent.TakenOver(TOKEN + 1));
            return GateResult.failed("too late");
        });
        assertThat(run(tests, scan)).isEqualTo(new Result.Again());
        assertThat(said()).isEmpty();
        assertThat(running.lines()).isEmpty();
        assertThat(scan.judged()).isEmpty();
    }

    @Test
    void a_release_that_is_called_off_while_a_gate_judges_asks_no_other_gate() {
        tests.next(context -> {
            running.record(new ReleaseEvent.CancelRequested());
            return GateResult.passed("fine");
        });
        assertThat(run(tests, scan)).isEqualTo(new Result.Again());
        assertThat(scan.judged()).isEmpty();
    }

    @Test
    void samples_are_taken_in_time_and_hold_no_thread_in_between() {
        running = begun(new GatePolicy("tests", Duration.ZERO, SAMPLED));
        // settling
        assertThat(dueAfter(run(tests))).isEqualTo(NOON.plusSeconds(30));
        assertThat(tests.judged()).isEmpty();
        // samples
        running.clock.advance(Duration.ofSeconds(30));
        assertThat(dueAfter(run(tests))).isEqualTo(NOON.plusSeconds(40));
        running.clock.advance(Duration.ofSeconds(10));
        tests.answerNext(GateResult.failed("3 % errors"));
        assertThat(dueAfter(run(tests))).isEqualTo(NOON.plusSeconds(50));
        for (int i = 5; i < 7; i++) {
            running.clock.advance(Duration.ofSeconds(10));
            assertThat(dueAfter(run(tests))).isEqualTo(NOON.plusSeconds(10 * i + 10));
        }
        running.clock.advance(Duration.ofSeconds(10));
        assertThat(run(tests)).isEqualTo(answered(new StepOutcome.Done("1 gates passed")));
        assertThat(running.lines())
                .containsExactly(
                        "tests passed (sample 1, green for 0 seconds of 20 seconds)",
                        "! 3 % errors (sample 2)",
                        "tests passed (sample 3, green for 0 seconds of 20 seconds)",
                        "tests passed (sample 4, green for 10 seconds of 20 seconds)",
                        "✓ tests passed (sample 5, green for 20 seconds of 20 seconds)");
    }

    @Test
    void a_gate_that_stands_behind_a_slow_answer_of_another_stays_green() {
        // given
        running = begun(sampled("scan", Duration.ofSeconds(60)), sampled("tests", Duration.ofSeconds(10)));
        run(tests, scan);
        for (int i = 0; i < 5; i++) {
            running.clock.advance(Duration.ofSeconds(10));
            run(tests, scan);
        }
        running.clock.advance(Duration.ofSeconds(10));
        // when
        scan.next(context -> answeredAfter(Duration.ofSeconds(45)));
        run(tests, scan);
        // then
        assertThat(greenSince("tests")).isEqualTo(NOON);
    }

    @Test
    void after_a_time_in_which_nobody_ran_a_gate_behind_a_slow_answer_begins_its_green_time_anew() {
        // given
        running = begun(sampled("scan", Duration.ofSeconds(60)), sampled("tests", Duration.ofSeconds(10)));
        run(tests, scan);
        running.clock.advance(Duration.ofSeconds(61));
        // when
        scan.next(context -> answeredAfter(Duration.ofSeconds(45)));
        run(tests, scan);
        // then
        assertThat(greenSince("tests")).isEqualTo(NOON.plusSeconds(106));
    }

    private static GatePolicy sampled(String gate, Duration every) {
        return new GatePolicy(
                gate,
                Duration.ZERO,
                new Asking.Sampled(Duration.ZERO, every, Duration.ofMinutes(5), Duration.ofMinutes(10)));
    }

    private GateResult answeredAfter(Duration time) {
        running.clock.advance(time);
        return GateResult.passed("green");
    }

    private Instant greenSince(String gate) {
        return said().stream()
                .filter(run -> run.gate().equals(gate))
                .findFirst()
                .orElseThrow()
                .since();
    }

    @Test
    void a_person_is_waited_for_in_a_paused_release() {
        running = begun(
                GatePolicy.once("tests"),
                new GatePolicy("board", Duration.ZERO, new Asking.ByPerson(Optional.empty())));
        assertThat(run(tests)).isEqualTo(new Result.Again());
        assertThat(running.release().state().kind()).isEqualTo(Kind.PAUSED);
        assertThat(running.lines()).containsExactly("✓ tests passed", "Waiting for the verdict of a person: board");
    }

    @Test
    void a_person_who_has_judged_already_is_not_waited_for_again() {
        // given
        GatePolicy board = new GatePolicy("board", Duration.ZERO, new Asking.ByPerson(Optional.empty()));
        running = begun(board);
        running.record(
                new ReleaseEvent.VerdictAwaited("board"),
                new ReleaseEvent.GateJudged(GateRun.first("board", GateVerdict.PASSED, "fine", Map.of(), NOON)));
        // when
        new GateRecords(running.engine, running.persistence).awaited(RELEASE, TOKEN, board);
        // then
        assertThat(running.release().state().kind()).isEqualTo(Kind.IN_PROGRESS);
        assertThat(running.lines()).isEmpty();
    }

    @Test
    void an_earlier_judgement_counts_while_it_is_fresh_and_says_how_old_it_is() {
        // given
        running = begun(new GatePolicy("tests", Duration.ofMinutes(10), new Asking.Once()), GatePolicy.once("scan"));
        scan.answerNext(GateResult.failed("a hole"));
        run(tests, scan);
        GateRun first = said().get(0);
        // when
        running.record(
                new ReleaseEvent.StepFailed(Step.QUALITY_GATES, Duration.ZERO, FailureKind.FAILED, "a hole"),
                new ReleaseEvent.Failed(Step.QUALITY_GATES, Duration.ZERO, FailureKind.FAILED, "a hole"),
                new ReleaseEvent.AttemptStarted(2, TOKEN),
                new ReleaseEvent.StepStarted(Step.QUALITY_GATES, "again"));
        running.clock.advance(Duration.ofMinutes(5));
        Result result = run(tests, scan);
        // then
        assertThat(result).isEqualTo(answered(new StepOutcome.Done("2 gates passed")));
        assertThat(tests.judged()).hasSize(1);
        assertThat(scan.judged()).hasSize(2);
        assertThat(said().get(0)).isEqualTo(first);
        assertThat(running.lines()).endsWith("✓ tests passed (from 5 minutes ago)", "✓ scan passed");
    }

    @Test
    void a_gate_that_takes_too_long_cannot_judge_and_what_it_says_then_is_not_heard() {
        // given
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        running = begun(IMPATIENT, GatePolicy.once("tests"));
        tests.next(context -> {
            context.log().info("begun");
            await(end);
            context.log().info("too late");
            late.countDown();
            return GateResult.passed("too late");
        });
        // when
        Result unanswered = run(tests);
        end.countDown();
        await(late);
        // then
        assertThat(unanswered).isEqualTo(new Result.Again());
        assertThat(run(tests))
                .isEqualTo(failed(FailureKind.ERRORED, "Quality gate 'tests': tests gave no answer within 0.1s"));
        assertThat(tests.judged()).hasSize(1);
        assertThat(running.lines()).containsExactly("begun", "✗ tests gave no answer within 0.1s");
    }

    @Test
    void the_time_limit_of_the_step_is_that_of_each_answer_and_not_of_the_sampling() {
        running = begun(IMPATIENT, new GatePolicy("tests", Duration.ZERO, SAMPLED));
        for (int i = 3; i < 5; i++) {
            running.clock.advance(Duration.ofSeconds(i == 3 ? 30 : 10));
            assertThat(dueAfter(run(tests))).isEqualTo(NOON.plusSeconds(10 * i + 10));
        }
        running.clock.advance(Duration.ofSeconds(10));
        assertThat(run(tests)).isEqualTo(answered(new StepOutcome.Done("1 gates passed")));
    }

    @Test
    void a_version_whose_items_cannot_be_opened_is_not_blamed_for_it() {
        DeploymentTarget away = (DeploymentTarget) Proxy.newProxyInstance(
                GatesTest.class.getClassLoader(),
                new Class<?>[] {DeploymentTarget.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("no connection");
                });
        assertThat(run(away, tests, scan))
                .isEqualTo(failed(FailureKind.ERRORED, "IllegalStateException: no connection"));
        assertThat(tests.judged()).isEmpty();
    }

    @Test
    void what_a_gate_said_is_stored_with_its_judgement_when_the_store_was_away_meanwhile() {
        tests.next(context -> {
            running.store.loseNextCommit();
            context.log().info("looking");
            return GateResult.passed("fine");
        });
        run(tests, scan);
        assertThat(running.lines()).containsExactly("looking", "✓ fine", "✓ scan passed");
    }

    private static RunningRelease begun(GatePolicy... gates) {
        return begun(StepPolicy.standard(), gates);
    }

    private static RunningRelease begun(StepPolicy steps, GatePolicy... gates) {
        RunningRelease release = new RunningRelease(ReleaseKind.DEPLOY, steps, gates);
        release.record(new ReleaseEvent.StepStarted(Step.QUALITY_GATES, RunningRelease.key(Step.QUALITY_GATES)));
        return release;
    }

    private Result run(QualityGate... gates) {
        return run(running.target, gates);
    }

    private Result run(DeploymentTarget target, QualityGate... gates) {
        WiredEnvironment wired = running.wired(target, gates);
        Planner planner = new Planner(running.engine, running.repository);
        StepExecutor executor =
                new StepExecutor(running.engine, planner, version -> List.of(), running.persistence, new Calls());
        String key = RunningRelease.key(Step.QUALITY_GATES);
        return executor.run(running.release(), wired, Step.QUALITY_GATES, key, running.log(Step.QUALITY_GATES));
    }

    /** When the worker looks again, after there was nothing more to do. */
    private Instant dueAfter(Result result) {
        assertThat(result).isEqualTo(new Result.Again());
        return ((StepRules.Move.Wait) StepRules.next(running.release(), TOKEN, running.engine.now())).until();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<GateRun> said() {
        List<StepRun> steps = running.release().lastAttempt().orElseThrow().steps();
        return steps.get(steps.size() - 1).gates();
    }

    private static Result answered(StepOutcome outcome) {
        return new Result.Answered(outcome);
    }

    private static Result failed(FailureKind kind, String message) {
        return answered(new StepOutcome.Failed(kind, message, List.of()));
    }
}
