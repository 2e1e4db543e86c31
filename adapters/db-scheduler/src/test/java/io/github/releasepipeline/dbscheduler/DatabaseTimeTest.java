package io.github.releasepipeline.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.tck.ScriptedRunner;
import io.github.releasepipeline.work.Run;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clocks of nodes and database differ by hours: the database is given another one. */
@Timeout(120)
class DatabaseTimeTest {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration QUICK = Duration.ofMillis(500);

    @ParameterizedTest
    @ValueSource(strings = {"- interval '3 hours'", "+ interval '3 hours'"})
    void the_database_s_time_counts_whatever_the_clocks_of_nodes_say(String off) throws SQLException {
        String database = Postgres.fresh();
        Postgres.sql(database, "create schema other");
        Postgres.sql(
                database,
                "create function other.clock_timestamp() returns timestamptz language sql as"
                        + " 'select pg_catalog.clock_timestamp() " + off.replace("'", "''") + "'");
        ScriptedRunner first = new ScriptedRunner();
        ScriptedRunner second = new ScriptedRunner(first);
        CutDatabase way = way(database);
        CountDownLatch go = new CountDownLatch(1);
        try (DbSchedulerWork work = node(way);
                DbSchedulerWork other = node(way(database))) {
            work.begin(first);
            Run run = first.start("r1");
            first.next(run, () -> Optional.of(Duration.ofMillis(500)));
            first.hold(run, go);
            work.submit(run);
            assertThat(first.begun()).isEqualTo(run);
            assertThat(first.begun()).isEqualTo(run);
            other.begin(second);
            assertThat(second.begunWithin(LEASE.multipliedBy(2))).isEmpty();
            way.cut();
            assertThat(second.begunWithin(LEASE.plusSeconds(2))).contains(new Run(run.release(), 2));
            go.countDown();
        }
    }

    @Test
    void between_two_measurements_the_time_goes_on_by_a_monotonic_clock() throws SQLException {
        AtomicLong nanos = new AtomicLong();
        DatabaseClock clock = new DatabaseClock(Postgres.plain("postgres"), nanos::get, QUICK);
        Instant begin = clock.now();
        assertThat(Duration.between(Instant.now(), begin).abs()).isLessThan(Duration.ofSeconds(5));
        nanos.addAndGet(Duration.ofMinutes(7).toNanos());
        assertThat(clock.now()).isEqualTo(begin.plus(Duration.ofMinutes(7)));
        clock.measure();
        assertThat(clock.now()).isBetween(begin, begin.plusSeconds(60));
    }

    @Test
    void a_measurement_is_taken_for_the_middle_of_the_question_and_its_answer() throws SQLException {
        AtomicLong nanos = new AtomicLong();
        DatabaseClock clock =
                new DatabaseClock(Postgres.plain("postgres"), () -> nanos.getAndAdd(1_000_000_000_000L), QUICK);
        Instant now = clock.now(); // asked at 0 s and 1000 s, read at 2000 s
        assertThat(Duration.between(Instant.now().plusSeconds(1500), now).abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_measurement_that_was_held_up_does_not_put_the_time_ahead() throws SQLException {
        AtomicLong nanos = new AtomicLong();
        AtomicLong pause = new AtomicLong();
        DatabaseClock clock = new DatabaseClock(Postgres.plain("postgres"), () -> nanos.getAndAdd(pause.get()), QUICK);
        Instant begin = clock.now();
        pause.set(Duration.ofMinutes(2).toNanos()); // after the question was asked, and before it was sent
        clock.measure();
        pause.set(0);
        assertThat(clock.now()).isEqualTo(begin.plus(Duration.ofMinutes(4)));
    }

    @Test
    void a_first_measurement_that_was_held_up_counts_until_the_next_one() throws SQLException {
        AtomicLong nanos = new AtomicLong();
        AtomicLong pause = new AtomicLong(Duration.ofMinutes(2).toNanos());
        DatabaseClock clock = new DatabaseClock(Postgres.plain("postgres"), () -> nanos.getAndAdd(pause.get()), QUICK);
        pause.set(Duration.ofMinutes(1).toNanos()); // still too long, and better than nothing
        clock.measure();
        pause.set(0);
        assertThat(Duration.between(Instant.now().plusSeconds(90), clock.now()).abs())
                .isLessThan(Duration.ofSeconds(5));
        clock.measure();
        assertThat(Duration.between(Instant.now(), clock.now()).abs()).isLessThan(Duration.ofSeconds(5));
    }

    private static DbSchedulerWork node(CutDatabase way) {
        return DbSchedulerWork.on(way, work -> work.lease(LEASE).poll(Duration.ofMillis(100)));
    }

    private static CutDatabase way(String database) {
        return new CutDatabase(Postgres.plain(database), "set search_path = other, pg_catalog, public");
    }
}
