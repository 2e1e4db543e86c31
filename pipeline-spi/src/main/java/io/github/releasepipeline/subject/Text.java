package io.github.releasepipeline.subject;

/** Checks of text that people type. */
public final class Text {
    private Text() {}

    /**
     * Text of one line: not blank, not longer than {@code max}, no control characters.
     *
     * @return the text without surrounding white space
     * @throws IllegalArgumentException naming {@code what} and what is allowed
     */
    public static String line(String what, String value, int max) {
        String stripped = block(what, value, max);
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        if (stripped.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must be one line without control characters");
        }
        return stripped;
    }

    /**
     * Text of any number of lines, possibly none: not longer than {@code max}, no control characters but tab and line
     * breaks.
     *
     * @return the text without surrounding white space
     * @throws IllegalArgumentException naming {@code what} and what is allowed
     */
    public static String block(String what, String value, int max) {
        String stripped = value.strip();
        if (stripped.length() > max) {
            throw new IllegalArgumentException(
                    what + " must have at most " + max + " characters, but has " + stripped.length());
        }
        if (stripped.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw new IllegalArgumentException(what + " must not contain control characters");
        }
        return stripped;
    }

    /**
     * Text from elsewhere as one short line for people: control characters and those that turn the direction of writing
     * become U+FFFD, and what is longer than {@code max} ends with an ellipsis. Not escaped for any format.
     */
    public static String shown(String value, int max) {
        StringBuilder line = new StringBuilder();
        int[] points = value.codePoints().limit(max + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, max); i++) {
            line.appendCodePoint(isShown(points[i]) ? points[i] : 0xFFFD);
        }
        return points.length > max ? line.append('…').toString() : line.toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.FORMAT -> !turnsDirection(point);
            default -> true;
        };
    }

    private static boolean turnsDirection(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    /**
     * Text of anybody as it may be shown to people: no control characters but tab and line feed, nothing that turns the
     * direction of writing, and not more than a number of characters; what is cut off is marked by {@code …}. It still has
     * to be escaped in the way of the medium.
     */
    public static String readable(String value, int max) {
        StringBuilder text = new StringBuilder();
        value.replace("\r\n", "\n")
                .codePoints()
                .map(c -> c == '\r' ? '\n' : c)
                .filter(Text::isHarmless)
                .limit(max + 1L)
                .forEach(text::appendCodePoint);
        if (text.length() <= max) {
            return text.toString();
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }

    /** The same of a text that may be very long: to look at every character of it may be what its author wants. */
    public static String excerpt(String value, int max) {
        return readable(value.substring(0, Math.min(value.length(), 4 * max)), max);
    }

    /** {@link #readable} in one line. */
    public static String readableLine(String value, int max) {
        return readable(value.replaceAll("\\s+", " ").strip(), max).replace('\n', ' ');
    }

    private static boolean isHarmless(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean invisible = c == 0xfeff || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.SURROGATE;
        return !control && !turnsDirection(c) && !invisible;
    }
}
