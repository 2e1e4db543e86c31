package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.WindowOverride;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Environments that are closed at times. The clock begins on a Tuesday at 14:23:15 UTC. */
class DeploymentWindowTest {
    private static final Instant FREEZE = Instant.parse("2024-03-19T14:30:00Z");
    private static final Instant THAW = Instant.parse("2024-03-19T18:00:00Z");
    private static final DeploymentWindow INCIDENT = DeploymentWindow.deny("incident review", FREEZE, THAW);

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_closed_window_refuses_deploy_and_tells_its_reason_and_its_next_opening() {
        // given
        Pipeline pipeline = pipeline(environment -> environment.window(INCIDENT));
        ReleaseId id = approved(pipeline);
        assertThat(pipeline.as(ALICE).environments().window("staging"))
                .isEqualTo(new WindowState.Open(Optional.of(FREEZE)));
        assertThat(pipeline.as(ALICE).releases().actions(id)).doesNotContain(ReleaseAction.OVERRIDE_WINDOW);
        freeze();
        assertThat(pipeline.as(ALICE).releases().actions(id)).contains(ReleaseAction.OVERRIDE_WINDOW);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().deploy(id))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.rule()).isEqualTo("release.window"))
                .hasMessage("Environment staging is closed by 'incident review'; it opens at " + THAW
                        + " (allowed now: wait, override the window)");
        assertThat(pipeline.as(ALICE).environments().window("staging"))
                .isEqualTo(new WindowState.Closed("closed by 'incident review'", Optional.of(THAW)));
        fixture.clock.advance(Duration.between(fixture.clock.instant(), THAW));
        assertThat(pipeline.as(ALICE).releases().deploy(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void a_rollback_is_exempt_from_windows() {
        // given
        Pipeline pipeline = pipeline(environment -> environment.window(INCIDENT));
        fixture.deployed(pipeline, fixture.version(pipeline), "staging");
        Release bad = fixture.deployed(pipeline, fixture.version(pipeline), "staging");
        freeze();
        // when / then
        assertThat(pipeline.as(ALICE)
                        .releases()
                        .rollback(bad.id(), "errors")
                        .await(LONG)
                        .succeeded())
                .isTrue();
    }

    @Test
    void the_windows_that_an_environment_has_now_count_and_not_those_at_the_request() {
        ReleaseId id = approved(pipeline(environment -> {}));
        Pipeline later = pipeline(environment -> environment.window(INCIDENT));
        freeze();
        assertThatThrownBy(() -> later.as(ALICE).releases().deploy(id)).hasMessageContaining("incident review");
    }

    @Test
    void an_override_needs_a_reason_and_is_kept_in_the_release_and_in_the_audit_trail() {
        // given
        Pipeline pipeline = pipeline(environment -> environment.window(INCIDENT));
        ReleaseId id = approved(pipeline);
        assertThatThrownBy(() -> pipeline.as(BOB).releases().overrideWindow(id, "early"))
                .hasMessageContaining("nothing to override");
        freeze();
        assertThatThrownBy(() -> pipeline.as(BOB).releases().overrideWindow(id, " "))
                .isInstanceOf(IllegalArgumentException.class);
        // when
        Release overridden = pipeline.as(BOB).releases().overrideWindow(id, "customers are down");
        // then
        assertThat(overridden.windowOverride()).contains(new WindowOverride(BOB, "customers are down", FREEZE));
        assertThat(pipeline.as(ALICE).audit().of(id)).anySatisfy(record -> {
            assertThat(record.event().name()).isEqualTo("release.window-overridden");
            assertThat(record.stamp().reason()).contains("customers are down");
        });
        assertThat(pipeline.as(ALICE).releases().deploy(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void an_override_ends_when_the_approvals_lapse() {
        // given
        Pipeline pipeline = pipeline(environment -> environment.window(INCIDENT));
        Version first = fixture.version(pipeline);
        ReleaseId other = fixture.approved(pipeline, first, "staging");
        ReleaseId id = approved(pipeline);
        freeze();
        pipeline.as(BOB).releases().overrideWindow(other, "customers are down");
        pipeline.as(BOB).releases().overrideWindow(id, "customers are down");
        pipeline.as(ALICE).releases().deploy(other).await(LONG);
        // when
        Release lapsed = pipeline.as(ALICE).releases().deploy(id).await(LONG);
        // then
        assertThat(lapsed.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThat(lapsed.windowOverride()).isEmpty();
    }

    @Test
    void what_starts_by_itself_starts_with_the_maintenance_after_the_window_opens() {
        // given
        Pipeline pipeline =
                pipeline(environment -> environment.startOnApproval().window(INCIDENT));
        freeze();
        ReleaseId id = approved(pipeline);
        // when
        pipeline.maintain();
        Kind early = pipeline.as(ALICE).releases().get(id).state().kind();
        fixture.clock.advance(Duration.between(fixture.clock.instant(), THAW));
        pipeline.maintain();
        // then
        assertThat(early).isEqualTo(Kind.READY);
        assertThat(pipeline.as(ALICE).releases().follow(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void what_starts_by_itself_starts_with_the_override() {
        Pipeline pipeline =
                pipeline(environment -> environment.startOnApproval().window(INCIDENT));
        freeze();
        ReleaseId id = approved(pipeline);
        pipeline.as(BOB).releases().overrideWindow(id, "customers are down");
        assertThat(pipeline.as(ALICE).releases().follow(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void what_waits_when_the_window_closes_waits_until_it_opens() {
        // given
        Queue queue = queue();
        // when
        queue.running.await(LONG);
        queue.pipeline.maintain();
        Kind during = queue.waiting.release().state().kind();
        fixture.clock.advance(Duration.between(fixture.clock.instant(), THAW));
        queue.pipeline.maintain();
        // then
        assertThat(during).isEqualTo(Kind.QUEUED);
        assertThat(queue.waiting.await(LONG).succeeded()).isTrue();
    }

    @Test
    void an_override_lets_a_release_pass_those_that_wait_for_the_window() {
        // given
        Queue queue = queue();
        queue.running.await(LONG);
        ReleaseId urgent = fixture.approved(queue.pipeline, fixture.version(queue.pipeline), "staging");
        queue.pipeline.as(BOB).releases().overrideWindow(urgent, "customers are down");
        // when
        Release done = queue.pipeline.as(ALICE).releases().deploy(urgent).await(LONG);
        // then
        assertThat(done.succeeded()).isTrue();
        assertThat(queue.waiting.release().state().kind()).isEqualTo(Kind.QUEUED);
    }

    @Test
    void an_override_of_what_waits_starts_it() {
        Queue queue = queue();
        queue.running.await(LONG);
        queue.pipeline.as(BOB).releases().overrideWindow(queue.waiting.id(), "customers are down");
        assertThat(queue.waiting.await(LONG).succeeded()).isTrue();
    }

    @Test
    void a_failed_release_is_tried_again_only_while_the_window_is_open_or_overridden() {
        // given
        Pipeline pipeline = pipeline(environment -> environment.window(INCIDENT));
        fixture.staging.failNext(Step.BACKUP, new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of()));
        Release failed =
                fixture.deploy(pipeline, fixture.version(pipeline), "staging").await(LONG);
        freeze();
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().retry(failed.id()))
                .hasMessageContaining("incident review");
        pipeline.as(BOB).releases().overrideWindow(failed.id(), "customers are down");
        assertThat(pipeline.as(ALICE).releases().retry(failed.id()).await(LONG).succeeded())
                .isTrue();
    }

    /** One that runs, and one that waits for it while the environment closes. */
    private record Queue(Pipeline pipeline, Deployment running, Deployment waiting) {}

    private Queue queue() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("staging", fixture.staging, environment -> environment.window(INCIDENT)));
        fixture.staging.before(Step.DEPLOY_ARTIFACTS, () -> {
            busy.countDown();
            PipelineFixture.await(go);
        });
        Deployment running = fixture.deploy(pipeline, fixture.version(pipeline), "staging");
        PipelineFixture.await(busy);
        Deployment waiting = fixture.deploy(pipeline, fixture.version(pipeline), "staging");
        freeze();
        go.countDown();
        return new Queue(pipeline, running, waiting);
    }

    private Pipeline pipeline(Consumer<EnvironmentBuilder> demands) {
        return fixture.build(fixture.bare(fixture.memory).environment("staging", fixture.staging, environment -> {
            environment.tier(Tier.STAGING).approvals(1);
            demands.accept(environment);
        }));
    }

    private ReleaseId approved(Pipeline pipeline) {
        return fixture.approved(pipeline, fixture.version(pipeline), "staging");
    }

    private void freeze() {
        fixture.clock.advance(Duration.between(fixture.clock.instant(), FREEZE));
    }
}
