package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.environment.Drift;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void seven_steps_run_in_order_and_the_log_reads_as_in_the_specification() {
        // given
        QualityGate gate = new QualityGate() {
            @Override
            public String name() {
                return "validation";
            }

            @Override
            public GateResult evaluate(GateContext context) {
                fixture.clock.advance(Duration.ofSeconds(6));
                return GateResult.passed("Workflow validation passed ("
                        + context.artifacts().operations().size() + " workflows)");
            }
        };
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("production", fixture.production, environment -> environment.gate(gate)));
        fixture.production.before(Step.BACKUP, () -> fixture.clock.advance(Duration.ofSeconds(4)));
        fixture.production.after(Step.DEPLOY_ARTIFACTS, () -> fixture.clock.advance(Duration.ofSeconds(144)));
        Version version = fixture.version(pipeline);
        // when
        Release release = fixture.deployed(pipeline, version, "production");
        // then
        assertThat(fixture.log(release.id()))
                .containsExactly(
                        "[2024-03-19 14:23:15] Starting deployment of v0.1.0 to production",
                        "[2024-03-19 14:23:15] Running pre-deployment checks...",
                        "[2024-03-19 14:23:15] ✓ healthy",
                        "[2024-03-19 14:23:15] Running quality gates...",
                        "[2024-03-19 14:23:21] ✓ Workflow validation passed (1 workflows)",
                        "[2024-03-19 14:23:21] Creating backup of current state...",
                        "[2024-03-19 14:23:25] ✓ Backed up as backup-1",
                        "[2024-03-19 14:23:25] ✓ Backup created: backup-1",
                        "[2024-03-19 14:23:25] Deploying artifacts...",
                        "[2024-03-19 14:23:25] ✓ 1 workflow staged",
                        "[2024-03-19 14:25:49] Running post-deployment checks...",
                        "[2024-03-19 14:25:49] ✓ healthy",
                        "[2024-03-19 14:25:49] Activating new version...",
                        "[2024-03-19 14:25:49] ✓ 1 workflow active",
                        "[2024-03-19 14:25:49] ✓ Version v0.1.0 is now active in production",
                        "[2024-03-19 14:25:49] Sending deployment notifications...",
                        "[2024-03-19 14:25:49] ✓ Notifications queued",
                        "[2024-03-19 14:25:49] Deployment succeeded in 2m 34s");
        assertThat(release.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.steps())
                        .extracting(StepRun::step)
                        .containsExactly(
                                Step.PRE_DEPLOYMENT_CHECKS,
                                Step.QUALITY_GATES,
                                Step.BACKUP,
                                Step.DEPLOY_ARTIFACTS,
                                Step.POST_DEPLOYMENT_CHECKS,
                                Step.ACTIVATE,
                                Step.NOTIFY));
        assertThat(release.took()).contains(Duration.ofSeconds(154));
        assertThat(fixture.production.observe().active().digest()).isEqualTo(version.manifest());
        fixture.auditIsIntact();
    }

    @Test
    void nothing_is_active_before_activate() {
        // given
        Pipeline pipeline = fixture.start();
        List<Integer> active = new ArrayList<>();
        for (Step step : List.of(Step.DEPLOY_ARTIFACTS, Step.POST_DEPLOYMENT_CHECKS, Step.ACTIVATE)) {
            fixture.development.after(
                    step,
                    () -> active.add(
                            fixture.development.observe().active().items().size()));
        }
        // when
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // then
        assertThat(active).containsExactly(0, 0, 1);
    }

    @Test
    void a_follower_gets_each_line_once_and_in_order_also_when_it_comes_late() {
        // given
        Pipeline pipeline = fixture.start();
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.DEPLOY_ARTIFACTS, () -> {
            half.countDown();
            PipelineFixture.await(go);
        });
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        PipelineFixture.await(half);
        List<LogLine> seen = new ArrayList<>();
        // when
        pipeline.as(ALICE)
                .releases()
                .follow(deployment.id())
                .onLog(line -> {
                    seen.add(line);
                    if (line.entry().text().equals("Deploying artifacts...")) {
                        go.countDown();
                    }
                })
                .await(LONG);
        // then
        assertThat(seen)
                .extracting(LogLine::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seen.size()).boxed().toList());
        assertThat(seen).hasSameSizeAs(fixture.log(deployment.id()));
        assertThat(seen.get(seen.size() - 1).entry().text()).startsWith("Deployment succeeded in");
    }

    @Test
    void waiting_longer_than_the_time_allowed_returns_the_release_as_it_is() {
        // given
        Pipeline pipeline = fixture.start();
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.BACKUP, () -> PipelineFixture.await(go));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        // when
        Release meanwhile = deployment.await(Duration.ofMillis(20));
        // then
        assertThat(meanwhile.state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        go.countDown();
        assertThat(deployment.await(LONG).succeeded()).isTrue();
    }

    @Test
    void who_is_interrupted_while_waiting_returns_at_once_and_stays_interrupted() {
        // given
        Pipeline pipeline = fixture.start();
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.BACKUP, () -> PipelineFixture.await(go));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        // when
        Thread.currentThread().interrupt();
        Release meanwhile = deployment.await(Duration.ofDays(1));
        // then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(meanwhile.state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        go.countDown();
        assertThat(deployment.await(LONG).succeeded()).isTrue();
    }

    @Test
    void who_waits_gets_the_lines_of_a_release_that_has_ended_already() {
        // given
        Pipeline pipeline = fixture.start();
        Release ended = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        List<LogLine> seen = new ArrayList<>();
        // when
        Release again = pipeline.as(ALICE)
                .releases()
                .follow(ended.id())
                .onLog(seen::add)
                .await(Duration.ZERO);
        // then
        assertThat(again).isEqualTo(ended);
        assertThat(seen).hasSameSizeAs(fixture.log(ended.id()));
    }

    @Test
    void who_waits_in_another_process_sees_the_end_too() {
        // given
        Pipeline running = fixture.start();
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.BACKUP, () -> PipelineFixture.await(go));
        Deployment deployment = fixture.deploy(running, fixture.version(running), "development");
        List<LogLine> seen = new ArrayList<>();
        Deployment elsewhere = fixture.start()
                .as(ALICE)
                .releases()
                .follow(deployment.id())
                .onLog(line -> {
                    seen.add(line);
                    go.countDown();
                });
        // when
        Release ended = elsewhere.await(LONG);
        // then
        assertThat(ended.succeeded()).isTrue();
        assertThat(seen).hasSameSizeAs(fixture.log(deployment.id()));
    }

    @Test
    void lines_are_read_only_if_somebody_follows_them() {
        // given
        CountingStore counting = new CountingStore(fixture.memory);
        Pipeline pipeline = fixture.start(counting, wiring -> {});
        // when
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // then
        assertThat(counting.calls("after")).isZero();
    }

    @Test
    void an_endless_wait_is_possible() {
        // given
        Pipeline pipeline = fixture.start();
        // when
        Release release = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(Duration.ofSeconds(Long.MAX_VALUE));
        // then
        assertThat(release.succeeded()).isTrue();
    }

    @Test
    void redeploying_the_active_version_repairs_drift() {
        // given
        Pipeline pipeline = fixture.start();
        Version version = fixture.version(pipeline);
        fixture.deployed(pipeline, version, "development");
        fixture.development.drift(item(pipeline, version), "changed by hand".getBytes(UTF_8));
        fixture.development.drift(new ItemId("workflow", "workflows/by-hand.json"), "new".getBytes(UTF_8));
        assertThat(pipeline.as(ALICE).environments().drift("development").items())
                .extracting(Drift.DriftedItem::kind)
                .containsExactly(Drift.Kind.EXTRA, Drift.Kind.CHANGED);
        // when
        Release again = fixture.deployed(pipeline, version, "development");
        // then
        assertThat(fixture.development.observe().active().digest()).isEqualTo(version.manifest());
        assertThat(PipelineFixture.steps(fixture.development))
                .filteredOn(step -> step == Step.ACTIVATE)
                .hasSize(2);
        assertThat(pipeline.as(ALICE).environments().get("development").active())
                .hasValueSatisfying(active -> assertThat(active.release()).isEqualTo(again.id()));
        assertThat(pipeline.as(ALICE).environments().drift("development").isDrifted())
                .isFalse();
    }

    @Test
    void what_is_in_an_environment_before_the_first_deployment_is_drift() {
        Pipeline pipeline = fixture.start();
        assertThat(pipeline.as(ALICE).environments().drift("development").isDrifted())
                .isFalse();
        fixture.development.drift(new ItemId("workflow", "workflows/by-hand.json"), "new".getBytes(UTF_8));
        Drift drift = pipeline.as(ALICE).environments().drift("development");
        assertThat(drift.active()).isEmpty();
        assertThat(drift.items()).extracting(Drift.DriftedItem::kind).containsExactly(Drift.Kind.EXTRA);
    }

    @Test
    void a_moved_tag_refuses_the_deployment() {
        // given
        Pipeline pipeline = fixture.start();
        Version version = fixture.version(pipeline);
        fixture.forge.tag("v0.1.0", TestForge.commitId(1), "moved");
        // when
        Release release = fixture.deploy(pipeline, version, "development").await(LONG);
        // then
        assertThat(release.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.message()).contains("was moved"));
        assertThat(fixture.development.effects()).isEmpty();
        assertThat(pipeline.as(ALICE).versions().verify(version.id()))
                .extracting(VersionProblem::kind)
                .containsExactly(VersionProblem.Kind.TAG_MOVED);
    }

    @Test
    void a_running_release_cannot_be_deployed_or_retried_again() {
        // given
        Pipeline pipeline = fixture.start();
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.BACKUP, () -> PipelineFixture.await(go));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        Releases releases = pipeline.as(ALICE).releases();
        // when / then
        assertThatThrownBy(() -> releases.deploy(deployment.id())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> releases.retry(deployment.id())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> releases.rollback(deployment.id(), "no")).isInstanceOf(RefusedException.class);
        go.countDown();
        assertThat(deployment.await(LONG).attempts()).hasSize(1);
    }

    private static ItemId item(Pipeline pipeline, Version version) {
        return pipeline.as(ALICE)
                .versions()
                .manifest(version.id())
                .items()
                .get(0)
                .id();
    }
}
