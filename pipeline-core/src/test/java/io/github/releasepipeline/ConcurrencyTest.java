package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eight people in two processes do everything at once. */
class ConcurrencyTest {
    private static final int THREADS = 8;

    private final PipelineFixture fixture = new PipelineFixture();
    private final AtomicInteger refused = new AtomicInteger();

    private interface Work {
        void run(int thread) throws Exception;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void eight_presses_of_deploy_start_a_release_once() throws Exception {
        for (int round = 0; round < 20; round++) {
            // given
            Pipeline pipeline = fixture.start();
            ReleaseId id = fixture.approved(pipeline, fixture.version(pipeline), "development");
            refused.set(0);
            // when
            together(thread ->
                    attempt(() -> pipeline.as(person(thread)).releases().deploy(id)));
            Release release = pipeline.as(ALICE).releases().follow(id).await(LONG);
            // then
            assertThat(refused).hasValue(THREADS - 1);
            assertThat(release.succeeded()).isTrue();
            assertThat(release.attempts()).hasSize(1);
        }
        assertThat(fixture.development.effects())
                .extracting(ScriptedTarget.Effect::attemptKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void eight_votes_at_once_count_once_each_and_make_the_release_ready_once() throws Exception {
        // given
        Pipeline pipeline = fixture.start();
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(fixture.version(pipeline).id(), "production")
                .id();
        // when
        together(thread ->
                attempt(() -> pipeline.as(person(thread % 4)).releases().approve(id, "fine")));
        Release release = pipeline.as(ALICE).releases().get(id);
        // then
        assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.READY);
        assertThat(release.approvals()).hasSize(2);
        assertThat(release.approvals()).extracting(vote -> vote.by().id()).doesNotHaveDuplicates();
        assertThat(refused).hasValue(THREADS - 2);
    }

    @Test
    void whatever_people_do_at_once_one_release_runs_per_environment_and_every_no_is_a_refusal() throws Exception {
        // given
        Pipeline first = fixture.start();
        Pipeline second = fixture.start();
        List<Version> versions = new ArrayList<>();
        List<ReleaseId> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            versions.add(fixture.version(first));
            ids.add(fixture.approved(first, versions.get(i), "development"));
            ids.add(fixture.approved(first, versions.get(i), "staging"));
        }
        // when
        together(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 40; i++) {
                Releases releases = (random.nextBoolean() ? first : second)
                        .as(person(thread))
                        .releases();
                ReleaseId id = ids.get(random.nextInt(ids.size()));
                Version version = versions.get(random.nextInt(versions.size()));
                switch (random.nextInt(8)) {
                    case 0 -> attempt(() -> releases.cancel(id, "never mind"));
                    case 1 -> attempt(() -> releases.rollback(id, "bad"));
                    case 2 -> attempt(() -> releases.retry(id));
                    case 3 -> attempt(() -> releases.approve(id, ""));
                    case 4 ->
                        attempt(() -> {
                            Release mine = releases.request(version.id(), "development");
                            releases.deploy(mine.id());
                        });
                    default -> attempt(() -> releases.deploy(id));
                }
            }
        });
        // then
        for (Release release : all(first)) {
            if (release.state().kind() == ReleaseState.Kind.QUEUED
                    || release.state().kind() == ReleaseState.Kind.IN_PROGRESS) {
                first.as(ALICE).releases().follow(release.id()).await(LONG);
            }
        }
        assertThat(refused.get()).isPositive();
        for (String name : List.of("development", "staging")) {
            Environment environment = first.as(ALICE).environments().get(name);
            assertThat(environment.running()).isEmpty();
            assertThat(environment.queue()).isEmpty();
            oneAtATime(name);
        }
        assertThat(all(first)).noneMatch(release -> release.state().kind() == ReleaseState.Kind.QUEUED);
        fixture.auditIsIntact();
    }

    /** Reads the environment's history: the slot is taken only when it is free. */
    private void oneAtATime(String name) {
        Optional<ReleaseId> running = Optional.empty();
        int taken = 0;
        for (AuditRecord record : fixture.memory.audit().of(new EnvironmentId(new EnvironmentName(name)))) {
            if (record.event() instanceof EnvironmentEvent.SlotTaken slot) {
                assertThat(running).isEmpty();
                running = Optional.of(slot.release());
                taken++;
            } else if (record.event() instanceof EnvironmentEvent.SlotFreed freed) {
                assertThat(running).contains(freed.release());
                running = Optional.empty();
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void a_release_that_is_called_off_while_it_runs_ends_one_way_only() throws Exception {
        for (int round = 0; round < 40; round++) {
            // given
            Pipeline pipeline = fixture.start();
            ReleaseId id = fixture.approved(pipeline, fixture.version(pipeline), "development");
            // when
            together(thread -> {
                if (thread == 0) {
                    attempt(() -> pipeline.as(ALICE).releases().deploy(id));
                } else {
                    attempt(() -> pipeline.as(person(thread)).releases().cancel(id, "never mind"));
                }
            });
            Release release = pipeline.as(ALICE).releases().follow(id).await(LONG);
            // then
            assertThat(release.state().kind()).isIn(ReleaseState.Kind.CANCELLED, ReleaseState.Kind.SUCCEEDED);
            assertThat(pipeline.as(ALICE).environments().get("development").running())
                    .isEmpty();
            assertThat(fixture.memory.audit().of(id).stream()
                            .filter(record -> record.event() instanceof ReleaseEvent.Cancelled
                                    || record.event() instanceof ReleaseEvent.Succeeded))
                    .hasSize(1);
        }
        fixture.auditIsIntact();
    }

    private List<Release> all(Pipeline pipeline) {
        return pipeline.as(ALICE)
                .releases()
                .list(PipelineFilter.all(), PageRequest.first(500))
                .rows();
    }

    private static Actor person(int number) {
        return Actor.user("person-" + number);
    }

    private void attempt(Runnable command) {
        try {
            command.run();
        } catch (RefusedException e) {
            refused.incrementAndGet();
        }
    }

    private static void together(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            running.add(threads.submit(() -> {
                PipelineFixture.await(go);
                work.run(number);
                return number;
            }));
        }
        go.countDown();
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("Something else than a refusal", e.getCause());
        } finally {
            threads.shutdown();
        }
    }
}
