package io.github.releasepipeline.examples.forgetable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in aligned columns of text. */
final class TextTable {
    private static final int WIDEST = 50;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headers) {
        rows.add(List.of(headers));
    }

    /** Adds a row; text that is too long is cut. */
    void row(String... cells) {
        rows.add(List.of(cells).stream().map(TextTable::plain).toList());
    }

    List<String> lines() {
        List<Integer> widths = IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(1, widths.stream().map("-"::repeat).collect(Collectors.joining("  ")));
        return lines;
    }

    /** Other people's text without what steers a terminal or turns the direction of writing. */
    static String plain(String text) {
        String clean = text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return width(clean) <= WIDEST ? clean : clean.substring(0, clean.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, widths.size())
                .mapToObj(i -> cells.get(i) + " ".repeat(widths.get(i) - width(cells.get(i))))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
