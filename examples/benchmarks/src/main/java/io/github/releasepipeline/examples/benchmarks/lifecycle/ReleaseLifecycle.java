package io.github.releasepipeline.examples.benchmarks.lifecycle;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * Releases from the request to their success, by this library, by plain JDBC that writes the same rows, by Flowable and by
 * DBOS Transact, on the same PostgreSQL in one run. Arguments: seconds of a round, number of rounds, numbers of threads;
 * {@code 10 3 1,4,16} if nothing is said.
 */
public final class ReleaseLifecycle {
    private static final int CONNECTIONS = 40;

    private ReleaseLifecycle() {}

    /** Opens a contender on a new database. */
    interface Opening {
        Contender on(DataSource database) throws Exception;
    }

    /** Measures all and prints what came of it. */
    public static void main(String[] args) throws Exception {
        Duration round = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 10);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String[] threads = (args.length > 2 ? args[2] : "1,4,16").split(",", -1);
        System.out.printf(
                "%d rounds of %d s each, %d processors, Java %s%n",
                rounds, round.toSeconds(), Runtime.getRuntime().availableProcessors(), Runtime.version());
        try (Server server = Server.start()) {
            for (String number : threads) {
                measure(server, Integer.parseInt(number), round, rounds);
            }
        }
    }

    private static void measure(Server server, int threads, Duration round, int rounds) throws Exception {
        List<RecordedRow> recorded = record(server, "recorded_" + threads, threads);
        List<Lane> lanes = new ArrayList<>();
        try {
            lanes.add(open(server, "ours_" + threads, database -> new Ours(database, threads)));
            for (HandWritten.Reading reading : HandWritten.Reading.values()) {
                String name = "jdbc_" + reading.name().toLowerCase(java.util.Locale.ROOT) + "_" + threads;
                HikariDataSource copy = Server.pool(server.copy(name, "recorded_" + threads), CONNECTIONS);
                lanes.add(new Lane(server, name, copy, new HandWritten(copy, recorded, threads, reading)));
            }
            lanes.add(open(server, "flowable_" + threads, Flowable::new));
            lanes.add(open(server, "dbos_" + threads, Dbos::new));
            for (Lane lane : lanes) {
                lane.warmUp(threads, round);
            }
            for (int i = 0; i < rounds; i++) {
                for (Lane lane : lanes) {
                    lane.run(threads, round);
                }
            }
        } finally {
            lanes.forEach(Lane::close);
        }
        print(threads, lanes);
    }

    /** One lifecycle in the first of the environments, each of which has had one before. */
    static List<RecordedRow> record(Server server, String name, int environments) throws Exception {
        try (HikariDataSource pool = Server.pool(server.database(name), 2 * environments);
                Ours ours = new Ours(pool, environments)) {
            for (int i = 0; i < environments; i++) {
                ours.lifecycle(i, new Calls());
            }
            Recording recording = new Recording(pool);
            recording.begin();
            ours.lifecycle(0, new Calls());
            return recording.end();
        }
    }

    private static Lane open(Server server, String name, Opening opening) throws Exception {
        HikariDataSource pool = Server.pool(server.database(name), CONNECTIONS);
        return new Lane(server, name, pool, opening.on(pool));
    }

    private static void print(int threads, List<Lane> lanes) throws Exception {
        System.out.printf(
                "%n%-24s %10s %9s %15s %15s %8s %8s %8s%n",
                threads == 1 ? "1 thread" : threads + " threads",
                "releases/s",
                "ours is",
                "call p50/p99",
                "all p50/p99 ms",
                "commits",
                "rows",
                "WAL kB");
        double ours = lanes.get(0).perSecond();
        for (Lane lane : lanes) {
            System.out.printf(
                    "%-24s %10.1f %8.2fx %7.1f/%7.1f %7.0f/%7.0f %8.1f %8.1f %8.1f%n",
                    lane.name(),
                    lane.perSecond(),
                    ours / lane.perSecond(),
                    lane.calls().millis(0.5),
                    lane.calls().millis(0.99),
                    lane.lifecycles().millis(0.5),
                    lane.lifecycles().millis(0.99),
                    lane.commits(),
                    lane.rows(),
                    lane.walKilobytes());
        }
        System.out.println(
                "rounds: " + Arrays.toString(lanes.stream().map(Lane::rates).toArray()));
    }
}
