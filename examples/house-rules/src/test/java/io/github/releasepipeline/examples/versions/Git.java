package io.github.releasepipeline.examples.versions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The git of this machine, in one folder. */
record Git(Path folder) {
    /** A new bare repository. */
    static Git bare(Path folder) throws IOException {
        Files.createDirectories(folder);
        Git git = new Git(folder);
        git.run("init", "--bare", "-q", "-b", "main");
        return git;
    }

    /** Runs git and returns what it prints. */
    String run(String... args) {
        return run(ProcessBuilder.Redirect.PIPE, args);
    }

    /** Reads a stream as {@code git fast-export} writes it. */
    void fastImport(String stream) throws IOException {
        Path file = Files.createTempFile("history", ".fi");
        Files.writeString(file, stream);
        run(ProcessBuilder.Redirect.from(file.toFile()), "fast-import", "--quiet");
        Files.delete(file);
    }

    private String run(ProcessBuilder.Redirect input, String... args) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of("-c", "user.name=mallory", "-c", "user.email=mallory@example.org"));
        command.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(input)
                    .redirectErrorStream(true)
                    .start();
            try (InputStream out = process.getInputStream()) {
                String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(command + ": " + said);
                }
                return said.strip();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A copy of a whole folder. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
