package io.github.releasepipeline.examples.versions;

import java.nio.charset.StandardCharsets;

/** Writes a history in which every pull request is a merge commit, as {@code git fast-import} reads it. */
final class FastImport {
    private static final long EIGHT_HOURS = 28_800;

    private final StringBuilder out = new StringBuilder();
    private long time = 1_600_000_000;
    private int marks;
    private int tip;

    FastImport() {
        tip = commit("main", "Begin", "workflows/begin.json", "{}");
    }

    /** Merges a pull request that writes one file. */
    FastImport merge(long number, String path, String content) {
        int change = commit("change", "Change " + number, path, content, tip);
        tip = commit("main", "Change " + number + " (#" + number + ")", path, content, tip, change);
        return this;
    }

    /** An annotated tag at the tip. */
    FastImport tag(String name, String message) {
        out.append("tag ").append(name).append("\nfrom :").append(tip).append("\ntagger tim <tim@example.org> ");
        out.append(time).append(" +0000\n");
        data(message);
        return this;
    }

    private int commit(String branch, String message, String path, String content, int... parents) {
        time += EIGHT_HOURS;
        out.append("commit refs/heads/").append(branch).append("\nmark :").append(++marks);
        out.append("\ncommitter alice <alice@example.org> ").append(time).append(" +0000\n");
        data(message);
        for (int i = 0; i < parents.length; i++) {
            out.append(i == 0 ? "from :" : "merge :").append(parents[i]).append('\n');
        }
        out.append("M 100644 inline ").append(path).append('\n');
        data(content);
        return marks;
    }

    private void data(String text) {
        out.append("data ").append(text.getBytes(StandardCharsets.UTF_8).length).append('\n');
        out.append(text).append('\n');
    }

    @Override
    public String toString() {
        return out + "reset refs/heads/change\nfrom 0000000000000000000000000000000000000000\n\n";
    }
}
