package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps that are tried again, and calls that take too long. */
class StepRetryTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final StepLimits HOURLY = StepLimits.standard().retries(2).waits(HOUR, 1, HOUR);

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"PRE_DEPLOYMENT_CHECKS", "BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_step_that_works_at_the_second_try_does_not_fail_the_release(Step step) {
        // given
        Pipeline pipeline = pipeline(step, StepLimits.standard().retries(1).waits(Duration.ofMillis(1), 1, HOUR));
        fixture.development.failNext(step, FailureKind.ERRORED, "no connection");
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        // when
        afterTheWait(deployment, Duration.ofMillis(1));
        // then
        Release release = deployment.await(LONG);
        assertThat(release.succeeded()).isTrue();
        assertThat(release.attempts()).hasSize(1);
        assertThat(release.attempts().get(0).steps())
                .filteredOn(run -> run.step() == step)
                .extracting(StepRun::status)
                .containsExactly(StepRun.Status.FAILED, StepRun.Status.SUCCEEDED);
        assertThat(release.attempts().get(0).steps())
                .extracting(StepRun::attemptKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_wait_goes_on_after_the_process_died_in_it() {
        // given
        Pipeline dying = pipeline(Step.DEPLOY_ARTIFACTS, HOURLY);
        fixture.development.failNext(Step.DEPLOY_ARTIFACTS, FailureKind.ERRORED, "no connection");
        Deployment deployment = fixture.deploy(dying, fixture.version(dying), "development");
        awaitWait(deployment);
        dying.close();
        // when
        Pipeline next = pipeline(Step.DEPLOY_ARTIFACTS, HOURLY);
        assertThat(next.maintain()).isEmpty();
        // then
        assertThat(deployment.release().lastAttempt().orElseThrow().fencingToken())
                .isEqualTo(2);
        assertThat(next.as(ALICE)
                        .releases()
                        .follow(deployment.id())
                        .await(Duration.ofMillis(100))
                        .state()
                        .kind())
                .isEqualTo(Kind.IN_PROGRESS);
        fixture.clock.advance(HOUR);
        assertThat(next.as(ALICE).releases().follow(deployment.id()).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void a_release_that_waits_for_another_try_is_called_off_at_once() {
        // given
        Pipeline pipeline = pipeline(Step.ACTIVATE, HOURLY);
        fixture.development.failNext(Step.ACTIVATE, FailureKind.ERRORED, "no connection");
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        awaitWait(deployment);
        // when / then
        assertThatThrownBy(() -> pipeline.as(BOB).releases().cancel(deployment.id(), "no"))
                .as("what was being activated may be half active")
                .hasMessageContaining("activating");
        fixture.clock.advance(HOUR);
        assertThat(deployment.await(LONG).succeeded()).isTrue();
        // given
        Pipeline another = pipeline(Step.DEPLOY_ARTIFACTS, HOURLY);
        fixture.development.failNext(Step.DEPLOY_ARTIFACTS, FailureKind.ERRORED, "no connection");
        Deployment waits = fixture.deploy(another, fixture.version(another), "development");
        awaitWait(waits);
        // when
        another.as(BOB).releases().cancel(waits.id(), "no time");
        // then
        assertThat(waits.await(LONG).state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(PipelineFixture.steps(fixture.development)).last().isEqualTo(Step.RESTORE);
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_late_answer_changes_nothing_because_the_late_call_is_fenced(Step step) {
        // given
        Pipeline pipeline = pipeline(step, StepLimits.standard().timeout(Duration.ofMillis(50)));
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        fixture.development.before(step, () -> PipelineFixture.await(end));
        fixture.development.after(step, ended::countDown);
        Version version = fixture.version(pipeline);
        // when
        Release release = fixture.deploy(pipeline, version, "development").await(LONG);
        end.countDown();
        PipelineFixture.await(ended);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.FAILED);
        assertThat(fixture.log(release.id()))
                .anyMatch(line -> line.endsWith(
                        "! " + step.label() + " gave no answer: no answer within 0.1s; asking the target"));
        assertThat(PipelineFixture.steps(fixture.development)).doesNotContain(step);
        assertThat(pipeline.as(ALICE).releases().get(release.id())).isEqualTo(release);
    }

    @Test
    void a_call_that_took_too_long_and_did_its_work_is_found_by_probing() {
        // given
        Pipeline pipeline = pipeline(Step.ACTIVATE, StepLimits.standard().timeout(Duration.ofMillis(50)));
        CountDownLatch end = new CountDownLatch(1);
        fixture.development.after(Step.ACTIVATE, () -> PipelineFixture.await(end));
        // when
        Release release = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        end.countDown();
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(fixture.development.effects().stream().map(ScriptedTarget.Effect::step))
                .containsOnlyOnce(Step.ACTIVATE);
    }

    @Test
    void a_call_that_took_too_long_and_that_nobody_can_tell_of_waits_for_a_person() {
        // given
        Pipeline pipeline = pipeline(Step.ACTIVATE, StepLimits.standard().timeout(Duration.ofMillis(50)));
        CountDownLatch end = new CountDownLatch(1);
        fixture.development.before(Step.ACTIVATE, () -> PipelineFixture.await(end));
        fixture.development.loseProbe("busy");
        // when
        Release release = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        end.countDown();
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.PAUSED);
    }

    @Test
    void a_clock_that_is_put_back_does_not_hold_up_a_step_for_ever() {
        // given
        Pipeline pipeline = pipeline(Step.BACKUP, HOURLY.waits(Duration.ofMillis(200), 1, HOUR));
        fixture.development.failNext(Step.BACKUP, FailureKind.ERRORED, "no connection");
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        awaitWait(deployment);
        // when
        fixture.clock.advance(Duration.ofDays(-365));
        // then
        assertThat(deployment.await(LONG).succeeded()).isTrue();
    }

    private Pipeline pipeline(Step step, StepLimits limits) {
        return fixture.build(fixture.bare(fixture.memory)
                .environment("development", fixture.development, environment -> environment.step(step, limits)));
    }

    private void afterTheWait(Deployment deployment, Duration wait) {
        awaitWait(deployment);
        fixture.clock.advance(wait);
    }

    private static void awaitWait(Deployment deployment) {
        await().atMost(LONG)
                .until(() -> deployment.release().lastAttempt().stream()
                        .flatMap(attempt -> attempt.steps().stream())
                        .anyMatch(run -> run.waiting().isPresent()));
    }
}
