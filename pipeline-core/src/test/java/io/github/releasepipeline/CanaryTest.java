package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static io.github.releasepipeline.PipelineFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.memory.ScriptedGate;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A version gets a part of the traffic first, and is judged there. */
class CanaryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PipelineFixture fixture = new PipelineFixture();
    private final ScriptedTarget target = fixture.production;
    private final ScriptedGate errorRate = ScriptedGate.passing("Error rate");
    private final ScriptedGate latency = ScriptedGate.passing("Latency");

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_version_gets_ten_percent_of_the_traffic_is_judged_there_and_promoted_to_all_of_it() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, this::watchedForOneMinute));
        Version old = active(pipeline);
        Version young = fixture.version(pipeline);
        // when
        Deployment deployment = fixture.deploy(pipeline, young, "gradual");
        await(() -> samples(deployment, "Error rate") == 1 && samples(deployment, "Latency") == 1);
        // then
        assertThat(target.canaryPercent()).isEqualTo(10);
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
        assertThat(pipeline.as(ALICE)
                        .environments()
                        .get("gradual")
                        .active()
                        .orElseThrow()
                        .version())
                .isEqualTo(old.id());
        // when
        fixture.clock.advance(MINUTE);
        Release release = deployment.await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(target.canaryPercent()).isZero();
        assertThat(target.observe().active().digest()).isEqualTo(young.manifest());
        assertThat(ran(release))
                .containsExactly(
                        Step.PRE_DEPLOYMENT_CHECKS,
                        Step.QUALITY_GATES,
                        Step.BACKUP,
                        Step.DEPLOY_ARTIFACTS,
                        Step.POST_DEPLOYMENT_CHECKS,
                        Step.CANARY,
                        Step.CANARY_ANALYSIS,
                        Step.ACTIVATE,
                        Step.NOTIFY)
                .isEqualTo(release.steps());
        assertThat(fixture.log(release.id()))
                .anyMatch(line -> line.endsWith("✓ 10 % of the traffic goes to " + young.number()))
                .anyMatch(line -> line.endsWith("✓ Latency passed (sample 2, green for 1 minute of 1 minute)"));
    }

    @Test
    void error_rate_and_latency_are_watched_together() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, this::watchedForOneMinute));
        active(pipeline);
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gradual");
        await(() -> samples(deployment, "Latency") == 1);
        // when
        errorRate.answerNext(GateResult.passed("still few")).answerNext(GateResult.failed("12 % errors"));
        latency.answerNext(GateResult.inconclusive("no answer from the monitoring"));
        fixture.clock.advance(MINUTE);
        await(() -> samples(deployment, "Latency") == 2);
        assertThat(deployment.release().state().kind())
                .as("the latency is not known for long enough yet")
                .isEqualTo(Kind.IN_PROGRESS);
        fixture.clock.advance(MINUTE);
        // then
        assertThat(deployment.await(LONG).state())
                .as("the error rate was watched on")
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("Quality gate 'Error rate': 12 % errors"));
    }

    @Test
    void all_traffic_goes_back_at_once_when_a_gate_says_no_whatever_else_follows_a_failure() {
        // given
        Pipeline pipeline = gradual(env -> env.afterFailure(AfterFailure.STAY).canary(10, this::watchedForOneMinute));
        Version old = active(pipeline);
        errorRate.answerNext(GateResult.failed("12 % errors"));
        // when
        Release release =
                fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        // then
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo(Step.CANARY_ANALYSIS);
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
        });
        assertThat(target.canaryPercent()).isZero();
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
        assertThat(pipeline.as(ALICE).environments().get("gradual").degradation())
                .isEmpty();
        assertThat(pipeline.as(ALICE).releases().actions(release.id())).contains(ReleaseAction.RETRY);
    }

    @Test
    void a_retry_tries_the_canary_again() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        active(pipeline);
        errorRate.answerNext(GateResult.failed("12 % errors"));
        Release failed =
                fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        target.before(Step.ACTIVATE, () -> assertThat(target.canaryPercent()).isEqualTo(10));
        // when
        Release release = pipeline.as(ALICE).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(errorRate.judged()).hasSize(2);
    }

    @Test
    void a_person_decides_whether_a_version_is_promoted_and_the_release_is_paused_meanwhile() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gateByPerson("Promote")));
        active(pipeline);
        Version young = fixture.version(pipeline);
        // when
        Release waiting = fixture.deploy(pipeline, young, "gradual").await(LONG);
        // then
        assertThat(waiting.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Paused.class,
                        paused -> assertThat(paused.step()).isEqualTo(Step.CANARY_ANALYSIS));
        assertThat(target.canaryPercent()).isEqualTo(10);
        assertThat(pipeline.as(BOB).releases().actions(waiting.id()))
                .containsExactly(ReleaseAction.VIEW_LOGS, ReleaseAction.CANCEL, ReleaseAction.JUDGE);
        // when
        Release release = pipeline.as(BOB)
                .releases()
                .judge(waiting.id(), "Promote", GateVerdict.PASSED, "quiet for an hour")
                .await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(target.observe().active().digest()).isEqualTo(young.manifest());
    }

    @Test
    void a_canary_that_is_called_off_gives_its_traffic_back() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, this::watchedForOneMinute));
        Version old = active(pipeline);
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gradual");
        await(() -> samples(deployment, "Latency") == 1);
        // when
        pipeline.as(ALICE).releases().cancel(deployment.id(), "the wrong one");
        // then
        assertThat(deployment.await(LONG).state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(target.canaryPercent()).isZero();
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
    }

    @Test
    void a_canary_is_watched_on_by_another_node_after_a_crash() {
        // given
        Pipeline first = gradual(env -> env.canary(10, this::watchedForOneMinute));
        active(first);
        Version young = fixture.version(first);
        Deployment deployment = fixture.deploy(first, young, "gradual");
        await(() -> samples(deployment, "Latency") == 1);
        first.close();
        // when
        Pipeline second = gradual(env -> env.canary(10, this::watchedForOneMinute));
        second.maintain();
        fixture.clock.advance(MINUTE);
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(PipelineFixture.steps(target))
                .filteredOn(Step.CANARY::equals)
                .hasSize(1);
        assertThat(target.observe().active().digest()).isEqualTo(young.manifest());
    }

    @Test
    void a_canary_whose_answer_is_lost_is_found_at_the_target() {
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        active(pipeline);
        target.loseReply(Step.CANARY);
        Release release =
                fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(PipelineFixture.steps(target))
                .filteredOn(Step.CANARY::equals)
                .hasSize(1);
    }

    @Test
    void a_canary_that_nobody_knows_of_is_taken_back_when_a_person_gives_it_up() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        Version old = active(pipeline);
        target.loseReply(Step.CANARY);
        target.loseProbe("the journal is gone");
        Release paused =
                fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        assertThat(paused.state().kind()).isEqualTo(Kind.PAUSED);
        assertThat(target.canaryPercent()).isEqualTo(10);
        // when
        Release release = pipeline.as(ALICE)
                .releases()
                .resolve(paused.id(), Resolution.GIVE_UP, "not worth it")
                .await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.FAILED);
        assertThat(target.canaryPercent()).isZero();
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
    }

    @Test
    void a_canary_that_may_have_got_all_of_the_traffic_degrades_the_environment_when_a_person_gives_it_up() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        active(pipeline);
        target.loseCall(Step.ACTIVATE);
        target.loseProbe("the journal is gone");
        Release paused =
                fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        assertThat(target.canaryPercent()).isEqualTo(10);
        // when
        pipeline.as(ALICE)
                .releases()
                .resolve(paused.id(), Resolution.GIVE_UP, "not worth it")
                .await(LONG);
        // then
        assertThat(pipeline.as(ALICE).environments().get("gradual").degradation())
                .isPresent();
    }

    @Test
    void a_version_that_is_healthy_and_cannot_be_activated_gives_its_traffic_back() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        Version old = active(pipeline);
        target.failNext(Step.ACTIVATE, FailureKind.FAILED, "no");
        // when
        Release release =
                fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.FAILED);
        assertThat(target.canaryPercent()).isZero();
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
    }

    @Test
    void a_canary_whose_activation_left_items_behind_gives_its_traffic_back_and_the_environment_is_degraded() {
        // given
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        active(pipeline);
        ItemId left = new ItemId("flow", "left");
        target.failNext(Step.ACTIVATE, new StepOutcome.Failed(FailureKind.ERRORED, "no disk", List.of(left)));
        // when
        fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        // then
        assertThat(target.canaryPercent()).isZero();
        assertThat(pipeline.as(ALICE).environments().get("gradual").degradation())
                .hasValueSatisfying(
                        degradation -> assertThat(degradation.items()).containsExactly(left));
    }

    @Test
    void an_environment_is_degraded_if_the_traffic_cannot_be_taken_back() {
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        active(pipeline);
        errorRate.answerNext(GateResult.failed("12 % errors"));
        target.failNext(Step.RESTORE, FailureKind.ERRORED, "the router does not answer");
        fixture.deploy(pipeline, fixture.version(pipeline), "gradual").await(LONG);
        assertThat(pipeline.as(ALICE).environments().get("gradual").degradation())
                .hasValueSatisfying(
                        degradation -> assertThat(degradation.reason()).contains("the router does not answer"));
    }

    @Test
    void the_first_version_of_an_environment_gets_all_of_the_traffic_at_once() {
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        Release release = fixture.deployed(pipeline, fixture.version(pipeline), "gradual");
        assertThat(ran(release)).isEqualTo(Step.of(release.kind())).hasSize(7);
        assertThat(errorRate.judged()).isEmpty();
    }

    @Test
    void a_rollback_has_no_canary() {
        Pipeline pipeline = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        Version old = active(pipeline);
        Release release = fixture.deployed(pipeline, fixture.version(pipeline), "gradual");
        Release rollback =
                pipeline.as(ALICE).releases().rollback(release.id(), "too slow").await(LONG);
        assertThat(ran(rollback)).isEqualTo(Step.of(rollback.kind())).hasSize(5);
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
    }

    @Test
    void a_quality_gate_may_judge_the_canary_too_and_what_it_said_before_does_not_count_there() {
        Pipeline pipeline = gradual(env -> env.gate(errorRate, gate -> gate.freshFor(Duration.ofHours(1)))
                .canary(10, canary -> canary.gate(errorRate, gate -> gate.freshFor(Duration.ofHours(1)))));
        active(pipeline);
        int before = errorRate.judged().size();
        fixture.deployed(pipeline, fixture.version(pipeline), "gradual");
        assertThat(errorRate.judged()).hasSize(before + 2);
    }

    @Test
    void a_target_that_was_wired_anew_and_has_no_canary_fails_the_release_and_nothing_changes() {
        // given
        Pipeline first = gradual(env -> env.canary(10, canary -> canary.gate(errorRate)));
        Version old = active(first);
        CountDownLatch checked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        target.before(Step.POST_DEPLOYMENT_CHECKS, () -> {
            checked.countDown();
            PipelineFixture.await(go);
        });
        Deployment deployment = fixture.deploy(first, fixture.version(first), "gradual");
        PipelineFixture.await(checked);
        // when
        Pipeline second = fixture.build(
                fixture.bare(fixture.memory).environment("gradual", without(target), env -> env.gate(errorRate)));
        second.maintain();
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        go.countDown();
        // then
        assertThat(release.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.message())
                                .isEqualTo("The target cannot give a part of the traffic to a version any more"));
        assertThat(target.observe().active().digest()).isEqualTo(old.manifest());
    }

    @Test
    void what_cannot_be_is_told_when_the_pipeline_is_built() {
        assertProblem(
                env -> env.canary(0, canary -> canary.gate(errorRate)),
                "A canary gets 1 to 99 percent of the traffic, not 0");
        assertProblem(env -> env.canary(10, canary -> {}), "A canary needs a gate");
        assertProblem(env -> env.canary(canary -> canary.gate(errorRate)), "say how much of the traffic it gets");
        assertProblem(
                env -> env.canary(10, canary -> canary.gate(errorRate).gateByPerson("Error rate")),
                "canary: two gates have the same name 'Error rate'");
        assertProblem(
                env -> env.gate(ScriptedGate.passing("Error rate")).canary(10, canary -> canary.gate(errorRate)),
                "canary: gate 'Error rate' is another than the environment's quality gate of this name");
        assertThatThrownBy(() -> fixture.build(fixture.bare(fixture.memory)
                        .environment(
                                "gradual", without(target), env -> env.canary(10, canary -> canary.gate(errorRate)))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it is no CanaryTarget");
        fixture.version(fixture.start());
    }

    private void assertProblem(Consumer<EnvironmentBuilder> demands, String problem) {
        assertThatThrownBy(() -> gradual(demands))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }

    private void watchedForOneMinute(CanaryBuilder canary) {
        canary.gate(errorRate, CanaryTest::oneMinute).gate(latency, CanaryTest::oneMinute);
    }

    private static void oneMinute(GateBuilder gate) {
        gate.every(MINUTE).greenFor(MINUTE).timeout(Duration.ofMinutes(10));
    }

    /** A version that is there already; nobody judges the first one. */
    private Version active(Pipeline pipeline) {
        Version version = fixture.version(pipeline);
        fixture.deployed(pipeline, version, "gradual");
        return version;
    }

    private Pipeline gradual(Consumer<EnvironmentBuilder> demands) {
        return fixture.build(fixture.bare(fixture.memory).environment("gradual", target, demands));
    }

    private static List<Step> ran(Release release) {
        return release.lastAttempt().orElseThrow().steps().stream()
                .map(StepRun::step)
                .toList();
    }

    /** The same target without what it can do beyond the port. */
    private static DeploymentTarget without(DeploymentTarget target) {
        return (DeploymentTarget) Proxy.newProxyInstance(
                DeploymentTarget.class.getClassLoader(),
                new Class<?>[] {DeploymentTarget.class},
                (proxy, method, arguments) -> method.invoke(target, arguments));
    }

    private static void await(BooleanSupplier condition) {
        org.awaitility.Awaitility.await().atMost(LONG).until(condition::getAsBoolean);
    }
}
