package io.github.releasepipeline.examples.crashtest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A worker's process, as somebody sees it who may kill it. */
final class WorkerProcess {
    private static final Duration LONGEST_END = Duration.ofSeconds(45);

    private final String name;
    private final File log;
    private final Process process;
    private final Thread reader;

    private WorkerProcess(String name, File log, Process process, Thread reader) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.reader = reader;
    }

    /** @param lines gets each line that the worker writes */
    static WorkerProcess start(String name, Proxy way, Path folder, long leaseMillis, long seed, Consumer<String> lines)
            throws IOException {
        File log = folder.resolve(name + ".log").toFile();
        Process process = new ProcessBuilder(
                        inJava("java"),
                        "-Xmx192m",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        Worker.class.getName(),
                        name,
                        String.valueOf(way.port()),
                        folder.toString(),
                        String.valueOf(leaseMillis),
                        String.valueOf(seed))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Thread reader = new Thread(() -> read(process, lines), "reader of " + name);
        reader.setDaemon(true);
        reader.start();
        return new WorkerProcess(name, log, process, reader);
    }

    String name() {
        return name;
    }

    boolean lives() {
        return process.isAlive();
    }

    /** Gone at once, whatever it was doing. What it had written is still read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join(5_000);
    }

    void stop() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    void drain() throws IOException {
        process.getOutputStream().write("drain\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Ends it as a host would; what was not in order, if anything was. What it does instead of ending is in its log. */
    Optional<String> end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
            new ProcessBuilder(inJava("jcmd"), String.valueOf(process.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start()
                    .waitFor();
            kill();
            return Optional.of(name + " did not end within " + LONGEST_END.toSeconds() + " s, see " + log);
        }
        reader.join(5_000);
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(name + " ended with exit code " + process.exitValue() + ", see " + log);
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            System.err.println("The output of a worker ended: " + e.getMessage());
        }
    }

    private static String inJava(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** Also where Maven runs this program in its own process. */
    private static String classPath() {
        if (!(WorkerProcess.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> entries = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            try {
                entries.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException("An entry of the class path is no file: " + url, e);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
