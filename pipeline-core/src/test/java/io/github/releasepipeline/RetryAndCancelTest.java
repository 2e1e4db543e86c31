package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gates that say no, releases that run again, and releases that are called off. */
class RetryAndCancelTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private volatile Supplier<GateResult> verdict = () -> GateResult.passed("Security scan passed");

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_gate_that_says_no_fails_the_version() {
        // given
        Pipeline pipeline = gated();
        verdict = () -> GateResult.failed("3 vulnerabilities");
        // when
        Release release = deploy(pipeline, fixture.version(pipeline));
        // then
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.message()).isEqualTo("Quality gate 'scan': 3 vulnerabilities");
        });
        assertThat(PipelineFixture.steps(fixture.development)).containsExactly(Step.PRE_DEPLOYMENT_CHECKS);
    }

    @Test
    void a_gate_that_cannot_judge_is_an_error_of_the_infrastructure() {
        // given
        Pipeline pipeline = gated();
        verdict = () -> new GateResult(GateVerdict.INCONCLUSIVE, "scanner down", Map.of());
        Release inconclusive = deploy(pipeline, fixture.version(pipeline));
        verdict = () -> {
            throw new IllegalStateException("no scanner");
        };
        // when
        Release broken = pipeline.as(ALICE).releases().retry(inconclusive.id()).await(LONG);
        // then
        assertThat(inconclusive.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(FailureKind.ERRORED));
        assertThat(broken.state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FailureKind.ERRORED);
            assertThat(failed.message()).contains("no scanner");
        });
    }

    @Test
    void a_gate_whose_library_is_missing_fails_the_release_and_not_the_worker() {
        // given
        Pipeline pipeline = gated();
        verdict = () -> {
            throw new NoClassDefFoundError("org/scanner/Client");
        };
        // when
        Release release = deploy(pipeline, fixture.version(pipeline));
        // then
        assertThat(release.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.message()).contains("org/scanner/Client"));
    }

    @Test
    void a_retry_is_a_new_attempt_that_keeps_the_first_backup_and_the_history() {
        // given
        Pipeline pipeline = gated();
        fixture.development.after(Step.BACKUP, () -> fixture.clock.advance(Duration.ofSeconds(40)));
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        Release failed = deploy(pipeline, fixture.version(pipeline));
        // when
        Release release = pipeline.as(BOB).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(release.attempts()).hasSize(2);
        assertThat(release.attempts().get(0)).isEqualTo(failed.attempts().get(0));
        assertThat(release.backup()).isEqualTo(failed.backup());
        assertThat(PipelineFixture.steps(fixture.development))
                .filteredOn(step -> step == Step.BACKUP)
                .hasSize(1);
        assertThat(release.attempts().get(1).steps()).extracting(StepRun::step).contains(Step.QUALITY_GATES);
        assertThat(failed.took()).contains(Duration.ofSeconds(40));
        assertThat(release.took()).as("the final attempt took no time").contains(Duration.ZERO);
    }

    @Test
    void a_retry_does_not_bring_in_again_what_is_still_staged() {
        // given
        Pipeline pipeline = gated();
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        Release failed = deploy(pipeline, fixture.version(pipeline));
        // when
        Release release = pipeline.as(BOB).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(PipelineFixture.steps(fixture.development))
                .filteredOn(step -> step == Step.DEPLOY_ARTIFACTS)
                .hasSize(1);
        assertThat(release.attempts().get(1).steps())
                .filteredOn(run -> run.step() == Step.DEPLOY_ARTIFACTS)
                .extracting(StepRun::summary)
                .containsExactly("Artifacts of the attempt before are still staged");
    }

    @Test
    void a_retry_brings_in_again_what_is_not_staged_any_more() {
        // given
        Pipeline pipeline = gated();
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        Release failed = deploy(pipeline, second);
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        deploy(pipeline, first);
        // when
        Release release = pipeline.as(BOB).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(PipelineFixture.steps(fixture.development))
                .filteredOn(step -> step == Step.DEPLOY_ARTIFACTS)
                .hasSize(3);
        assertThat(fixture.development.observe().active().digest()).isEqualTo(second.manifest());
    }

    @Test
    void a_retry_is_refused_when_the_environment_has_changed_since() {
        // given
        Pipeline pipeline = gated();
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        fixture.development.failNext(Step.ACTIVATE, FailureKind.ERRORED, "switch is stuck");
        Release failed = deploy(pipeline, second);
        fixture.deployed(pipeline, first, "development");
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().retry(failed.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("changed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"PRE_DEPLOYMENT_CHECKS", "BACKUP", "DEPLOY_ARTIFACTS", "POST_DEPLOYMENT_CHECKS"})
    void a_running_release_is_called_off_after_the_step_it_is_in_and_nothing_stays_staged(Step step) {
        // given
        Pipeline pipeline = gated();
        Version first = fixture.version(pipeline);
        fixture.deployed(pipeline, first, "development");
        Deployment deployment = stoppedIn(step, pipeline, fixture.version(pipeline));
        // when
        Release asked = pipeline.as(BOB).releases().cancel(deployment.id(), "wrong version");
        go.countDown();
        Release release = deployment.await(LONG);
        // then
        assertThat(asked.state().kind()).isEqualTo(Kind.IN_PROGRESS);
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Cancelled.class, cancelled -> {
            assertThat(cancelled.by()).isEqualTo(BOB);
            assertThat(cancelled.reason()).isEqualTo("wrong version");
        });
        assertThat(fixture.development.observe().active().digest()).isEqualTo(first.manifest());
        assertThat(pipeline.as(ALICE).environments().get("development").running())
                .isEmpty();
        boolean staged = step == Step.DEPLOY_ARTIFACTS || step == Step.POST_DEPLOYMENT_CHECKS;
        assertThat(PipelineFixture.steps(fixture.development).contains(Step.RESTORE))
                .isEqualTo(staged);
        assertThat(pipeline.as(ALICE).environments().get("development").degradation())
                .isEmpty();
    }

    @Test
    void a_release_that_activates_cannot_be_called_off() {
        // given
        Pipeline pipeline = gated();
        Deployment deployment = stoppedIn(Step.ACTIVATE, pipeline, fixture.version(pipeline));
        // when / then
        assertThatThrownBy(() -> pipeline.as(BOB).releases().cancel(deployment.id(), "too late"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("activating");
        go.countDown();
        assertThat(deployment.await(LONG).succeeded()).isTrue();
    }

    @Test
    void what_was_staged_and_cannot_be_dropped_degrades_the_environment() {
        // given
        Pipeline pipeline = gated();
        Deployment deployment = stoppedIn(Step.POST_DEPLOYMENT_CHECKS, pipeline, fixture.version(pipeline));
        fixture.development.throwBefore(Step.RESTORE, AdapterException.passing("connection refused", null));
        pipeline.as(BOB).releases().cancel(deployment.id(), "wrong version");
        // when
        go.countDown();
        Release release = deployment.await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(pipeline.as(ALICE).environments().get("development").degradation())
                .isPresent();
    }

    @Test
    void a_cancellation_survives_the_process_that_took_it() {
        // given
        Pipeline first = gated();
        Deployment deployment = stoppedIn(Step.DEPLOY_ARTIFACTS, first, fixture.version(first));
        first.as(BOB).releases().cancel(deployment.id(), "wrong version");
        Pipeline second = gated();
        // when
        assertThat(second.maintain()).isEmpty();
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        go.countDown();
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(fixture.development.observe().active().items()).isEmpty();
    }

    private final CountDownLatch go = new CountDownLatch(1);

    private Deployment stoppedIn(Step step, Pipeline pipeline, Version version) {
        CountDownLatch there = new CountDownLatch(1);
        fixture.development.before(step, () -> {
            there.countDown();
            PipelineFixture.await(go);
        });
        Deployment deployment = fixture.deploy(pipeline, version, "development");
        PipelineFixture.await(there);
        return deployment;
    }

    private Release deploy(Pipeline pipeline, Version version) {
        return fixture.deploy(pipeline, version, "development").await(LONG);
    }

    private Pipeline gated() {
        QualityGate gate = new QualityGate() {
            @Override
            public String name() {
                return "scan";
            }

            @Override
            public GateResult evaluate(GateContext context) {
                return verdict.get();
            }
        };
        return fixture.build(
                fixture.bare(fixture.memory).environment("development", fixture.development, env -> env.gate(gate)));
    }
}
