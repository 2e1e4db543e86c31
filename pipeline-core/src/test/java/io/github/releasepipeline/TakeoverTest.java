package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that sleeps through a take-over, and processes that close. */
class TakeoverTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"PRE_DEPLOYMENT_CHECKS", "BACKUP", "DEPLOY_ARTIFACTS", "POST_DEPLOYMENT_CHECKS", "ACTIVATE"})
    void a_worker_that_wakes_after_the_takeover_is_fenced_and_changes_nothing(Step step) {
        // given
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        fixture.development.before(step, () -> {
            asleep.countDown();
            PipelineFixture.await(wake);
        });
        Pipeline first = fixture.start();
        Version version = fixture.version(first);
        Deployment deployment = fixture.deploy(first, version, "development");
        PipelineFixture.await(asleep);
        Pipeline second = fixture.start();
        // when
        assertThat(second.maintain()).isEmpty();
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        List<ScriptedTarget.Effect> effects = fixture.development.effects();
        List<AuditRecord> records = fixture.memory.audit().of(deployment.id());
        wake.countDown();
        first.close();
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(fixture.development.effects()).isEqualTo(effects).doesNotHaveDuplicates();
        assertThat(fixture.memory.audit().of(deployment.id())).isEqualTo(records);
        assertThat(effects).extracting(ScriptedTarget.Effect::step).doesNotHaveDuplicates();
        assertThat(release.lastAttempt())
                .hasValueSatisfying(
                        attempt -> assertThat(attempt.fencingToken()).isEqualTo(2));
        fixture.auditIsIntact();
    }

    @Test
    void a_worker_that_slept_between_intent_and_call_does_not_use_the_newer_workers_token() {
        // given
        FaultyStore store = new FaultyStore(fixture.memory);
        Pipeline first = fixture.start(store, wiring -> {});
        ReleaseId id = fixture.approved(first, fixture.version(first), "development");
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        AtomicBoolean armed = new AtomicBoolean(true);
        store.after(number -> {
            boolean intended = Thread.currentThread().getName().equals("test-worker")
                    && fixture.log(id).stream().anyMatch(line -> line.endsWith("Creating backup of current state..."));
            if (intended && armed.getAndSet(false)) {
                asleep.countDown();
                PipelineFixture.await(wake);
            }
        });
        first.as(ALICE).releases().deploy(id);
        PipelineFixture.await(asleep);
        Pipeline second = fixture.start();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.BACKUP, () -> {
            held.countDown();
            PipelineFixture.await(go);
        });
        // when
        assertThat(second.maintain()).isEmpty();
        PipelineFixture.await(held);
        wake.countDown();
        first.close();
        List<Step> whileOldWorkerWasAwake = PipelineFixture.steps(fixture.development);
        go.countDown();
        // then
        assertThat(whileOldWorkerWasAwake).containsExactly(Step.PRE_DEPLOYMENT_CHECKS);
        assertThat(second.as(ALICE).releases().follow(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void a_process_that_closes_finishes_its_step_and_another_goes_on() {
        // given
        CountDownLatch staging = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.development.before(Step.DEPLOY_ARTIFACTS, () -> {
            staging.countDown();
            PipelineFixture.await(go);
        });
        Pipeline first = fixture.start();
        Deployment deployment = fixture.deploy(first, fixture.version(first), "development");
        PipelineFixture.await(staging);
        Thread closing = new Thread(first::close);
        closing.start();
        go.countDown();
        join(closing);
        first.close();
        Pipeline second = fixture.start();
        Release between = second.as(ALICE).releases().get(deployment.id());
        // when
        assertThat(second.maintain()).isEmpty();
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        // then
        assertThat(between.state().kind()).isIn(ReleaseState.Kind.IN_PROGRESS, ReleaseState.Kind.SUCCEEDED);
        assertThat(release.succeeded()).isTrue();
        assertThat(fixture.development.effects())
                .extracting(ScriptedTarget.Effect::step)
                .doesNotHaveDuplicates();
        fixture.auditIsIntact();
    }

    @Test
    void maintenance_leaves_a_release_alone_that_runs_here() {
        // given
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        fixture.development.before(Step.BACKUP, () -> {
            asleep.countDown();
            PipelineFixture.await(wake);
        });
        Pipeline pipeline = fixture.start();
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        PipelineFixture.await(asleep);
        // when
        assertThat(pipeline.maintain()).isEmpty();
        wake.countDown();
        // then
        assertThat(deployment.await(LONG).lastAttempt())
                .hasValueSatisfying(
                        attempt -> assertThat(attempt.fencingToken()).isEqualTo(1));
    }

    private static void join(Thread thread) {
        try {
            thread.join(LONG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
