package io.github.releasepipeline.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.Deployment;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.RecordingNotifier;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.ReviewSummary;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole pipelines on one PostgreSQL, each standing for a node. */
@Timeout(120)
class SharedPipelineTest {
    private static final Actor ALICE = Actor.user("alice");
    private static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SettableClock past = SettableClock.at("2026-03-01T09:00:00Z");
    private final MemoryItemRepository repository = new MemoryItemRepository(past);
    private final MemorySourceControl forge = new MemorySourceControl("acme/flows", repository, List.of(FLOWS), past);
    private final ScriptedTarget target = new ScriptedTarget();
    private final RecordingNotifier notifier = RecordingNotifier.ofEverything("mail");
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private String database;

    /** A process with its own way to the database. */
    private record Node(Pipeline pipeline, CutDatabase way) {}

    @BeforeEach
    void make() throws SQLException {
        database = Postgres.fresh();
    }

    @AfterEach
    void close() throws Exception {
        go.countDown();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void a_release_is_taken_over_from_a_node_that_fell_silent_and_no_effect_happens_twice() throws SQLException {
        // given
        Node first = node();
        holdAt(Step.DEPLOY_ARTIFACTS);
        ReleaseId id = deploy(first.pipeline());
        awaitOpen(held);
        Node second = node();
        // when
        first.way().cut();
        long silent = System.nanoTime();
        Release release = second.pipeline().as(ALICE).releases().follow(id).await(LONG);
        Duration took = Duration.ofNanos(System.nanoTime() - silent);
        first.way().heal();
        go.countDown();
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(release.lastAttempt().orElseThrow().fencingToken()).isEqualTo(2);
        assertThat(took).isLessThan(LEASE.plusSeconds(4));
        assertThat(target.effects())
                .extracting(ScriptedTarget.Effect::step)
                .doesNotHaveDuplicates()
                .contains(Step.ACTIVATE);
        assertThat(second.pipeline().as(ALICE).audit().verify().problems()).isEmpty();
    }

    @Test
    void a_release_goes_on_elsewhere_at_once_when_its_node_closes() {
        Node first = node();
        Node second = node();
        holdAt(Step.BACKUP);
        ReleaseId id = deploy(first.pipeline());
        awaitOpen(held);
        Thread closer = new Thread(first.pipeline()::close);
        closer.start();
        go.countDown();
        Release release = second.pipeline().as(ALICE).releases().follow(id).await(LONG);
        assertThat(release.succeeded()).isTrue();
        assertThat(target.effects()).extracting(ScriptedTarget.Effect::step).doesNotHaveDuplicates();
    }

    @Test
    void a_log_is_followed_from_another_node_without_losing_or_repeating_a_line() throws InterruptedException {
        // given
        Node first = node();
        Node second = node();
        holdAt(Step.DEPLOY_ARTIFACTS);
        ReleaseId id = deploy(first.pipeline());
        awaitOpen(held);
        List<LogLine> here = new ArrayList<>();
        List<LogLine> there = new ArrayList<>();
        Thread other = new Thread(() -> follow(second, id, there));
        other.start();
        // when
        go.countDown();
        follow(first, id, here);
        other.join();
        // then
        assertThat(there).isEqualTo(here).doesNotHaveDuplicates();
        assertThat(there).isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
        assertThat(there)
                .extracting(line -> line.entry().text())
                .anyMatch(text -> text.startsWith("Deployment succeeded"));
    }

    @Test
    void letters_that_a_node_wrote_or_held_when_it_died_are_brought_by_another_once_their_time_is_up()
            throws SQLException {
        Node first = node();
        holdAt(Step.BACKUP);
        notifier.failNext(Integer.MAX_VALUE);
        ReleaseId id = deploy(first.pipeline());
        awaitOpen(held);
        first.way().cut();
        notifier.failNext(0);
        Node second = node(Clock.offset(Clock.systemUTC(), Duration.ofHours(2))); // no lane holds a letter that long
        go.countDown();
        assertThat(second.pipeline().as(ALICE).releases().follow(id).await(LONG).succeeded())
                .isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(notifier.letters())
                        .filteredOn(letter -> letter.record().subject().equals(id.reference()))
                        .extracting(letter -> letter.record().event().getClass().getSimpleName())
                        .startsWith("Requested")
                        .contains("AttemptStarted", "TakenOver")
                        .endsWith("Succeeded"));
    }

    @Test
    void a_node_whose_own_clock_is_hours_off_shares_the_work() {
        Node first = node(Clock.offset(Clock.systemUTC(), Duration.ofHours(-5)));
        Node second = node(Clock.offset(Clock.systemUTC(), Duration.ofHours(5)));
        holdAt(Step.BACKUP);
        ReleaseId id = deploy(first.pipeline());
        awaitOpen(held);
        int before = second.pipeline().as(ALICE).releases().get(id).attempts().size();
        Thread closer = new Thread(first.pipeline()::close);
        closer.start();
        go.countDown();
        Release release = second.pipeline().as(ALICE).releases().follow(id).await(LONG);
        assertThat(before).isEqualTo(1);
        assertThat(release.succeeded()).isTrue();
        assertThat(release.lastAttempt().orElseThrow().fencingToken()).isEqualTo(1);
    }

    private static void follow(Node node, ReleaseId id, List<LogLine> lines) {
        Deployment deployment = node.pipeline().as(ALICE).releases().follow(id).onLog(lines::add);
        assertThat(deployment.await(LONG).succeeded()).isTrue();
    }

    private void holdAt(Step step) {
        target.before(step, () -> {
            if (held.getCount() > 0) {
                held.countDown();
                awaitOpen(go);
            }
        });
    }

    private ReleaseId deploy(Pipeline pipeline) {
        long number = forge.open("Change", "bob", List.of(), Map.of("flows/a", "x" + open.size()));
        forge.review(number, "carol", ReviewSummary.Decision.APPROVED);
        forge.mergeElsewhere(number, "dave");
        pipeline.as(ALICE).pullRequests().synchronize();
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Set", draft -> draft.pullRequests(number));
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(pipeline.as(ALICE).versions().publish(set.id()).id(), "production")
                .id();
        return pipeline.as(ALICE).releases().deploy(id).id();
    }

    private Node node() {
        return node(Clock.systemUTC());
    }

    private Node node(Clock clock) {
        CutDatabase way = new CutDatabase(Postgres.plain(database));
        HikariConfig config = new HikariConfig();
        config.setDataSource(way);
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(1_000);
        HikariDataSource pool = new HikariDataSource(config);
        open.add(pool);
        Pipeline pipeline = Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(JdbcPipelineStore.on(pool))
                .items(FLOWS)
                .clock(clock)
                .notifier(notifier)
                .work(DbSchedulerWork.on(pool, work -> work.lease(LEASE).poll(Duration.ofMillis(200))))
                .environment("production", target)
                .build();
        open.add(pipeline);
        return new Node(pipeline, way);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
