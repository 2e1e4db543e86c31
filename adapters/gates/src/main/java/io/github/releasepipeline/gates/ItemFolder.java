package io.github.releasepipeline.gates;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.StepLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A version's items as files in a new folder, until it is deleted. */
record ItemFolder(Path path) {
    static ItemFolder of(Artifacts artifacts) throws IOException {
        ItemFolder folder = new ItemFolder(Files.createTempDirectory("release-items"));
        boolean complete = false;
        try {
            for (Item item : artifacts.manifest().items()) {
                folder.write(artifacts, item);
            }
            complete = true;
        } finally {
            if (!complete) {
                folder.delete();
            }
        }
        return folder;
    }

    private void write(Artifacts artifacts, Item item) throws IOException {
        Path file = path.resolve(item.id().path()).normalize();
        if (!file.startsWith(path) || file.equals(path)) {
            throw new IOException("item '" + item.id().path() + "' would lie outside the folder");
        }
        Files.createDirectories(file.getParent());
        try (InputStream bytes = artifacts.open(item.id())) {
            Files.copy(bytes, file);
        }
    }

    /** Deletes it with what a command left in it. What cannot be deleted does not change what the command found. */
    void delete(StepLog log) {
        try {
            delete();
        } catch (IOException e) {
            log.warning("The command's folder could not be deleted: " + e.getMessage());
        }
    }

    /** Links are not followed. */
    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
