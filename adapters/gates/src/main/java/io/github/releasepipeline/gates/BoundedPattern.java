package io.github.releasepipeline.gates;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A regular expression that gives up. The engine of the JDK tries again and again, for some patterns and texts longer than
 * the universe is old; it reads the text by single characters, so these are counted.
 */
final class BoundedPattern implements RegularExpression {
    /** For short texts. */
    private static final long LEAST_STEPS = 100_000;
    /** For each character of a long one. */
    private static final long STEPS_EACH = 100;

    private static final int LONGEST_PATTERN = 80;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static BoundedPattern compile(String regex) {
        return new BoundedPattern(Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex))));
    }

    @Override
    public boolean matches(String value) {
        try {
            return pattern.matcher(new Counted(value, this)).find();
        } catch (StackOverflowError e) {
            throw new TooLong(this, e);
        }
    }

    @Override
    public String toString() {
        String text = pattern.pattern();
        return text.length() > LONGEST_PATTERN ? text.substring(0, LONGEST_PATTERN) + "…" : text;
    }

    /** It gave up. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong(BoundedPattern pattern, Throwable cause) {
            super("a text takes too long to compare with the pattern " + pattern, cause);
        }

        TooLong(BoundedPattern pattern) {
            super("a text takes too long to compare with the pattern " + pattern);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** A text that counts how often it is read. */
    private static final class Counted implements CharSequence {
        private final String text;
        private final BoundedPattern pattern;
        private long left;

        Counted(String text, BoundedPattern pattern) {
            this.text = text;
            this.pattern = pattern;
            this.left = LEAST_STEPS + STEPS_EACH * text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- == 0) {
                throw new TooLong(pattern);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
