package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A process dies at each transaction of a rollback, and of a cancellation, in turn. */
class RollbackCrashTest {
    private static final List<Step> ROLLBACK =
            List.of(Step.DEACTIVATE, Step.RESTORE, Step.ACTIVATE_PREVIOUS, Step.VERIFY);

    @Test
    void a_rollback_is_completed_after_a_crash_before_any_transaction() {
        rollbacks(FaultyStore::dieBefore);
    }

    @Test
    void a_rollback_is_completed_after_a_crash_after_any_transaction() {
        rollbacks(FaultyStore::dieAfter);
    }

    @Test
    void a_cancellation_is_completed_after_a_crash_before_any_transaction() {
        cancellations(FaultyStore::dieBefore);
    }

    @Test
    void a_cancellation_is_completed_after_a_crash_after_any_transaction() {
        cancellations(FaultyStore::dieAfter);
    }

    private static void rollbacks(BiConsumer<FaultyStore, Integer> fault) {
        int transactions = rollback(store -> {});
        assertThat(transactions).isGreaterThan(8);
        for (int number = 1; number <= transactions; number++) {
            int wanted = number;
            rollback(store -> fault.accept(store, wanted));
        }
    }

    private static int rollback(Consumer<FaultyStore> fault) {
        try (PipelineFixture fixture = new PipelineFixture()) {
            // given
            Pipeline helper = fixture.start();
            Version first = fixture.version(helper);
            fixture.deployed(helper, first, "production");
            Release live = fixture.deployed(helper, fixture.version(helper), "production");
            int before = fixture.production.effects().size();
            FaultyStore store = new FaultyStore(fixture.memory).before(number -> {});
            Pipeline dying = fixture.start(store, wiring -> {});
            fault.accept(store);
            // when
            Pipeline alive = dies(
                    fixture,
                    store,
                    dying,
                    () -> dying.as(ALICE).releases().rollback(live.id(), "bad").await(LONG));
            Releases releases = alive.as(ALICE).releases();
            ReleaseId id = begun(helper)
                    .orElseGet(() -> releases.rollback(live.id(), "bad").id());
            Release rollback = releases.follow(id).await(LONG);
            // then
            assertThat(rollback.succeeded()).as("%s", fixture.log(id)).isTrue();
            assertThat(PipelineFixture.steps(fixture.production)
                            .subList(before, fixture.production.effects().size()))
                    .containsExactlyElementsOf(ROLLBACK);
            assertThat(releases.get(live.id()).state().kind()).isEqualTo(ReleaseState.Kind.ROLLED_BACK);
            Environment environment = helper.as(ALICE).environments().get("production");
            assertThat(environment.active()).map(ActiveVersion::version).contains(first.id());
            assertThat(environment.former()).isEmpty();
            assertThat(environment.running()).isEmpty();
            assertThat(helper.as(ALICE).audit().rollbacks()).hasSize(1);
            fixture.auditIsIntact();
            return store.transactions();
        }
    }

    private static Optional<ReleaseId> begun(Pipeline pipeline) {
        return pipeline.as(ALICE).releases().list(PipelineFilter.all(), PageRequest.first(10)).rows().stream()
                .filter(release -> release.kind() == ReleaseKind.ROLLBACK)
                .map(Release::id)
                .findFirst();
    }

    private static void cancellations(BiConsumer<FaultyStore, Integer> fault) {
        int transactions = cancellation(store -> {});
        assertThat(transactions).isGreaterThan(3);
        for (int number = 1; number <= transactions; number++) {
            int wanted = number;
            cancellation(store -> fault.accept(store, wanted));
        }
    }

    /** Called off while it stages; the fault is put in just before, so that only what follows is counted. */
    private static int cancellation(Consumer<FaultyStore> fault) {
        try (PipelineFixture fixture = new PipelineFixture()) {
            // given
            Pipeline helper = fixture.start();
            Version first = fixture.version(helper);
            fixture.deployed(helper, first, "development");
            FaultyStore store = new FaultyStore(fixture.memory).before(number -> {});
            Pipeline dying = fixture.start(store, wiring -> {});
            CountDownLatch staging = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            fixture.development.before(Step.DEPLOY_ARTIFACTS, () -> {
                staging.countDown();
                PipelineFixture.await(go);
            });
            Deployment deployment = fixture.deploy(dying, fixture.version(helper), "development");
            PipelineFixture.await(staging);
            helper.as(ALICE).releases().cancel(deployment.id(), "never mind");
            store.before(number -> {});
            fault.accept(store);
            // when
            Pipeline alive = dies(fixture, store, dying, () -> {
                go.countDown();
                deployment.await(LONG);
            });
            Release release = alive.as(ALICE).releases().follow(deployment.id()).await(LONG);
            // then
            assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.CANCELLED);
            assertThat(PipelineFixture.steps(fixture.development))
                    .containsOnlyOnce(Step.RESTORE)
                    .endsWith(Step.DEPLOY_ARTIFACTS, Step.RESTORE);
            assertThat(fixture.development.observe().active().digest()).isEqualTo(first.manifest());
            Environment environment = helper.as(ALICE).environments().get("development");
            assertThat(environment.running()).isEmpty();
            assertThat(environment.degradation()).isEmpty();
            fixture.auditIsIntact();
            return store.transactions();
        }
    }

    /**
     * Does the work in a process that may die of it, and lets another put things right.
     *
     * @return the process that lives
     */
    private static Pipeline dies(PipelineFixture fixture, FaultyStore store, Pipeline dying, Runnable work) {
        try {
            work.run();
            return dying;
        } catch (FaultyStore.Crash e) {
            PipelineFixture.await(store.gone);
            Pipeline second = fixture.start();
            assertThat(second.maintain()).isEmpty();
            return second;
        }
    }
}
