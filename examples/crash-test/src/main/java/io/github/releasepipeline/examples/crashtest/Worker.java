package io.github.releasepipeline.examples.crashtest;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.dbscheduler.DbSchedulerWork;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A node of its own process, with people who use it. Tells what was acknowledged on its output; ends in good order when its
 * input ends, and lets people begin nothing new after a line "drain".
 */
final class Worker {
    private static final int CONNECTIONS = 16;

    private Worker() {}

    /** Arguments: name, port of its way to the database, folder, lease in milliseconds, seed. */
    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        Path folder = Path.of(arguments[2]);
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[3]));
        Random random = new Random(Long.parseLong(arguments[4]));
        try (HikariDataSource database = Setup.pool(Integer.parseInt(arguments[1]), CONNECTIONS);
                JdbcPipelineStore store = patiently(() -> JdbcPipelineStore.on(database));
                Pipeline pipeline = patiently(() -> pipeline(name, folder, store, database, lease, random))) {
            People people = new People(pipeline, store, database, random);
            people.begin();
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                people.drain();
            }
            people.end();
        }
    }

    private static Pipeline pipeline(
            String name,
            Path folder,
            JdbcPipelineStore store,
            HikariDataSource database,
            Duration lease,
            Random random) {
        return Setup.pipeline(
                        folder,
                        store,
                        database,
                        (environment, target) ->
                                new SlowTarget(new WitnessedTarget(target, database, environment), random))
                .work(DbSchedulerWork.on(
                        database,
                        work -> work.node(name)
                                .lease(lease)
                                .poll(Duration.ofMillis(250))
                                .releasesAtOnce(6)))
                .build();
    }

    /** The database may be away just when a node begins. */
    private static <T> T patiently(Supplier<T> beginning) {
        while (true) {
            try {
                return beginning.get();
            } catch (AdapterException e) {
                if (!e.retryable()) {
                    throw e;
                }
                LockSupport.parkNanos(200_000_000L);
            }
        }
    }
}
