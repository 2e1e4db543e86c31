package io.github.releasepipeline.examples.crashtest;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets releases flow through several nodes on a real PostgreSQL while nodes are killed and stopped, connections cut and the
 * database restarted, and then looks whether everything is as it must be. Ends with 0 if it is, with 2 for a mistake of the
 * user.
 */
@Command(name = "crash-test", mixinStandardHelpOptions = true)
public final class CrashTest implements Callable<Integer> {
    private static final int VERSIONS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration REST = Duration.ofSeconds(4);

    @Option(names = "--faults", description = "How many faults; 1000 unless said here.")
    private int faults = 1000;

    @Option(names = "--workers", description = "How many nodes at a time; 3 unless said here.")
    private int workers = 3;

    @Option(names = "--lease", description = "For how many seconds a node may be silent; 2 unless said here.")
    private int lease = 2;

    @Option(names = "--seed", description = "Which faults; others each time unless said here.")
    private long seed = System.nanoTime();

    @Option(names = "--folder", description = "Where logs stay; a new temporary folder unless said here.")
    private @Nullable Path folder;

    private final Tally tally = new Tally();

    private CrashTest() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        int code = run(System.err, arguments);
        if (code != 0) {
            System.exit(code); // zero ends by itself: Maven may be waiting
        }
    }

    static int run(PrintStream err, String... arguments) {
        CommandLine commandLine = new CommandLine(new CrashTest());
        commandLine.setParameterExceptionHandler((mistake, given) -> complain(err, mistake));
        commandLine.setExecutionExceptionHandler((fault, command, given) -> {
            if (fault instanceof UserMistake) {
                return complain(err, fault);
            }
            throw fault;
        });
        return commandLine.execute(arguments);
    }

    private static int complain(PrintStream err, Exception mistake) {
        err.println(mistake.getMessage() + " (--help tells what is possible)");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws Exception {
        requireAtLeast(0, "--faults", faults);
        requireAtLeast(1, "--workers", workers);
        requireAtLeast(1, "--lease", lease);
        Path place = folder == null ? Files.createTempDirectory("crash-test") : made(folder);
        System.out.printf(
                "seed %d, %d faults, %d nodes, a lease of %d s, logs in %s%n", seed, faults, workers, lease, place);
        long begin = System.nanoTime();
        try (Postgres postgres = Postgres.start(place);
                HikariDataSource database = Setup.pool(postgres.port(), 6);
                JdbcPipelineStore store = JdbcPipelineStore.on(database);
                Pipeline pipeline = pipeline(place, database, store)) {
            Judgement judgement = new Judgement(database, store, tally);
            WitnessedTarget.makeTables(database);
            publish(pipeline);
            storm(postgres, place, new Watch(database, store, tally), judgement);
            judgement.atTheEnd(pipeline);
        }
        System.out.println(tally.report());
        tally.violations().forEach(violation -> System.out.println("VIOLATION: " + violation));
        System.out.printf(
                "%s after %d s (seed %d)%n",
                tally.violations().isEmpty()
                        ? "everything is as it must be"
                        : tally.violations().size() + " VIOLATIONS",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                seed);
        return tally.violations().isEmpty() ? 0 : 1;
    }

    private static void requireAtLeast(int least, String option, int value) {
        if (value < least) {
            throw new UserMistake(option + " is at least " + least + ", not " + value);
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserMistake("--folder: '" + folder + "' is no folder and cannot be made one");
        }
    }

    /** For looking only: it orders nothing, so it drives nothing. */
    private static Pipeline pipeline(Path place, HikariDataSource database, JdbcPipelineStore store)
            throws IOException, GitAPIException {
        Flows.write(place.resolve("git"), VERSIONS);
        return Setup.pipeline(place, store, database, (name, target) -> target)
                .maintainedByHost()
                .build();
    }

    private static void publish(Pipeline pipeline) {
        Actor alice = Actor.user("alice");
        pipeline.as(alice).pullRequests().synchronize();
        for (long number = 1; number <= VERSIONS; number++) {
            long one = number;
            ChangeSet set = pipeline.as(alice).changeSets().create("Set " + number, draft -> draft.pullRequests(one));
            pipeline.as(alice).versions().publish(set.id());
        }
    }

    private void storm(Postgres postgres, Path place, Watch watch, Judgement judgement) throws Exception {
        Storm storm = new Storm(postgres, place, Duration.ofSeconds(lease), new Random(seed), tally, watch);
        try {
            storm.begin(workers);
            awaitReleases(judgement);
            for (int fault = 1; fault <= faults; fault++) {
                storm.strike();
                look(judgement);
                if (fault % 50 == 0) {
                    System.out.printf(
                            "%d faults, %d acknowledged%n",
                            fault, tally.acknowledged().size());
                }
            }
            storm.drain();
            awaitRest(judgement);
        } finally {
            storm.end();
        }
    }

    private void look(Judgement judgement) {
        try {
            judgement.onTheWay();
            tally.count("looks on the way");
        } catch (AdapterException | SQLException e) {
            System.out.println("not to be seen just now: " + e.getMessage());
        }
    }

    /** The storm begins when something flows. */
    private static void awaitReleases(Judgement judgement) throws InterruptedException {
        long begin = System.nanoTime();
        while (judgement.releases().isEmpty() && System.nanoTime() - begin < PATIENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Somebody may just be about to begin something when nothing is to be seen. */
    private static void awaitRest(Judgement judgement) throws InterruptedException {
        long begin = System.nanoTime();
        long restsSince = begin;
        while (System.nanoTime() - restsSince < REST.toNanos() && System.nanoTime() - begin < PATIENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(100);
            boolean rests = judgement.releases().stream()
                    .noneMatch(release -> release.state().kind().isUnderWay());
            restsSince = rests ? restsSince : System.nanoTime();
        }
    }

    private static final class UserMistake extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UserMistake(String message) {
            super(message);
        }
    }
}
