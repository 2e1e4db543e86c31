package io.github.releasepipeline.examples.crashtest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A worker's process, as somebody sees it who may kill it. */
final class WorkerProcess {
    private final String name;
    private final Process process;
    private final Thread reader;

    private WorkerProcess(String name, Process process, Thread reader) {
        this.name = name;
        this.process = process;
        this.reader = reader;
    }

    /** @param lines gets each line that the worker writes */
    static WorkerProcess start(String name, Proxy way, Path folder, long leaseMillis, long seed, Consumer<String> lines)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
        Thread reader = new Thread(() -> read(process, lines), "reader of " + name);
        reader.setDaemon(true);
        reader.start();
        return new WorkerProcess(name, process, reader);
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

    /** Whether it ended in good order and in time. */
    boolean end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (process.waitFor(45, TimeUnit.SECONDS)) {
            reader.join(5_000);
            return process.exitValue() == 0;
        }
        kill();
        return false;
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
