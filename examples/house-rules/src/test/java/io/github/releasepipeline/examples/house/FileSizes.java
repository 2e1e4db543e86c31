package io.github.releasepipeline.examples.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long source files are.
 *
 * @param files path and number of lines, shortest first
 */
record FileSizes(List<FileSize> files) {
    private static final int MAX = 400;
    private static final int MEDIAN = 70;
    private static final int P90 = 180;

    /**
     * One file.
     *
     * @param path where
     * @param lines how long
     */
    record FileSize(Path path, int lines) {}

    /** Of all Java files below these folders. */
    static FileSizes below(List<Path> folders) {
        return new FileSizes(folders.stream()
                .flatMap(FileSizes::javaFiles)
                .map(file -> new FileSize(file, lines(file)))
                .sorted(Comparator.comparingInt(FileSize::lines))
                .toList());
    }

    /** What is wrong with them. */
    List<String> problems() {
        if (files.isEmpty()) {
            return List.of("There are no files");
        }
        List<String> problems = new ArrayList<>();
        files.stream()
                .filter(file -> file.lines() > MAX)
                .forEach(file -> problems.add(file.path() + " has " + file.lines() + " lines and wants splitting"));
        if (quantile(0.5) > MEDIAN) {
            problems.add("The median file has " + quantile(0.5) + " lines");
        }
        if (quantile(0.9) > P90) {
            problems.add("Nine files of ten have up to " + quantile(0.9) + " lines");
        }
        return problems;
    }

    private int quantile(double share) {
        return files.get((int) Math.ceil(share * files.size()) - 1).lines();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
