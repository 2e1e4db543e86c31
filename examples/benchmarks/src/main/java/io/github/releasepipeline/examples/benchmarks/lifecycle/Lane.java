package io.github.releasepipeline.examples.benchmarks.lifecycle;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A contender with its database, and what was measured of it. */
final class Lane implements AutoCloseable {
    private static final int MOST_TO_WARM_UP = 15;
    /** The compiler is at rest if it takes less than this part of the time. */
    private static final int COMPILING = 20;

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

    /**
     * Runs until the compiler has nearly nothing left to do, as in a process that has run for a while, and the database knows
     * its tables: it looks at tables that have grown by itself, but not more often than once in a minute.
     */
    void warmUp(int threads, Duration time) throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        Duration compiling = time;
        for (int i = 0; i < MOST_TO_WARM_UP && compiling.compareTo(time.dividedBy(COMPILING)) > 0; i++) {
            long before = compiler.getTotalCompilationTime();
            all += Round.run(contender, threads, time).lifecycles().size();
            compiling = Duration.ofMillis(compiler.getTotalCompilationTime() - before);
            if (i == 0) {
                analyze();
            }
        }
    }

    private void analyze() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        }
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
