package io.github.releasepipeline.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.tck.ScriptedRunner;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several nodes on one PostgreSQL. */
@Timeout(120)
class NodesTest {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final ScriptedRunner first = new ScriptedRunner();
    private final ScriptedRunner second = new ScriptedRunner(first);
    private final List<DbSchedulerWork> nodes = new ArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private String database;

    @BeforeEach
    void make() throws SQLException {
        database = Postgres.fresh();
    }

    @AfterEach
    void close() {
        go.countDown();
        nodes.forEach(DbSchedulerWork::close);
        assertThat(first.wrong()).isEmpty();
    }

    @Test
    void what_a_silent_node_held_goes_on_elsewhere_within_the_lease_and_two_seconds_and_the_old_run_does_no_harm()
            throws SQLException {
        // given
        CutDatabase way = way();
        DbSchedulerWork work = node(first, way, work1 -> {});
        Run run = first.start("r1");
        first.hold(run, go);
        work.submit(run);
        assertThat(first.begun()).isEqualTo(run);
        node(second, way(), work2 -> {});
        // when
        way.cut();
        long silent = System.nanoTime();
        Run next = second.begun();
        Duration took = Duration.ofNanos(System.nanoTime() - silent);
        // then
        assertThat(next).isEqualTo(new Run(run.release(), run.token() + 1));
        assertThat(took).isBetween(LEASE.dividedBy(2), LEASE.plusSeconds(2));
        way.heal();
        go.countDown();
        assertThat(second.begunWithin(LEASE)).isEmpty();
        assertThat(first.begunWithin(MOMENT)).isEmpty();
    }

    @Test
    void a_node_that_is_cut_off_for_less_than_the_lease_keeps_what_it_holds() throws SQLException {
        CutDatabase way = way();
        DbSchedulerWork work = node(first, way, options -> options.lease(Duration.ofSeconds(6)));
        Run run = first.start("r1");
        first.hold(run, go);
        work.submit(run);
        assertThat(first.begun()).isEqualTo(run);
        node(second, way(), options -> options.lease(Duration.ofSeconds(6)));
        way.cut();
        assertThat(second.begunWithin(LEASE)).isEmpty();
        way.heal();
        assertThat(second.begunWithin(Duration.ofSeconds(6))).isEmpty();
        assertThat(first.takenOver()).isEmpty();
    }

    @Test
    void what_a_closing_node_leaves_goes_on_elsewhere_at_once_and_under_the_same_token() throws SQLException {
        // given
        DbSchedulerWork work = node(first, way(), options -> options.lease(Duration.ofMinutes(10)));
        node(second, way(), options -> options.lease(Duration.ofMinutes(10)));
        Run run = first.start("r1");
        CountDownLatch closing = new CountDownLatch(1);
        first.next(run, () -> {
            awaitOpen(closing);
            return Optional.of(Duration.ZERO); // as a pipeline answers that closes
        });
        work.submit(run);
        Optional<Run> here = first.begunWithin(Duration.ofSeconds(20));
        assertThat(here).contains(run);
        // when
        Thread closer = new Thread(work::close);
        closer.start();
        closing.countDown();
        // then
        assertThat(second.begunWithin(Duration.ofSeconds(3))).contains(run);
        assertThat(second.takenOver()).isEmpty();
    }

    @Test
    void orders_outlive_the_node_that_took_them() throws SQLException {
        DbSchedulerWork work = node(first, way(), options -> {});
        Run run = first.start("r1");
        first.next(run, () -> Optional.of(Duration.ofSeconds(1)));
        work.submit(run);
        assertThat(first.begun()).isEqualTo(run);
        work.close();
        node(second, way(), options -> {});
        assertThat(second.begun()).isEqualTo(run);
        assertThat(second.takenOver()).isEmpty();
    }

    @Test
    void an_order_that_died_with_its_node_is_found_by_another() throws SQLException {
        Run lost = first.start("never submitted");
        long begin = System.nanoTime();
        node(second, way(), options -> {});
        assertThat(second.begun()).isEqualTo(new Run(lost.release(), 2));
        assertThat(System.nanoTime() - begin).isLessThan(LEASE.plusSeconds(2).toNanos());
    }

    @Test
    void an_order_that_comes_again_does_not_repeat_a_run_that_broke_off() throws SQLException {
        DbSchedulerWork work = node(first, way(), options -> {});
        Run run = first.start("r1");
        first.next(run, () -> {
            throw new IllegalStateException("this run breaks off, on purpose");
        });
        work.submit(run);
        assertThat(first.begun()).isEqualTo(run);
        work.submit(run); // as if the answer to it had been lost
        assertThat(first.begun()).isEqualTo(new Run(run.release(), run.token() + 1));
    }

