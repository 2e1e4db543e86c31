package io.github.releasepipeline.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tidying folders that belong to this process alone. */
final class Folders {
    private Folders() {}

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            deleteBelow(folder, path -> true);
        }
    }

    /** Deletes the lock files of branches and tags that a killed process left in a Git repository. */
    static void deleteLocks(Path repository) throws IOException {
        for (String name : List.of("HEAD.lock", "packed-refs.lock")) {
            Files.deleteIfExists(repository.resolve(name));
        }
        deleteBelow(repository.resolve("refs"), path -> path.toString().endsWith(".lock"));
    }

    private static void deleteBelow(Path folder, Predicate<Path> unwanted) throws IOException {
        List<Path> found;
        try (Stream<Path> paths = Files.walk(folder)) {
            found = paths.filter(unwanted).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            Files.delete(path);
        }
    }
}
