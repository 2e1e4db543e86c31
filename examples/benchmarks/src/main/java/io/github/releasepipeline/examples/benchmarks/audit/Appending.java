package io.github.releasepipeline.examples.benchmarks.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.examples.benchmarks.lifecycle.Server;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Audit records appended by many threads, each with a subject of its own, on one PostgreSQL in one run: chained by the store,
 * with the head in the subject's row; and by plain JDBC that inserts the same rows with the same indexes and updates the same
 * subjects in one statement, without any chain. Arguments: threads, seconds of a round, rounds; {@code 16 5 3} if nothing is said.
 */
public final class Appending {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private Appending() {}

    /** Appends one record to the subject of a thread. */
    private interface Lane {
        void append(int thread) throws SQLException;
    }

    /** Measures both and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 16;
        Duration round = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5);
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        try (Server server = Server.start();
                HikariDataSource chained = Server.pool(server.database("chained"), threads);
                HikariDataSource plain = Server.pool(server.database("plain"), threads)) {
            Lane ours = chained(JdbcPipelineStore.on(chained), threads);
            Lane theirs = plain(plain, JdbcPipelineStore.on(plain), threads);
            run(ours, threads, round);
            run(theirs, threads, round);
            double chainedPerSecond = 0;
            double plainPerSecond = 0;
            for (int i = 0; i < rounds; i++) {
                chainedPerSecond += run(ours, threads, round) / rounds;
                plainPerSecond += run(theirs, threads, round) / rounds;
            }
            System.out.printf(
                    "%d threads: chained %.0f records/s, without any chain %.0f records/s: %.2fx%n",
                    threads, chainedPerSecond, plainPerSecond, chainedPerSecond / plainPerSecond);
        }
    }

    private static Lane chained(PipelineStore store, int threads) {
        List<Environment> subjects = subjects(store, threads);
        AtomicLong ids = new AtomicLong();
        return thread -> store.transact(session -> {
            Environment subject = subjects.get(thread);
            Stored<Environment> before = session.find(subject.id()).orElseThrow();
            AuditRecord record = record(before.head(), subject, ids.incrementAndGet());
            session.save(subject.id(), before.next(subject, record.head()));
            session.append(List.of(record));
            return true;
        });
    }

    private static Lane plain(HikariDataSource database, PipelineStore store, int threads) {
        List<Environment> subjects = subjects(store, threads);
        AtomicLong ids = new AtomicLong();
        return thread -> {
            long number = ids.incrementAndGet();
            Environment subject = subjects.get(thread);
            AuditRecord text = record(ChainHead.empty(), subject, number);
            try (Connection connection = database.getConnection();
                    PreparedStatement append = connection.prepareStatement("with subject as (update"
                            + " release_pipeline_environment set revision = revision + 1 where pipeline = 'default' and id = ?)"
                            + " insert into release_pipeline_audit (pipeline, subject, sequence, event, canonical,"
                            + " hash) values ('default', ?, ?, ?, ?, '')")) {
                append.setString(1, subject.name().value());
                append.setString(2, text.subject());
                append.setLong(3, number);
                append.setString(4, text.event().name());
                append.setString(5, text.canonical());
                append.executeUpdate();
            }
        };
    }

    private static List<Environment> subjects(PipelineStore store, int threads) {
        List<Environment> subjects = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Environment subject = Environment.fresh(new EnvironmentName("e" + i));
            subjects.add(subject);
            boolean saved = store.transact(session -> {
                session.save(subject.id(), Stored.unsaved(subject).next(subject, ChainHead.empty()));
                return true;
            });
            if (!saved) {
                throw new IllegalStateException("Not saved");
            }
        }
        return subjects;
    }

    private static AuditRecord record(ChainHead head, Environment subject, long number) {
        Stamp stamp = new Stamp(Actor.user("alice"), AT, Optional.of("a reason of the usual length"));
        return AuditRecord.next(head, subject.id(), "id-" + number, stamp, new EnvironmentEvent.HoldPlaced());
    }

    private static double run(Lane lane, int threads, Duration round) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                counts.add(pool.submit(() -> {
                    long count = 0;
                    while (System.nanoTime() - begin < round.toNanos()) {
                        lane.append(thread);
                        count++;
                    }
                    return count;
                }));
            }
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            return all / ((System.nanoTime() - begin) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }
}
