package io.github.releasepipeline.examples.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table in aligned columns of text. What comes from outside is shown without anything that steers a terminal. */
final class TextTable {
    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headers) {
        rows.add(List.of(headers));
    }

    /** Adds a row; text that is too long is cut. */
    TextTable row(Object... cells) {
        rows.add(List.of(cells).stream()
                .map(cell -> Plain.cut(Plain.text(cell.toString()), WIDEST))
                .toList());
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines of the table: headers, a rule, rows. */
    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Plain.width(row.get(i)));
            }
        }
        List<String> lines =
                new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
        lines.add(1, line(rule(widths), widths));
        return lines;
    }

    private static List<String> rule(int[] widths) {
        return Arrays.stream(widths).mapToObj("-"::repeat).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            padded.add(cells.get(i) + " ".repeat(widths[i] - Plain.width(cells.get(i))));
        }
        return padded.stream().collect(Collectors.joining("  ")).stripTrailing();
    }
}
