package io.github.releasepipeline.examples.benchmarks.lifecycle;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A contender with its database, and what was measured of it. */
final class Lane implements AutoCloseable {
    private final Server server;
    private final String database;
    private final HikariDataSource pool;
    private final Contender contender;
    private final List<Double> rates = new ArrayList<>();
    private final Calls calls = new Calls();
    private final Calls lifecycles = new Calls();
    private long writes;
    private long walBytes;
    private long all;

    Lane(Server server, String database, HikariDataSource pool, Contender contender) {
        this.server = server;
        this.database = database;
        this.pool = pool;
        this.contender = contender;
    }

    void warmUp(int threads, Duration time) throws Exception {
        all += Round.run(contender, threads, time).lifecycles().size();
    }

    void run(int threads, Duration time) throws Exception {
        Server.Work before = server.work();
        Round round = Round.run(contender, threads, time);
        Server.Work work = server.work().since(before);
        writes += work.writes();
        walBytes += work.walBytes();
        all += round.lifecycles().size();
        rates.add(round.perSecond());
        calls.addAll(round.calls());
        lifecycles.addAll(round.lifecycles());
    }

    String name() {
        return contender.name();
    }

    /** The median of the rounds. */
    double perSecond() {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    String rates() {
        return rates.stream()
                .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
                .toList()
                .toString();
    }

    Calls calls() {
        return calls;
    }

    Calls lifecycles() {
        return lifecycles;
    }

    /** Transactions of a lifecycle that wrote something. */
    double commits() {
        return (double) writes / lifecycles.size();
    }

    double walKilobytes() {
        return walBytes / 1024.0 / lifecycles.size();
    }

    /** Rows that a lifecycle wrote; to be asked once this is closed. Counts what the preparation wrote too. */
    double rows() throws Exception {
        return (double) server.rows(database) / all;
    }

    @Override
    public void close() {
        contender.close();
        pool.close();
    }
}
