package io.github.releasepipeline;

import static io.github.releasepipeline.Merges.automation;
import static io.github.releasepipeline.Merges.merge;
import static io.github.releasepipeline.Merges.onlySet;
import static io.github.releasepipeline.Merges.releases;
import static io.github.releasepipeline.Merges.versions;
import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** From the merge to the last environment, a process dies at each of its points, or two go on at once. */
class AutomationCrashTest {
    private static final AutoChangeSetRule RULE = AutoChangeSetRule.versioning("hotfix", "Hotfix", "first", "second");

    @Test
    void a_process_that_dies_before_any_of_its_transactions_leaves_what_another_completes_once() {
        diesAtEachTransaction(FaultyStore::dieBefore);
    }

    @Test
    void a_process_that_dies_after_any_of_its_transactions_leaves_what_another_completes_once() {
        diesAtEachTransaction(FaultyStore::dieAfter);
    }

    @Test
    void a_process_that_dies_at_the_tag_leaves_what_another_completes_once() {
        for (boolean before : List.of(true, false)) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                FaultyStore store = new FaultyStore(fixture.memory);
                Pipeline first = started(fixture, store);
                Runnable death = () -> {
                    throw new FaultyStore.Crash();
                };
                fixture.forge.beforeTag = before ? death : () -> {};
                fixture.forge.afterTag = before ? () -> {} : death;
                merge(fixture, 1, "hotfix");
                assertThat(dies(first)).isTrue();
                fixture.forge.beforeTag = () -> {};
                fixture.forge.afterTag = () -> {};
                completed(fixture);
            }
        }
    }

    private static void diesAtEachTransaction(BiConsumer<FaultyStore, Integer> fault) {
        boolean died = true;
        int point = 0;
        while (died) {
            point++;
            try (PipelineFixture fixture = new PipelineFixture()) {
                FaultyStore store = new FaultyStore(fixture.memory);
                Pipeline first = started(fixture, store);
                merge(fixture, 1, "hotfix");
                fault.accept(store, point);
                boolean onOwnThread = dies(first);
                died = onOwnThread || diesLater(fixture, store);
                completed(fixture);
            }
        }
        assertThat(point).isGreaterThan(15);
    }

    private static Pipeline started(PipelineFixture fixture, FaultyStore store) {
        Pipeline pipeline = fixture.build(wiring(fixture, store));
        pipeline.as(ALICE).pullRequests().synchronize();
        return pipeline;
    }

    private static PipelineBuilder wiring(PipelineFixture fixture, PipelineStore store) {
        return fixture.bare(store)
                .environment("first", fixture.development)
                .environment("second", fixture.staging)
                .autoChangeSetRules(RULE);
    }

    private static boolean dies(Pipeline pipeline) {
        try {
            pipeline.as(ALICE).pullRequests().synchronize();
            return false;
        } catch (FaultyStore.Crash e) {
            return true;
        }
    }

    /** Its worker died, or everything is done. */
    private static boolean diesLater(PipelineFixture fixture, FaultyStore store) {
        Pipeline watcher = fixture.build(wiring(fixture, fixture.memory));
        patiently()
                .until(() -> store.gone.getCount() == 0
                        || automation(watcher, 1).state().kind() == AutomationState.Kind.DONE);
        return store.gone.getCount() == 0;
    }

    private static void completed(PipelineFixture fixture) {
        Pipeline second = fixture.build(wiring(fixture, fixture.memory));
        second.as(ALICE).pullRequests().synchronize();
        patiently().until(() -> {
            second.maintain();
            return automation(second, 1).state().kind() == AutomationState.Kind.DONE;
        });
        once(fixture, second);
    }

    @Test
    void two_nodes_that_go_on_at_the_same_moment_make_one_version_and_one_release_for_each_environment()
            throws Exception {
        for (int round = 0; round < 10; round++) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                Pipeline first = started(fixture, new FaultyStore(fixture.memory));
                Pipeline second = started(fixture, new FaultyStore(fixture.memory));
                merge(fixture, 1, "hotfix");
                CountDownLatch go = new CountDownLatch(1);
                ExecutorService threads = Executors.newFixedThreadPool(4);
                List<Future<List<Long>>> reading = new ArrayList<>();
                for (Pipeline pipeline : List.of(first, second, first, second)) {
                    reading.add(threads.submit(() -> {
                        PipelineFixture.await(go);
                        return pipeline.as(ALICE).pullRequests().synchronize();
                    }));
                }
                go.countDown();
                for (Future<List<Long>> one : reading) {
                    one.get();
                }
                threads.shutdown();
                patiently().until(() -> {
                    first.maintain();
                    return automation(first, 1).state().kind() == AutomationState.Kind.DONE;
                });
                once(fixture, first);
            }
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(PipelineFixture.LONG).pollInterval(Duration.ofMillis(5));
    }

    private static void once(PipelineFixture fixture, Pipeline pipeline) {
        assertThat(onlySet(pipeline).pullRequests()).containsExactly(1L);
        assertThat(versions(pipeline))
                .singleElement()
                .satisfies(version -> assertThat(version.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED));
        assertThat(fixture.forge.tags()).hasSize(1);
        assertThat(releases(pipeline))
                .hasSize(2)
                .allSatisfy(release -> assertThat(release.succeeded()).isTrue())
                .extracting((Release release) -> release.environment().value())
                .containsExactlyInAnyOrder("first", "second");
        assertThat(automation(pipeline, 1).releases()).hasSize(2);
        fixture.auditIsIntact();
    }
}