    @Test
    void a_node_that_cannot_look_now_looks_again_whatever_was_thrown() throws SQLException {
        AtomicInteger looks = new AtomicInteger();
        Runner breaking = (Runner) Proxy.newProxyInstance(
                Runner.class.getClassLoader(), new Class<?>[] {Runner.class}, (self, called, given) -> {
                    if (called.getName().equals("look") && looks.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("no thread to be had, on purpose");
                    }
                    return called.invoke(first, given);
                });
        DbSchedulerWork work = DbSchedulerWork.on(way(), options -> options.lease(LEASE));
        nodes.add(work);
        work.begin(breaking);
        await().atMost(Duration.ofSeconds(20)).until(() -> first.looks() > 0);
        assertThat(looks).hasValueGreaterThan(1);
    }

    @Test
    void an_order_while_the_database_is_away_is_placed_when_it_is_back() throws SQLException {
        CutDatabase way = way();
        DbSchedulerWork work = node(first, way, options -> options.lease(Duration.ofMinutes(10)));
        Run run = first.start("r1");
        way.cut();
        work.submit(run);
        assertThat(first.begunWithin(MOMENT)).isEmpty();
        way.heal();
        assertThat(first.begun()).isEqualTo(run);
    }

    @Test
    void a_node_goes_on_after_its_database_was_away() throws SQLException {
        CutDatabase way = way();
        DbSchedulerWork work = node(first, way, options -> {});
        way.cut();
        assertThat(first.begunWithin(LEASE)).isEmpty();
        way.heal();
        int looks = first.looks();
        int tends = first.tends();
        await().atMost(Duration.ofSeconds(20)).until(() -> first.looks() > looks + 1 && first.tends() > tends + 1);
        Run run = first.start("r1");
        work.submit(run);
        assertThat(first.begun()).isEqualTo(run);
    }

    @Test
    void a_node_can_close_while_its_database_is_away() throws SQLException {
        CutDatabase way = way();
        DbSchedulerWork work = node(first, way, options -> {});
        way.cut();
        long begin = System.nanoTime();
        work.close();
        assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void one_of_all_nodes_tends_and_another_one_when_that_is_gone() throws SQLException {
        DbSchedulerWork work = node(first, way(), options -> {});
        node(second, way(), options -> {});
        long begin = System.nanoTime();
        await().atMost(Duration.ofSeconds(60)).until(() -> first.tends() + second.tends() >= 4);
        assertThat(System.nanoTime() - begin)
                .as("two nodes tend no more often than one")
                .isGreaterThan(LEASE.multipliedBy(3).minusMillis(500).toNanos());
        work.close();
        int tends = second.tends();
        await().atMost(Duration.ofSeconds(60)).until(() -> second.tends() > tends);
    }

    @Test
    void nodes_share_the_releases() throws SQLException {
        DbSchedulerWork work = node(first, way(), options -> options.releasesAtOnce(2));
        node(second, way(), options -> options.releasesAtOnce(2).poll(Duration.ofMillis(50)));
        List<Run> runs = Stream.of("r1", "r2", "r3").map(first::start).toList();
        runs.forEach(run -> first.hold(run, go));
        runs.forEach(run -> second.hold(run, go));
        runs.forEach(work::submit);
        List<Run> begun = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            first.begunWithin(MOMENT).ifPresent(begun::add);
            second.begunWithin(MOMENT).ifPresent(begun::add);
            return begun.size() == 3;
        });
        assertThat(begun).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(first.takenOver()).isEmpty();
        assertThat(second.takenOver()).isEmpty();
    }

    @Test
    void an_order_is_carried_out_at_once_and_not_with_the_next_round() throws SQLException {
        DbSchedulerWork work = node(first, way(), options -> options.poll(Duration.ofMinutes(5)));
        long begin = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            Run run = first.start("r" + i);
            work.submit(run);
            assertThat(first.begun()).isEqualTo(run);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    private DbSchedulerWork node(ScriptedRunner runner, CutDatabase way, Consumer<DbSchedulerOptions> more) {
        DbSchedulerWork work = DbSchedulerWork.on(way, options -> {
            options.lease(LEASE).poll(Duration.ofMillis(200));
            more.accept(options);
        });
        nodes.add(work);
        work.begin(runner);
        await().atMost(Duration.ofSeconds(20)).until(() -> runner.looks() > 0);
        return work;
    }

    private CutDatabase way() {
        return new CutDatabase(Postgres.plain(database));
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
