package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done without anybody calling maintain(). */
class UpkeepTest {
    private static final Duration SOON = Duration.ofMillis(20);

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_process_that_begins_takes_over_what_a_dead_one_left() {
        ReleaseId id = leftBehind();
        Pipeline second = fixture.start(wiring -> wiring.maintainedEvery(SOON));
        Release release = second.as(ALICE).releases().follow(id).await(LONG);
        assertThat(release.succeeded()).isTrue();
        assertThat(release.lastAttempt().orElseThrow().fencingToken()).isEqualTo(2);
    }

    @Test
    void a_process_that_begins_while_its_store_is_away_takes_over_when_it_is_back() {
        ReleaseId id = leftBehind();
        FaultyStore store = new FaultyStore(fixture.memory);
        AtomicInteger failures = new AtomicInteger();
        store.reading(() -> {
            if (Thread.currentThread().getName().equals("release-pipeline-keeper") && failures.incrementAndGet() < 9) {
                throw FaultyStore.unreachable();
            }
        });
        Pipeline second = fixture.start(store, wiring -> wiring.maintainedEvery(SOON));
        assertThat(second.as(ALICE).releases().follow(id).await(LONG).succeeded())
                .isTrue();
        assertThat(failures.get()).isGreaterThanOrEqualTo(9);
    }

    @Test
    void a_request_expires_by_itself() {
        Pipeline pipeline = fixture.start(wiring -> wiring.maintainedEvery(SOON));
        Version version = fixture.version(pipeline);
        ReleaseId id =
                pipeline.as(ALICE).releases().request(version.id(), "staging").id();
        fixture.clock.advance(Duration.ofDays(30));
        await().atMost(LONG)
                .until(() -> pipeline.as(ALICE).releases().get(id).state().kind() == ReleaseState.Kind.EXPIRED);
    }

    @Test
    void a_queue_that_a_crash_left_beside_a_free_slot_moves_by_itself() {
        Pipeline first = fixture.start();
        Version version = fixture.version(first);
        FaultyStore store = new FaultyStore(fixture.memory);
        Pipeline dying = fixture.start(store, wiring -> {});
        ReleaseId running = fixture.approved(dying, version, "development");
        ReleaseId waiting = fixture.approved(dying, fixture.version(first), "development");
        fixture.development.before(Step.BACKUP, () -> first.as(ALICE).releases().deploy(waiting));
        fixture.development.after(
                Step.ACTIVATE,
                () -> store.after(number -> {
                    if (first.as(ALICE).releases().get(running).succeeded()) {
                        store.gone.countDown();
                        throw new FaultyStore.Crash();
                    }
                }));
        dying.as(ALICE).releases().deploy(running);
        PipelineFixture.await(store.gone);
        assertThat(first.as(ALICE).releases().get(waiting).state().kind()).isEqualTo(ReleaseState.Kind.QUEUED);
        Pipeline second = fixture.start(wiring -> wiring.maintainedEvery(SOON));
        assertThat(second.as(ALICE).releases().follow(waiting).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void a_release_that_may_start_by_itself_later_does() {
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .maintainedEvery(SOON)
                .environment(
                        "staging",
                        fixture.staging,
                        env -> env.tier(Tier.STAGING).approvals(1).startOnApproval()));
        pipeline.as(ALICE).environments().hold("staging", "holiday");
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(fixture.version(pipeline).id(), "staging")
                .id();
        pipeline.as(BOB).releases().approve(id, "");
        assertThat(pipeline.as(ALICE).releases().get(id).state().kind()).isEqualTo(ReleaseState.Kind.READY);
        pipeline.as(ALICE).environments().resume("staging", "back");
        await().atMost(LONG).until(() -> pipeline.as(ALICE).releases().get(id).succeeded());
    }

    @Test
    void maintenance_needs_an_interval() {
        assertThatThrownBy(() -> fixture.start(wiring -> wiring.maintainedEvery(Duration.ZERO)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> fixture.start(wiring -> wiring.maintainedEvery(Duration.ofSeconds(-1))))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void work_that_is_shared_is_begun_ordered_looked_after_and_closed_there() {
        Ledger ledger = new Ledger();
        Pipeline pipeline = fixture.start(wiring -> wiring.work(ledger));
        ReleaseId id = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .id();
        pipeline.maintain();
        pipeline.close();
        assertThat(ledger.entries)
                .containsExactly("begin", "submit " + new Run(id, 1), "ensure " + new Run(id, 1), "close");
        assertThat(fixture.development.effects()).isEmpty();
    }

    /** A deployment whose process dies in the middle of it. */
    private ReleaseId leftBehind() {
        FaultyStore store = new FaultyStore(fixture.memory);
        Pipeline first = fixture.start(store, wiring -> {});
        ReleaseId id = fixture.approved(first, fixture.version(first), "development");
        store.dieBefore(6);
        first.as(ALICE).releases().deploy(id);
        PipelineFixture.await(store.gone);
        return id;
    }

    /** Keeps a list of what it was asked for. */
    private static final class Ledger implements WorkSharing {
        private final List<String> entries = new ArrayList<>();

        @Override
        public void begin(Runner runner) {
            entries.add("begin");
        }

        @Override
        public void submit(Run run) {
            entries.add("submit " + run);
        }

        @Override
        public void ensure(Run run) {
            entries.add("ensure " + run);
        }

        @Override
        public void close() {
            if (!entries.contains("close")) {
                entries.add("close");
            }
        }
    }
}
