package io.github.releasepipeline.examples.quickstart;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes a history for git fast-import: pull requests that are merged one after the other, and a version now and then. */
final class LargeHistory {
    private static final int FILES = 2_000;

    private final BufferedWriter out;
    private final Random random = new Random(42);
    private long time = 1_600_000_000;
    private int mark;

    private LargeHistory(BufferedWriter out) {
        this.out = out;
    }

    /** A bare repository with so many merges (each of a branch with one commit), and a tag at each tenth. */
    static NativeGit at(Path folder, int merges, int open) throws IOException {
        Files.createDirectories(folder);
        NativeGit git = new NativeGit(folder);
        git.run("init", "--quiet", "--bare", "--initial-branch=main");
        Path stream = folder.resolve("stream");
        try (BufferedWriter out = Files.newBufferedWriter(stream, StandardCharsets.UTF_8)) {
            new LargeHistory(out).write(merges, open);
        }
        git.run(ProcessBuilder.Redirect.from(stream.toFile()), "fast-import", "--quiet");
        git.run("update-ref", "-d", "refs/heads/unmerged");
        Files.delete(stream);
        return git;
    }

    private void write(int merges, int open) throws IOException {
        Map<String, String> first = new TreeMap<>();
        for (int file = 0; file < FILES; file++) {
            first.put(path(file), content(file));
        }
        int tip = commit("main", "Begin", first);
        for (int number = 1; number <= merges; number++) {
            Map<String, String> files = new TreeMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                files.put(path(random.nextInt(FILES)), content(number));
            }
            if (number % 7 == 0) {
                files.put("agents/a" + number + ".json", content(number));
            }
            int branch = commit("unmerged", "Change " + number, files, tip);
            tip = commit(
                    "main",
                    "Merge pull request #" + number + " from x/t" + number + "\n\nChange " + number,
                    files,
                    tip,
                    branch);
            if (number % 10 == 0 && number < merges) {
                tag("v" + number / 200 + "." + number / 20 % 10 + "." + number / 10 % 2, tip);
            }
        }
        for (int i = 1; i <= open; i++) {
            commit("pr/" + (merges + i) + "-open", "Open " + i, Map.of("agents/open" + i + ".json", content(i)), tip);
        }
    }

    private int commit(String branch, String message, Map<String, String> files, int... parents) throws IOException {
        time += 1_800;
        out.write("commit refs/heads/" + branch + "\nmark :" + ++mark + "\n");
        out.write("committer alice <alice@example.org> " + time + " +0000\n");
        data(message);
        for (int i = 0; i < parents.length; i++) {
            out.write((i == 0 ? "from :" : "merge :") + parents[i] + "\n");
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            out.write("M 100644 inline " + file.getKey() + "\n");
            data(file.getValue());
        }
        return mark;
    }

    private void tag(String name, int commit) throws IOException {
        out.write("tag " + name + "\nfrom :" + commit + "\ntagger alice <alice@example.org> " + time + " +0000\n");
        data("Release " + name);
    }

    private void data(String text) throws IOException {
        out.write("data " + text.getBytes(StandardCharsets.UTF_8).length + "\n" + text + "\n");
    }

    private static String path(int file) {
        return "workflows/w" + file % 40 + "/f" + file + ".json";
    }

    private String content(int revision) {
        return "{\"revision\": " + revision + ", \"text\": \""
                + Long.toHexString(random.nextLong()).repeat(20) + "\"}\n";
    }
}
