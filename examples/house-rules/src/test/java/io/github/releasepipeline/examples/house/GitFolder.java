package io.github.releasepipeline.examples.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Git repository with a work tree, written by git itself. */
public final class GitFolder {
    private final Path path;

    private GitFolder(Path path) {
        this.path = path;
    }

    /** A new repository without commits. */
    public static GitFolder create(Path path) {
        try {
            GitFolder folder = new GitFolder(Files.createDirectories(path));
            folder.git("init", "--quiet", "--initial-branch=main");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Writes a file and commits it. */
    public void commit(String message, String file, String content) {
        try {
            Path written = path.resolve(file);
            Files.createDirectories(written.getParent());
            Files.writeString(written, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", ".");
        git("commit", "--quiet", "--message=" + message);
    }

    private void git(String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of("git", "-C", path.toString()),
                        Stream.concat(
                                Stream.of("-c", "user.name=alice", "-c", "user.email=alice@example.org"),
                                Stream.of(arguments)))
                .toList();
        Finished finished = Finished.of(command);
        if (finished.code() != 0) {
            throw new IllegalStateException(command + " failed: " + finished.output());
        }
    }
}
