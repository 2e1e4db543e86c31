package io.github.releasepipeline.gates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of a command, and the end of everything that it started. */
final class CommandRun {
    /** How soon is looked who is there: who ends before leaves children that nobody knows the parent of. */
    private static final long FIRST_LOOK_MILLIS = 10;
    /** How often later: to look costs time, the more the more processes the machine has. */
    private static final long LATER_LOOK_MILLIS = 500;
    /** How long nothing arrives after the end until nothing more is waited for. */
    private static final long LAST_WORDS_MILLIS = 1_000;
    /** How often that may be. */
    private static final int LAST_WORDS = 60;

    private final Process process;
    private final Set<ProcessHandle> family = new LinkedHashSet<>();

    private CommandRun(Process process) {
        this.process = process;
    }

    /** The exit code; empty if it did not end in time, or the thread was interrupted. */
    static Optional<Integer> of(
            List<String> command, Path place, Map<String, String> variables, CommandOutput output, Duration limit)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        CommandRun run = new CommandRun(builder.start());
        try {
            return run.ended(output, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            run.kill();
        }
    }

    private Optional<Integer> ended(CommandOutput output, Duration limit) throws IOException, InterruptedException {
        process.getOutputStream().close(); // nothing to read
        InputStream said = process.getInputStream();
        Thread reader = new Thread(() -> output.read(said), "release-pipeline-command");
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        long look = FIRST_LOOK_MILLIS;
        for (long left = limit.toMillis(); !ended && left > 0; left -= look) {
            family.removeIf(handle -> !handle.isAlive());
            process.descendants().forEach(family::add);
            look = Math.min(Math.min(2 * look, LATER_LOOK_MILLIS), left);
            ended = process.waitFor(look, TimeUnit.MILLISECONDS);
        }
        kill(); // a child that is left holds the channel open
        hearLastWords(reader, output);
        output.end();
        return ended ? Optional.of(process.exitValue()) : Optional.empty();
    }

    /** A log may be slow. Who got away may hold the channel open, and even go on talking. */
    private static void hearLastWords(Thread reader, CommandOutput output) throws InterruptedException {
        long heard = -1;
        for (int i = 0; i < LAST_WORDS && reader.isAlive() && heard < output.heard(); i++) {
            heard = output.heard();
            reader.join(LAST_WORDS_MILLIS);
        }
    }

    /** Parents first, so that they cannot start others for those that are gone. */
    private void kill() {
        process.descendants().forEach(family::add);
        process.toHandle().destroyForcibly(); // the process itself would close the channel before all is read
        family.forEach(ProcessHandle::destroyForcibly);
        family.stream().flatMap(ProcessHandle::descendants).toList().forEach(ProcessHandle::destroyForcibly);
    }
}
