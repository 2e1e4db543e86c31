package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the program where it hurts: {@code -Dquickstart.kills=1000} for a thousand times. */
class KillIT {
    private static final int KILLS = Integer.getInteger("quickstart.kills", 24);
    private static final int MOST_COMMANDS = 5;
    private static final int MOST_MILLIS_MORE = 120;
    /** Long, because a thousand kills may run in the background of a busy machine. */
    private static final long HANGS_AFTER = TimeUnit.MINUTES.toNanos(10);

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_survives_a_kill_at_any_moment() throws Exception {
        long seed = Long.getLong("quickstart.seed", System.nanoTime());
        Random random = new Random(seed);
        JournalCheck check = new JournalCheck(folder.resolve("data"), journal());
        int killed = 0;
        for (int run = 0; run < KILLS; run++) {
            killed += isKilled(random) ? 1 : 0;
            if (Files.exists(folder.resolve("data/repository"))) {
                check.everyAcknowledgedCommandIsThere();
            }
        }
        // The last one may live.
        Process last = start();
        assertThat(last.waitFor()).as("seed %d: %s", seed, said()).isZero();
        int commands = check.everyAcknowledgedCommandIsThere();
        check.nothingIsHalfDone();
        assertThat(commands).isGreaterThan(KILLS);
        System.out.println("Killed " + killed + " of " + KILLS + " runs; " + commands + " acknowledged commands");
    }

    /** Kills a run a moment after a few more commands. Tells whether it did; a run that is quicker must end well. */
    private boolean isKilled(Random random) throws IOException, InterruptedException {
        long enough = commands() + random.nextInt(MOST_COMMANDS + 1);
        Process process = start();
        long begin = System.nanoTime();
        boolean ended = false;
        while (!ended && commands() < enough) {
            ended = process.waitFor(2, TimeUnit.MILLISECONDS);
            assertThat(System.nanoTime() - begin).as(said()).isLessThan(HANGS_AFTER);
        }
        ended = process.waitFor(random.nextInt(MOST_MILLIS_MORE), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        Folders.delete(folder.resolve("tmp")); // a killed process leaves its unpacked SQLite library there
        if (ended) {
            assertThat(process.exitValue()).as(said()).isZero();
        }
        return !ended;
    }

    private Process start() throws IOException {
        Path tmp = Files.createDirectories(folder.resolve("tmp"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + tmp,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quickstart.class.getName(),
                        "--data",
                        folder.resolve("data").toString(),
                        "--journal",
                        journal().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    private long commands() throws IOException {
        return Files.exists(journal())
                ? Files.readString(journal()).chars().filter(c -> c == '\n').count()
                : 0;
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("out"));
    }
}
