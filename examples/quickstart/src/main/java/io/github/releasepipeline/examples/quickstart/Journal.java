package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.subject.CanonicalJson;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every command that the pipeline has acknowledged, one JSON line each, forced to the disk. Whoever kills this program can
 * check afterwards that nothing of it was lost.
 */
final class Journal implements AutoCloseable {
    private final Optional<FileChannel> file;

    private Journal(Optional<FileChannel> file) {
        this.file = file;
    }

    /** Keeps nothing. */
    static Journal none() {
        return new Journal(Optional.empty());
    }

    /** Goes on with a file, or begins it. A line that a killed process left unfinished is ended. */
    static Journal at(Path path) {
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean torn = file.size() > 0 && file.read(last, file.size() - 1) == 1 && last.get(0) != '\n';
            file.position(file.size());
            Journal journal = new Journal(Optional.of(file));
            if (torn) {
                journal.write("\n");
            }
            return journal;
        } catch (IOException e) {
            throw new UserMistake("The journal '" + path + "' cannot be written: " + e.getMessage());
        }
    }

    PullRequest acknowledged(String command, PullRequest pullRequest) {
        write(command, pullRequest.id(), pullRequest.status(), Map.of("head", pullRequest.head()));
        return pullRequest;
    }

    ChangeSet acknowledged(String command, ChangeSet set) {
        write(command, set.id(), set.state().kind(), Map.of("name", set.name()));
        return set;
    }

    Version acknowledged(String command, Version version) {
        write(
                command,
                version.id(),
                version.state().kind(),
                Map.of("tag", version.number().tag(), "commit", version.commit()));
        return version;
    }

    Release acknowledged(String command, Release release) {
        write(
                command,
                release.id(),
                release.state().kind(),
                Map.of(
                        "environment", release.environment(),
                        "tag", release.number().tag(),
                        "approvals",
                                release.approvals().stream()
                                        .map(Approval::by)
                                        .map(by -> by.id())
                                        .toList()));
        return release;
    }

    private void write(String command, SubjectId<?> id, Enum<?> state, Map<String, Object> details) {
        Map<String, Object> line = new TreeMap<>(details);
        line.put("command", command);
        line.put("id", id.reference());
        line.put("state", state);
        write(CanonicalJson.write(line) + "\n");
    }

    private void write(String text) {
        if (file.isPresent()) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.get().write(bytes);
                }
                file.get().force(false);
            } catch (IOException e) {
                throw new UncheckedIOException("The journal cannot be written", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
