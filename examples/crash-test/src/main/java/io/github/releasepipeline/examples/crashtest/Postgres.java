package io.github.releasepipeline.examples.crashtest;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL in a folder, that can be restarted as by a power cut of its process. */
final class Postgres implements AutoCloseable {
    private final Path folder;
    private final EmbeddedPostgres server;
    private final Path control;

    private Postgres(Path folder, EmbeddedPostgres server, Path control) {
        this.folder = folder;
        this.server = server;
        this.control = control;
    }

    static Postgres start(Path folder) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        return new Postgres(folder, server, control(folder));
    }

    int port() {
        return server.getPort();
    }

    /** All connections break off, and it comes back after it has recovered. */
    void restart() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL does not run as root
        }
        command.addAll(List.of(
                control.toString(),
                "-D",
                folder.resolve("data").toString(),
                "-m",
                "immediate",
                "-w",
                "-t",
                "60",
                "restart"));
        Process restart = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("postgres.log").toFile()))
                .start();
        if (!restart.waitFor(90, TimeUnit.SECONDS) || restart.exitValue() != 0) {
            throw new IOException("PostgreSQL did not come back, see " + folder.resolve("postgres.log"));
        }
    }

    /** The tool that belongs to the server that runs. */
    private static Path control(Path folder) throws IOException {
        String pid =
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().command())
                .map(Path::of)
                .map(binary -> binary.resolveSibling("pg_ctl"))
                .orElseThrow(() -> new IOException("PostgreSQL does not run as process " + pid));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
