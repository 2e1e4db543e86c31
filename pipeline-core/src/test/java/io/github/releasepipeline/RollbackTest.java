package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.CAROL;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.audit.RollbackRecord;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.NotRolledBack;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollbackTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private Pipeline pipeline;
    private Version first;
    private Version second;
    private Release live;

    @BeforeEach
    void start() {
        pipeline = fixture.start();
        first = fixture.version(pipeline);
        fixture.deployed(pipeline, first, "production");
        second = fixture.version(pipeline);
        fixture.clock.advance(Duration.ofHours(1));
        live = fixture.deployed(pipeline, second, "production");
    }

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_rollback_goes_back_to_the_version_before_in_five_steps_without_approval() {
        // given
        fixture.clock.set(Instant.parse("2024-03-19T14:45:00Z"));
        // when
        Release rollback = rollback(live, "High error rate");
        // then
        assertThat(rollback.kind()).isEqualTo(ReleaseKind.ROLLBACK);
        assertThat(rollback.succeeded()).isTrue();
        assertThat(rollback.lastAttempt().orElseThrow().steps())
                .extracting(StepRun::step)
                .containsExactly(Step.DEACTIVATE, Step.RESTORE, Step.ACTIVATE_PREVIOUS, Step.VERIFY, Step.ALERT);
        assertThat(fixture.production.observe().active().digest()).isEqualTo(first.manifest());
        assertThat(fixture.production.isRouting()).isTrue();
        assertThat(get(live).state().kind()).isEqualTo(Kind.ROLLED_BACK);
        assertThat(active()).isEqualTo(first.number().tag());
        assertThat(pipeline.as(ALICE).audit().rollbacks())
                .containsExactly(new RollbackRecord(
                        "release.rollback",
                        "v0.2.0",
                        "v0.1.0",
                        "production",
                        "alice",
                        "High error rate",
                        Instant.parse("2024-03-19T14:45:00Z")));
    }

    @Test
    void a_rollback_says_what_it_leaves_as_it_is() {
        Release rollback = rollback(live, "bad");
        assertThat(rollback.notRolledBack())
                .containsExactly(
                        NotRolledBack.SCHEMA_MIGRATIONS, NotRolledBack.RUNNING_EXECUTIONS, NotRolledBack.HISTORY);
        assertThat(live.notRolledBack()).isEmpty();
    }

    @Test
    void a_rollback_without_a_reason_is_an_error() {
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(live.id(), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(environment().hold()).isEmpty();
    }

    @Test
    void the_first_version_has_nowhere_to_go_back_to() {
        // given
        Release only = fixture.deployed(pipeline, first, "development");
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(only.id(), "bad"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no version to go back to");
    }

    @Test
    void a_deprecated_version_is_no_default_and_needs_to_be_allowed_and_a_blocked_one_never_is() {
        // given
        pipeline.as(ALICE).versions().deprecate(first.id(), "old");
        Releases releases = pipeline.as(ALICE).releases();
        // when / then
        assertThatThrownBy(() -> releases.rollback(live.id(), "bad")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> releases.rollback(live.id(), first.id(), false, "bad"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("deprecated");
        Release back = releases.rollback(live.id(), first.id(), true, "bad").await(LONG);
        assertThat(back.succeeded()).isTrue();
        pipeline.as(ALICE).versions().block(second.id(), "leaks");
        assertThatThrownBy(() -> releases.rollback(back.id(), second.id(), true, "forward"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("BLOCKED");
    }

    @Test
    void a_rollback_of_a_rollback_needs_a_version_that_is_named() {
        // given
        Release back = rollback(live, "bad");
        Releases releases = pipeline.as(ALICE).releases();
        // when / then
        assertThatThrownBy(() -> releases.rollback(back.id(), "worse")).isInstanceOf(RefusedException.class);
        assertThat(releases.rollback(back.id(), second.id(), false, "was not it")
                        .await(LONG)
                        .succeeded())
                .isTrue();
        assertThat(active()).isEqualTo("v0.2.0");
    }

    @Test
    void a_version_that_was_never_active_here_is_no_target_because_nobody_approved_it_here() {
        // given
        Version third = fixture.version(pipeline);
        fixture.deployed(pipeline, third, "staging");
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(live.id(), third.id(), false, "a short cut"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("never active in production");
        assertThat(environment().hold()).isEmpty();
        assertThat(active()).isEqualTo("v0.2.0");
    }

    @Test
    void a_version_that_was_rolled_away_from_is_no_default_target_any_more() {
        // given
        rollback(live, "bad");
        Version third = fixture.version(pipeline);
        Release newest = fixture.deployed(pipeline, third, "production");
        // when
        rollback(newest, "bad too");
        // then
        assertThat(active()).isEqualTo("v0.1.0");
    }

    @Test
    void a_release_that_is_not_active_any_more_cannot_be_rolled_back() {
        // given
        fixture.deployed(pipeline, fixture.version(pipeline), "production");
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(live.id(), "late"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not active");
    }

    @Test
    void rolling_back_a_failed_redeployment_restores_what_was_active() {
        // given
        fixture.production.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        Release again = fixture.deploy(pipeline, second, "production").await(LONG);
        // when
        rollback(again, "put it right");
        // then
        assertThat(again.state().kind()).isEqualTo(Kind.FAILED);
        assertThat(active()).isEqualTo("v0.2.0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"DEACTIVATE", "RESTORE", "ACTIVATE_PREVIOUS", "VERIFY"})
    void a_rollback_that_fails_midway_degrades_the_environment_and_a_retry_repairs_it(Step step) {
        // given
        fixture.production.failNext(step, FailureKind.ERRORED, "switch is stuck");
        Release failed = rollback(live, "bad");
        Environment degraded = environment();
        // when
        Release retried = pipeline.as(BOB).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(failed.state().kind()).isEqualTo(Kind.FAILED);
        assertThat(degraded.degradation()).isPresent();
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(live.id(), "again"))
                .isInstanceOf(RefusedException.class);
        assertThat(retried.succeeded()).isTrue();
        assertThat(environment().degradation()).isEmpty();
        assertThat(get(live).state().kind()).isEqualTo(Kind.ROLLED_BACK);
        assertThat(fixture.production.observe().active().digest()).isEqualTo(first.manifest());
    }

    @Test
    void a_failed_rollback_may_be_followed_by_another_target() {
        // given
        Release newest = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        fixture.production.failNext(Step.RESTORE, FailureKind.ERRORED, "backup is gone");
        Release failed = rollback(newest, "bad");
        // when
        Release other = rollback(newest, first);
        // then
        assertThat(failed.version()).isEqualTo(second.id());
        assertThat(other.succeeded()).isTrue();
        assertThat(environment().degradation()).isEmpty();
        assertThat(active()).isEqualTo("v0.1.0");
        assertThat(get(newest).state().kind()).isEqualTo(Kind.ROLLED_BACK);
    }

    @Test
    void a_rollback_that_was_asked_for_twice_happens_once() {
        // given
        CountDownLatch go = new CountDownLatch(1);
        fixture.production.before(Step.DEACTIVATE, () -> PipelineFixture.await(go));
        Deployment one = pipeline.as(ALICE).releases().rollback(live.id(), "error rate");
        Deployment other = pipeline.as(BOB).releases().rollback(live.id(), "error rate");
        fixture.clock.advance(Duration.ofSeconds(5));
        // when
        go.countDown();
        // then
        assertThat(one.await(LONG).succeeded()).isTrue();
        assertThat(other.await(LONG).state())
                .isInstanceOfSatisfying(
                        ReleaseState.Superseded.class,
                        superseded -> assertThat(superseded.by()).isEqualTo(one.id()));
        assertThat(PipelineFixture.steps(fixture.production))
                .filteredOn(Step.DEACTIVATE::equals)
                .hasSize(1);
    }

    @Test
    void a_failed_rollback_is_not_tried_again_when_something_else_became_active_since() {
        // given
        fixture.production.failNext(Step.DEACTIVATE, FailureKind.ERRORED, "switch is stuck");
        Release failed = rollback(live, "bad");
        fixture.clock.advance(Duration.ofSeconds(5));
        Release other = pipeline.as(ALICE)
                .releases()
                .rollback(live.id(), first.id(), false, "by name")
                .await(LONG);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().retry(failed.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("of release " + other.id() + " became active in production after rollback");
        assertThat(pipeline.as(ALICE).releases().explain(failed.id()).unmet())
                .extracting(Condition::code)
                .containsExactly("rollback.overtaken");
    }

    @Test
    void a_failed_rollback_that_waited_to_be_tried_again_is_failed_as_before_when_something_else_became_active() {
        // given
        fixture.production.failNext(Step.DEACTIVATE, FailureKind.ERRORED, "switch is stuck");
        Release failed = rollback(live, "bad");
        CountDownLatch go = new CountDownLatch(1);
        fixture.production.before(Step.ACTIVATE, () -> PipelineFixture.await(go));
        Release forced = pipeline.as(ALICE)
                .releases()
                .requestForced(fixture.version(pipeline).id(), "production", "it has to be mended");
        pipeline.as(BOB).releases().approve(forced.id(), "yes");
        pipeline.as(CAROL).releases().approve(forced.id(), "yes");
        Deployment running = pipeline.as(ALICE).releases().deploy(forced.id());
        Deployment retried = pipeline.as(ALICE).releases().retry(failed.id());
        fixture.clock.advance(Duration.ofSeconds(5));
        // when
        go.countDown();
        // then
        assertThat(running.await(LONG).succeeded()).isTrue();
        assertThat(retried.await(LONG)).isEqualTo(failed);
        assertThat(active()).isEqualTo("v0.3.0");
    }

    @Test
    void a_rollback_goes_ahead_of_the_queue_and_holds_automation() {
        // given
        Version third = fixture.version(pipeline);
        Version fourth = fixture.version(pipeline);
        fixture.production.failNext(Step.ACTIVATE, FailureKind.FAILED, "bad config");
        Release failed = fixture.deploy(pipeline, third, "production").await(LONG);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.production.before(Step.BACKUP, () -> {
            busy.countDown();
            PipelineFixture.await(go);
        });
        fixture.production.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        fixture.deploy(pipeline, third, "production");
        PipelineFixture.await(busy);
        Deployment waiting = fixture.deploy(pipeline, fourth, "production");
        // when
        Deployment rollback = pipeline.as(ALICE).releases().rollback(failed.id(), "put it right");
        List<QueuedRelease> queue = environment().queue();
        go.countDown();
        // then
        assertThat(queue).extracting(QueuedRelease::release).containsExactly(rollback.id(), waiting.id());
        assertThat(rollback.await(LONG).succeeded()).isTrue();
        assertThat(waiting.await(LONG).succeeded()).isTrue();
        assertThat(environment().hold())
                .as("what waited before does not lift it")
                .hasValueSatisfying(hold -> assertThat(hold.reason()).isEqualTo("put it right"));
    }

    @Test
    void a_version_that_was_rolled_away_from_may_be_gone_back_to_by_name() {
        // given
        rollback(live, "bad");
        Release newest = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        // when
        Release back = pipeline.as(ALICE)
                .releases()
                .rollback(newest.id(), second.id(), false, "it was not so bad")
                .await(LONG);
        // then
        assertThat(back.succeeded()).isTrue();
        assertThat(active()).isEqualTo("v0.2.0");
    }

    @Test
    void a_version_whose_only_deployment_here_failed_was_never_active_here() {
        // given
        Version third = fixture.version(pipeline);
        fixture.production.failNext(Step.ACTIVATE, FailureKind.FAILED, "bad config");
        Release failed = fixture.deploy(pipeline, third, "production").await(LONG);
        rollback(failed, "put it right");
        assertThat(get(failed).state().kind()).isEqualTo(Kind.ROLLED_BACK);
        Release newest = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(newest.id(), third.id(), false, "a short cut"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("never active in production");
    }

    private Release rollback(Release release, String reason) {
        return pipeline.as(ALICE).releases().rollback(release.id(), reason).await(LONG);
    }

    private Release rollback(Release release, Version target) {
        return pipeline.as(ALICE)
                .releases()
                .rollback(release.id(), target.id(), false, "by name")
                .await(LONG);
    }

    private Release get(Release release) {
        return pipeline.as(ALICE).releases().get(release.id());
    }

    private Environment environment() {
        return pipeline.as(ALICE).environments().get("production");
    }

    private String active() {
        return environment().active().map(ActiveVersion::number).orElseThrow().tag();
    }
}
