package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that says no, throws, loses calls and answers, and does not know what it did. */
class StepFaultTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private Pipeline pipeline;
    private Version first;
    private Version second;

    @BeforeEach
    void start() {
        pipeline = fixture.start();
        first = fixture.version(pipeline);
        fixture.deployed(pipeline, first, "development");
        second = fixture.version(pipeline);
    }

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"PRE_DEPLOYMENT_CHECKS", "BACKUP", "DEPLOY_ARTIFACTS", "POST_DEPLOYMENT_CHECKS", "ACTIVATE"})
    void a_step_that_says_no_fails_the_release_and_leaves_the_old_version_active(Step step) {
        // given
        fixture.development.failNext(step, FailureKind.FAILED, "2 of 3 smoke tests failed");
        // when
        Release release = deploySecond();
        // then
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo(step);
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.message()).isEqualTo("2 of 3 smoke tests failed");
        });
        assertThat(fixture.log(release.id()))
                .last()
                .asString()
                .contains("✗ Deployment failed after 0.0s: 2 of 3 smoke tests failed");
        assertThat(fixture.development.observe().active().digest()).isEqualTo(first.manifest());
        assertThat(environment().running()).isEmpty();
        assertThat(environment().active()).map(ActiveVersion::version).contains(first.id());
        assertThat(environment().degradation()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_lost_answer_is_found_by_probing_and_the_release_goes_on(Step step) {
        // given
        fixture.development.loseReply(step);
        // when
        Release release = deploySecond();
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(fixture.development.effects().stream().filter(effect -> effect.step() == step))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(release.backup()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_call_that_never_arrived_is_an_error_of_the_infrastructure(Step step) {
        // given
        fixture.development.loseCall(step);
        // when
        Release release = deploySecond();
        // then
        assertThat(release.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(FailureKind.ERRORED));
        assertThat(fixture.development.observe().active().digest()).isEqualTo(first.manifest());
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_step_that_nobody_can_tell_of_waits_for_a_person_and_keeps_the_slot(Step step) {
        // given
        fixture.development.loseReply(step);
        fixture.development.loseProbe("the journal is gone");
        // when
        Release release = deploySecond();
        // then
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Paused.class, paused -> {
            assertThat(paused.step()).isEqualTo(step);
            assertThat(paused.why()).isEqualTo("the journal is gone");
        });
        assertThat(environment().running()).contains(release.id());
        assertThat(pipeline.maintain()).isEmpty();
        assertThat(pipeline.as(ALICE).releases().get(release.id()).state().kind())
                .isEqualTo(ReleaseState.Kind.PAUSED);
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().cancel(release.id(), "no"))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_lost_step_that_happened_is_not_run_again(Step step) {
        // given
        fixture.development.loseReply(step);
        fixture.development.loseProbe("the journal is gone");
        Release paused = deploySecond();
        // when
        Release release = pipeline.as(ALICE)
                .releases()
                .resolve(paused.id(), Resolution.HAPPENED, "seen on the machine")
                .await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(release.lastAttempt().orElseThrow().fencingToken())
                .isEqualTo(paused.lastAttempt().orElseThrow().fencingToken() + 1);
        assertThat(PipelineFixture.steps(fixture.development))
                .filteredOn(done -> done == step)
                .hasSize(2);
        assertThat(environment().active()).map(ActiveVersion::version).contains(second.id());
        assertThat(environment().active()).map(ActiveVersion::release).contains(release.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BACKUP", "DEPLOY_ARTIFACTS", "ACTIVATE"})
    void a_lost_step_that_did_not_happen_is_run_again_under_a_new_key(Step step) {
        // given
        fixture.development.loseCall(step);
        fixture.development.loseProbe("the journal is gone");
        Release paused = deploySecond();
        // when
        Release release = pipeline.as(ALICE)
                .releases()
                .resolve(paused.id(), Resolution.REPEAT, "nothing on the machine")
                .await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(fixture.development.effects().stream()
                        .filter(effect -> effect.step() == step)
                        .map(effect -> effect.attemptKey())
                        .toList())
                .last()
                .asString()
                .endsWith("/2");
        assertThat(fixture.development.observe().active().digest()).isEqualTo(second.manifest());
    }

    @Test
    void giving_up_on_a_lost_step_fails_the_release_as_unknown_and_frees_the_slot() {
        // given
        fixture.development.loseCall(Step.ACTIVATE);
        fixture.development.loseProbe("the journal is gone");
        Release paused = deploySecond();
        // when
        Release release = pipeline.as(ALICE)
                .releases()
                .resolve(paused.id(), Resolution.GIVE_UP, "no time")
                .await(LONG);
        // then
        assertThat(release.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(FailureKind.UNKNOWN));
        assertThat(environment().running()).isEmpty();
    }

    @Test
    void giving_up_on_an_activation_that_nobody_knows_of_degrades_the_environment() {
        // given
        fixture.development.loseReply(Step.ACTIVATE);
        fixture.development.loseProbe("the journal is gone");
        Release paused = deploySecond();
        // when
        pipeline.as(ALICE)
                .releases()
                .resolve(paused.id(), Resolution.GIVE_UP, "no time")
                .await(LONG);
        // then
        assertThat(environment().degradation())
                .map(Degradation::reason)
                .contains("nobody knows whether v0.2.0 is active: activate was given up");
    }

    @Test
    void items_that_could_not_be_put_back_degrade_the_environment_until_it_is_repaired() {
        // given
        ItemId broken = pipeline.as(ALICE)
                .versions()
                .manifest(second.id())
                .items()
                .get(0)
                .id();
        fixture.development.failNext(
                Step.DEPLOY_ARTIFACTS, new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of(broken)));
        // when
        Release release = deploySecond();
        // then
        assertThat(environment().degradation())
                .hasValueSatisfying(
                        degradation -> assertThat(degradation.items()).containsExactly(broken));
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().request(second.id(), "development"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("degraded");
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().retry(release.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("degraded");
        pipeline.as(ALICE).environments().repaired("development", "put back by hand");
        assertThat(pipeline.as(ALICE).releases().retry(release.id()).await(LONG).succeeded())
                .isTrue();
    }

    private Release deploySecond() {
        return fixture.deploy(pipeline, second, "development").await(LONG);
    }

    private Environment environment() {
        return pipeline.as(ALICE).environments().get("development");
    }
}
