package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.EnvironmentPolicy.QueueOrder;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several releases want one environment. */
class QueueTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        go.countDown();
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_busy_environment_lets_releases_wait_and_run_in_order() {
        // given
        Pipeline pipeline = fixture.start();
        List<Version> versions =
                List.of(fixture.version(pipeline), fixture.version(pipeline), fixture.version(pipeline));
        Deployment first = running(pipeline, versions.get(0));
        Deployment second = fixture.deploy(pipeline, versions.get(1), "development");
        Deployment third = fixture.deploy(pipeline, versions.get(2), "development");
        // when
        Environment waiting = environment(pipeline);
        fixture.clock.advance(Duration.ofMinutes(3));
        go.countDown();
        Release last = third.await(LONG);
        // then
        assertThat(waiting.running()).contains(first.id());
        assertThat(waiting.queue()).extracting(QueuedRelease::release).containsExactly(second.id(), third.id());
        assertThat(last.succeeded()).isTrue();
        assertThat(last.deployedBy()).contains(ALICE);
        assertThat(last.queuedFor()).contains(Duration.ofMinutes(3));
        assertThat(last.took()).as("without the time in the queue").contains(Duration.ZERO);
        assertThat(first.release().queuedFor()).contains(Duration.ZERO);
        assertThat(environment(pipeline).former())
                .extracting(ActiveVersion::number)
                .containsExactly(versions.get(1).number(), versions.get(0).number());
        assertThat(fixture.development.effects())
                .extracting(effect -> effect.fencingToken())
                .isSorted();
    }

    @Test
    void the_newest_wins_where_the_policy_says_so_and_the_older_names_its_successor() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("development", fixture.development, env -> env.queue(QueueOrder.NEWEST_WINS)));
        List<Version> versions =
                List.of(fixture.version(pipeline), fixture.version(pipeline), fixture.version(pipeline));
        Deployment first = running(pipeline, versions.get(0));
        Deployment second = fixture.deploy(pipeline, versions.get(1), "development");
        // when
        Deployment third = fixture.deploy(pipeline, versions.get(2), "development");
        // then
        assertThat(second.release().state())
                .isInstanceOfSatisfying(
                        ReleaseState.Superseded.class,
                        superseded -> assertThat(superseded.by()).isEqualTo(third.id()));
        go.countDown();
        assertThat(first.await(LONG).succeeded()).isTrue();
        assertThat(third.await(LONG).succeeded()).isTrue();
    }

    @Test
    void an_older_release_that_waited_is_superseded_when_a_newer_one_is_done() {
        // given
        Pipeline pipeline = fixture.start();
        Version older = fixture.version(pipeline);
        Version newer = fixture.version(pipeline);
        Deployment first = running(pipeline, newer);
        Deployment second = fixture.deploy(pipeline, older, "development");
        // when
        fixture.clock.advance(Duration.ofMinutes(1));
        go.countDown();
        Release waited = second.await(LONG);
        // then
        assertThat(waited.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Superseded.class,
                        superseded -> assertThat(superseded.by()).isEqualTo(first.id()));
        assertThat(environment(pipeline).active()).map(ActiveVersion::version).contains(newer.id());
    }

    @Test
    void an_older_release_that_waited_is_not_superseded_where_a_downgrade_was_asked_for() {
        // given
        Pipeline pipeline = fixture.start();
        Version older = fixture.version(pipeline);
        Version newer = fixture.version(pipeline);
        running(pipeline, newer);
        Release wanted = pipeline.as(ALICE).releases().requestDowngrade(older.id(), "development", "v0.2.0 is slow");
        Deployment second = pipeline.as(ALICE).releases().deploy(wanted.id());
        // when
        fixture.clock.advance(Duration.ofMinutes(1));
        go.countDown();
        Release waited = second.await(LONG);
        // then
        assertThat(waited.succeeded()).isTrue();
        assertThat(waited.reason()).contains("v0.2.0 is slow");
        assertThat(environment(pipeline).active()).map(ActiveVersion::version).contains(older.id());
    }

    @Test
    void waiting_for_approval_never_holds_the_slot_of_the_environment() {
        // given
        Pipeline pipeline = fixture.start();
        go.countDown();
        Release waiting =
                pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), "staging");
        // when / then
        assertThat(waiting.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThat(pipeline.as(ALICE).environments().get("staging").running()).isEmpty();
        fixture.deployed(pipeline, fixture.version(pipeline), "staging");
    }

    @Test
    void an_older_version_asked_for_after_the_newer_was_done_is_a_downgrade_and_runs() {
        // given
        Pipeline pipeline = fixture.start();
        Version older = fixture.version(pipeline);
        Version newer = fixture.version(pipeline);
        fixture.deployed(pipeline, newer, "development");
        fixture.clock.advance(Duration.ofMinutes(1));
        // when / then
        assertThat(fixture.deployed(pipeline, older, "development").succeeded()).isTrue();
    }

    @Test
    void what_waits_is_called_off_at_once_and_the_next_goes_on() {
        // given
        Pipeline pipeline = fixture.start();
        List<Version> versions =
                List.of(fixture.version(pipeline), fixture.version(pipeline), fixture.version(pipeline));
        running(pipeline, versions.get(0));
        Deployment second = fixture.deploy(pipeline, versions.get(1), "development");
        Deployment third = fixture.deploy(pipeline, versions.get(2), "development");
        // when
        Release cancelled = pipeline.as(ALICE).releases().cancel(second.id(), "not needed");
        go.countDown();
        // then
        assertThat(cancelled.state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(third.await(LONG).succeeded()).isTrue();
        assertThat(environment(pipeline).queue()).isEmpty();
    }

    @Test
    void what_waits_does_not_run_into_an_environment_that_was_degraded_meanwhile() {
        // given
        Pipeline pipeline = fixture.start();
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        fixture.development.failNext(
                Step.DEPLOY_ARTIFACTS,
                new StepOutcome.Failed(
                        FailureKind.ERRORED, "disk full", List.of(new ItemId("workflow", "workflows/a.json"))));
        Deployment failing = running(pipeline, first);
        Deployment waiting = fixture.deploy(pipeline, second, "development");
        go.countDown();
        failing.await(LONG);
        // when
        pipeline.maintain();
        // then
        assertThat(waiting.release().state().kind()).isEqualTo(Kind.QUEUED);
        pipeline.as(ALICE).environments().repaired("development", "looked after");
        pipeline.maintain();
        assertThat(waiting.await(LONG).succeeded()).isTrue();
    }

    @Test
    void what_waits_and_was_blocked_meanwhile_is_not_deployed() {
        // given
        Pipeline pipeline = fixture.start();
        Deployment running = running(pipeline, fixture.version(pipeline));
        Version bad = fixture.version(pipeline);
        Deployment waiting = fixture.deploy(pipeline, bad, "development");
        // when
        pipeline.as(ALICE).versions().block(bad.id(), "leaks secrets");
        go.countDown();
        Release ended = waiting.await(LONG);
        // then
        assertThat(running.await(LONG).succeeded()).isTrue();
        assertThat(ended.state().kind()).isNotEqualTo(Kind.SUCCEEDED);
        assertThat(ended.attempts()).isEmpty();
    }

    @Test
    void a_hold_stops_what_starts_by_itself_and_lets_people_deploy() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("development", fixture.development, env -> env.startOnApproval()));
        go.countDown();
        assertThatThrownBy(() -> pipeline.as(ALICE).environments().hold("development", " "))
                .isInstanceOf(IllegalArgumentException.class);
        pipeline.as(ALICE).environments().hold("development", "incident");
        Version version = fixture.version(pipeline);
        // when
        Release held = pipeline.as(ALICE).releases().request(version.id(), "development");
        pipeline.maintain();
        // then
        assertThat(pipeline.as(ALICE).releases().get(held.id()).state().kind()).isEqualTo(Kind.READY);
        assertThatThrownBy(() -> pipeline.as(Actor.service("bot")).releases().deploy(held.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("incident");
        pipeline.as(ALICE).environments().resume("development", "incident over");
        pipeline.maintain();
        assertThat(pipeline.as(ALICE).releases().follow(held.id()).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void the_hold_of_a_rollback_is_lifted_by_a_newer_deployment_of_a_person() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        Release bad = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        pipeline.as(ALICE).releases().rollback(bad.id(), "error rate").await(LONG);
        assertThat(environment(pipeline).hold()).isPresent();
        // when
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // then
        assertThat(environment(pipeline).hold()).isEmpty();
    }

    @Test
    void a_failed_release_that_waited_to_be_tried_again_runs_if_nothing_has_changed() {
        // given
        Pipeline pipeline = fixture.start();
        Release failed = failed(pipeline, fixture.version(pipeline));
        Deployment running = running(pipeline, fixture.version(pipeline));
        Deployment retried = pipeline.as(ALICE).releases().retry(failed.id());
        // when
        pipeline.as(ALICE).releases().cancel(running.id(), "the other one first");
        go.countDown();
        // then
        assertThat(retried.await(LONG).succeeded()).isTrue();
    }

    @Test
    void a_failed_release_that_waited_to_be_tried_again_is_failed_as_before_if_the_environment_has_changed() {
        // given
        Pipeline pipeline = fixture.start();
        Version older = fixture.version(pipeline);
        Release failed = failed(pipeline, fixture.version(pipeline));
        Deployment running = running(pipeline, older);
        Deployment retried = pipeline.as(ALICE).releases().retry(failed.id());
        Kind waiting = retried.release().state().kind();
        fixture.clock.advance(Duration.ofMinutes(1));
        // when
        go.countDown();
        Release sentBack = retried.await(LONG);
        // then
        assertThat(waiting).isEqualTo(Kind.QUEUED);
        assertThat(running.await(LONG).succeeded()).isTrue();
        assertThat(sentBack).isEqualTo(failed);
        assertThat(environment(pipeline).queue()).isEmpty();
        assertThat(pipeline.as(ALICE).audit().of(failed.id()))
                .last()
                .extracting(AuditRecord::event)
                .isInstanceOfSatisfying(
                        ReleaseEvent.SentBack.class,
                        event -> assertThat(event.why()).contains("has changed since release " + failed.id()));
        assertThat(pipeline.as(ALICE).releases().actions(failed.id())).contains(ReleaseAction.RETRY);
    }

    @Test
    void a_failed_release_that_waited_to_be_tried_again_is_failed_as_before_if_its_version_was_blocked() {
        // given
        Pipeline pipeline = fixture.start();
        Release failed = failed(pipeline, fixture.version(pipeline));
        Deployment running = running(pipeline, fixture.version(pipeline));
        Deployment retried = pipeline.as(ALICE).releases().retry(failed.id());
        pipeline.as(ALICE).versions().block(failed.version(), "leaks secrets");
        // when
        pipeline.as(ALICE).releases().cancel(running.id(), "the other one first");
        go.countDown();
        // then
        assertThat(retried.await(LONG)).isEqualTo(failed);
    }

    @Test
    void a_failed_release_that_waited_to_be_tried_again_is_failed_as_before_when_a_newer_one_is_done() {
        // given
        Pipeline pipeline = fixture.start();
        Release failed = failed(pipeline, fixture.version(pipeline));
        Deployment newer = running(pipeline, fixture.version(pipeline));
        Deployment retried = pipeline.as(ALICE).releases().retry(failed.id());
        fixture.clock.advance(Duration.ofMinutes(1));
        // when
        go.countDown();
        // then
        assertThat(retried.await(LONG)).isEqualTo(failed);
        assertThat(newer.await(LONG).succeeded()).isTrue();
    }

    @Test
    void a_rollback_goes_ahead_of_what_waits_and_takes_no_place_where_the_newest_wins() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("development", fixture.development, env -> env.queue(QueueOrder.NEWEST_WINS)));
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        Release live = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        Deployment running = running(pipeline, fixture.version(pipeline));
        Deployment waiting = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        // when
        Deployment rollback = pipeline.as(ALICE).releases().rollback(live.id(), "error rate");
        // then
        assertThat(waiting.release().state().kind()).isEqualTo(Kind.QUEUED);
        go.countDown();
        assertThat(running.await(LONG).state().kind()).isEqualTo(Kind.FAILED);
        assertThat(rollback.await(LONG).succeeded()).isTrue();
        assertThat(waiting.await(LONG).succeeded()).isTrue();
    }

    @Test
    void an_older_release_that_is_started_late_supersedes_no_newer_one_where_the_newest_wins() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("development", fixture.development, env -> env.queue(QueueOrder.NEWEST_WINS)));
        Release failed = failed(pipeline, fixture.version(pipeline));
        fixture.clock.advance(Duration.ofMinutes(1));
        Deployment running = running(pipeline, fixture.version(pipeline));
        Deployment newest = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        // when
        Deployment late = pipeline.as(ALICE).releases().retry(failed.id());
        // then
        assertThat(environment(pipeline).queue())
                .extracting(QueuedRelease::release)
                .containsExactly(newest.id(), late.id());
        fixture.clock.advance(Duration.ofMinutes(1));
        go.countDown();
        assertThat(running.await(LONG).succeeded()).isTrue();
        assertThat(newest.await(LONG).succeeded()).isTrue();
        assertThat(late.await(LONG)).isEqualTo(failed);
    }

    @Test
    void an_automatic_deployment_that_waited_is_kept_back_by_the_hold_of_a_rollback() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        Release live = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "1/3 smoke tests");
        running(pipeline, fixture.version(pipeline));
        Release wanted =
                pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), "development");
        Deployment automatic = pipeline.as(Actor.service("bot")).releases().deploy(wanted.id());
        // when
        Deployment rollback = pipeline.as(ALICE).releases().rollback(live.id(), "error rate");
        go.countDown();
        rollback.await(LONG);
        pipeline.maintain();
        // then
        assertThat(automatic.release().state().kind()).isEqualTo(Kind.QUEUED);
        assertThat(pipeline.as(ALICE).releases().explain(wanted.id()).unmet())
                .extracting(Condition::text)
                .containsExactly("Environment development is held by alice: error rate");
        pipeline.as(ALICE).environments().resume("development", "it was the disk");
        assertThat(automatic.await(LONG).succeeded()).isTrue();
    }

    private Release failed(Pipeline pipeline, Version version) {
        fixture.development.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.ERRORED, "no space");
        return fixture.deploy(pipeline, version, "development").await(LONG);
    }

    private Deployment running(Pipeline pipeline, Version version) {
        fixture.development.before(Step.DEPLOY_ARTIFACTS, () -> {
            busy.countDown();
            PipelineFixture.await(go);
        });
        Deployment deployment = fixture.deploy(pipeline, version, "development");
        PipelineFixture.await(busy);
        return deployment;
    }

    private static Environment environment(Pipeline pipeline) {
        return pipeline.as(ALICE).environments().get("development");
    }
}
