package io.github.releasepipeline.memory;

import io.github.releasepipeline.difference.TextDifference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The lines of two files, told as one change from the first line that differs to the last. */
record Lines(Optional<File> before, Optional<File> after) {
    private static final int MAX_BYTES = 4 << 20;
    private static final int CONTEXT = 3;

    /** A file's path and content. */
    record File(String path, Blob blob) {
        private Optional<String> problem() {
            if (blob.bytes().length > MAX_BYTES) {
                return Optional.of("'" + path + "' is too large to compare: " + blob.bytes().length + " bytes, limit "
                        + MAX_BYTES);
            }
            for (byte one : blob.bytes()) {
                if (one == 0) {
                    return Optional.of("'" + path + "' is binary");
                }
            }
            return Optional.empty();
        }

        private List<String> lines() {
            return new String(blob.bytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    TextDifference difference() {
        Optional<String> problem = before.flatMap(File::problem).or(() -> after.flatMap(File::problem));
        return problem.<TextDifference>map(TextDifference.NotCompared::new).orElseGet(this::compared);
    }

    private TextDifference compared() {
        List<String> older = before.map(File::lines).orElse(List.of());
        List<String> newer = after.map(File::lines).orElse(List.of());
        int shorter = Math.min(older.size(), newer.size());
        int head = 0;
        while (head < shorter && older.get(head).equals(newer.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && older.get(older.size() - 1 - tail).equals(newer.get(newer.size() - 1 - tail))) {
            tail++;
        }
        int removed = older.size() - tail - head;
        int added = newer.size() - tail - head;
        return new TextDifference.Compared(
                removed + added == 0 ? "" : unified(older, newer, head, tail), added, removed);
    }

    private String unified(List<String> older, List<String> newer, int head, int tail) {
        int from = Math.max(0, head - CONTEXT);
        int more = Math.min(tail, CONTEXT);
        StringBuilder text = new StringBuilder()
                .append("--- " + before.map(file -> "a/" + file.path()).orElse("/dev/null") + "\n")
                .append("+++ " + after.map(file -> "b/" + file.path()).orElse("/dev/null") + "\n")
                .append("@@ -" + span(from, older.size() - tail + more) + " +" + span(from, newer.size() - tail + more)
                        + " @@\n");
        append(text, " ", older.subList(from, head));
        append(text, "-", older.subList(head, older.size() - tail));
        append(text, "+", newer.subList(head, newer.size() - tail));
        append(text, " ", newer.subList(newer.size() - tail, newer.size() - tail + more));
        return text.toString();
    }

    /** Lines are counted from one; none are said to stand behind the line before. */
    private static String span(int from, int end) {
        return (end == from ? from : from + 1) + "," + (end - from);
    }

    private static void append(StringBuilder text, String sign, List<String> lines) {
        lines.forEach(line -> text.append(sign).append(line).append('\n'));
    }
}
