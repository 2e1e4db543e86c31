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
}
