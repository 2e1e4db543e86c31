package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A process dies, or loses an answer of the store, at each transaction of a deployment in turn. */
class WorkerCrashTest {
    private static final List<Step> EFFECTS = List.of(
            Step.PRE_DEPLOYMENT_CHECKS, Step.BACKUP, Step.DEPLOY_ARTIFACTS, Step.POST_DEPLOYMENT_CHECKS, Step.ACTIVATE);

    @Test
    void a_process_that_dies_before_any_transaction_is_replaced_and_nothing_happens_twice() {
        forEachTransaction(FaultyStore::dieBefore, WorkerCrashTest::completedByAnother);
    }

    @Test
    void a_process_that_dies_after_any_transaction_is_replaced_and_nothing_happens_twice() {
        forEachTransaction(FaultyStore::dieAfter, WorkerCrashTest::completedByAnother);
    }

    @Test
    void a_commit_whose_answer_is_lost_is_recorded_once_at_every_transaction() {
        forEachTransaction(
                (store, wanted) -> store.after(number -> failIf(number == wanted)),
                WorkerCrashTest::completedAfterLostAnswer);
    }

    @Test
    void a_store_that_cannot_be_reached_for_two_calls_costs_nothing_at_any_transaction() {
        forEachTransaction(
                (store, wanted) -> store.before(number -> failIf(number >= wanted && number < wanted + 2)),
                WorkerCrashTest::completedAfterLostAnswer);
    }

    @Test
    void two_transactions_that_are_rolled_back_at_their_end_are_repeated_and_lose_nothing() {
        forEachTransaction(
                (store, wanted) -> store.committing(number -> failIf(number == wanted || number == wanted + 1)),
                WorkerCrashTest::completedAfterLostAnswer);
    }

    private static void failIf(boolean now) {
        if (now) {
            throw FaultyStore.unreachable();
        }
    }

    private record Run(PipelineFixture fixture, FaultyStore store, Pipeline pipeline, Version version, ReleaseId id) {}

    private static void forEachTransaction(BiConsumer<FaultyStore, Integer> fault, BiConsumer<Run, Integer> check) {
        int transactions = transactionsOfADeployment();
        assertThat(transactions).isGreaterThan(10);
        for (int number = 1; number <= transactions; number++) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                Pipeline helper = fixture.start();
                Version version = fixture.version(helper);
                ReleaseId id = fixture.approved(helper, version, "development");
                FaultyStore store = new FaultyStore(fixture.memory);
                Pipeline pipeline = fixture.start(store, wiring -> {});
                fault.accept(store, number);
                check.accept(new Run(fixture, store, pipeline, version, id), number);
            }
        }
    }

    private static int transactionsOfADeployment() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            FaultyStore store = new FaultyStore(fixture.memory);
            Pipeline pipeline = fixture.start(store, wiring -> {});
            ReleaseId id = fixture.approved(pipeline, fixture.version(pipeline), "development");
            store.before(number -> {});
            pipeline.as(ALICE).releases().deploy(id).await(LONG);
            return store.transactions();
        }
    }

    private static void completedByAnother(Run run, int number) {
        try {
            run.pipeline().as(ALICE).releases().deploy(run.id());
        } catch (FaultyStore.Crash e) {
            assertThat(number).as("only the first transaction is the caller's").isEqualTo(1);
        }
        PipelineFixture.await(run.store().gone);
        Pipeline second = run.fixture().start();
        assertThat(second.maintain()).isEmpty();
        Releases releases = second.as(ALICE).releases();
        if (releases.get(run.id()).state().kind() == ReleaseState.Kind.READY) {
            releases.deploy(run.id());
        }
        complete(run, releases.follow(run.id()).await(LONG), number);
    }

    /** Lines that a target wrote are lost with a process that dies, but not with a connection. */
    private static void completedAfterLostAnswer(Run run, int number) {
        Releases releases = run.pipeline().as(ALICE).releases();
        try {
            releases.deploy(run.id());
        } catch (AdapterException e) {
            run.store().heal();
            run.pipeline().maintain();
            if (releases.get(run.id()).state().kind() == ReleaseState.Kind.READY) {
                releases.deploy(run.id());
            }
        }
        complete(run, releases.follow(run.id()).await(LONG), number);
        assertThat(run.fixture().log(run.id()))
                .as("fault at transaction %d", number)
                .contains("[2024-03-19 14:23:15] ✓ 1 workflow staged")
                .contains("[2024-03-19 14:23:15] ✓ 1 workflow active");
    }

    private static void complete(Run run, Release release, int number) {
        assertThat(release.state().kind())
                .as("fault at transaction %d: %s", number, run.fixture().log(run.id()))
                .isEqualTo(ReleaseState.Kind.SUCCEEDED);
        assertThat(PipelineFixture.steps(run.fixture().development))
                .as("fault at transaction %d", number)
                .containsExactlyElementsOf(EFFECTS);
        assertThat(run.fixture().development.observe().active().digest())
                .isEqualTo(run.version().manifest());
        assertThat(release.attempts()).hasSize(1);
        assertThat(events(run, ReleaseEvent.StepStarted.class)).isEqualTo(7);
        assertThat(events(run, ReleaseEvent.StepSucceeded.class)).isEqualTo(7);
        assertThat(events(run, ReleaseEvent.Succeeded.class)).isEqualTo(1);
        List<String> log = run.fixture().log(run.id());
        assertThat(log)
                .as("fault at transaction %d", number)
                .containsOnlyOnce("[2024-03-19 14:23:15] Starting deployment of v0.1.0 to development")
                .containsOnlyOnce("[2024-03-19 14:23:15] Creating backup of current state...")
                .containsOnlyOnce("[2024-03-19 14:23:15] Deployment succeeded in 0.0s");
        run.fixture().auditIsIntact();
    }

    private static long events(Run run, Class<? extends ReleaseEvent> type) {
        return run.fixture().memory.audit().of(run.id()).stream()
                .map(AuditRecord::event)
                .filter(type::isInstance)
                .count();
    }
}
