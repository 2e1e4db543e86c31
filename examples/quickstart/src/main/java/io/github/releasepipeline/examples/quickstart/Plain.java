package io.github.releasepipeline.examples.quickstart;

import java.util.List;

/** Text as a terminal may show it. */
final class Plain {
    private static final int REPLACEMENT = 0xFFFD;
    private static final List<Range> WIDE = List.of(
            new Range(0x1100, 0x115F),
            new Range(0x23F3, 0x23F3),
            new Range(0x2E80, 0xA4CF),
            new Range(0xAC00, 0xD7A3),
            new Range(0xF900, 0xFAFF),
            new Range(0xFF00, 0xFF60),
            new Range(0x1F300, 0x1FAFF),
            new Range(0x20000, 0x3FFFD));

    private record Range(int from, int to) {
        boolean contains(int c) {
            return from <= c && c <= to;
        }
    }

    private Plain() {}

    /** The text without control characters, line breaks and marks that turn the direction of writing. */
    static String text(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().map(c -> steers(c) ? REPLACEMENT : c).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** The beginning of a text, at most so many columns wide. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += width(c);
            if (used >= columns) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut.append('…').toString();
    }

    /** How many columns of a terminal a text takes. */
    static int width(String text) {
        return text.codePoints().map(Plain::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return WIDE.stream().anyMatch(range -> range.contains(c)) ? 2 : 1;
    }
}
