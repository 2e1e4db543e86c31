package io.github.releasepipeline.core.audit;

/** Reads one line of an export from left to right, and takes nothing that was not written exactly so. Used by one thread. */
final class LineReader {
    private final String line;
    private int at;

    LineReader(String line) {
        this.line = line;
    }

    boolean isNext(String literal) {
        return line.startsWith(literal, at);
    }

    /** @throws IllegalArgumentException if something else stands there */
    LineReader take(String literal) {
        if (!isNext(literal)) {
            throw new IllegalArgumentException("'" + literal + "' is missing at character " + (at + 1));
        }
        at += literal.length();
        return this;
    }

    /** A number without sign and leading zeros. */
    long number() {
        int from = at;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        String digits = line.substring(from, at);
        if (digits.isEmpty() || digits.length() > 18 || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw new IllegalArgumentException("a number is missing at character " + (from + 1));
        }
        return Long.parseLong(digits);
    }

    /** A text in quotes. */
    String text() {
        take("\"");
        int from = at;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= line.length()) {
            throw new IllegalArgumentException("the text that begins at character " + from + " has no end");
        }
        String text = line.substring(from, at);
        at++;
        return text.indexOf('\\') < 0 ? text : unescaped(text);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
            plain.append(text, from, at);
            char kind = text.charAt(at + 1);
            from = at + (kind == 'u' ? 6 : 2);
            if (from > text.length()) {
                throw new IllegalArgumentException("an escape is cut off");
            }
            plain.append(kind == 'u' ? (char) Integer.parseInt(text.substring(at + 2, from), 16) : meant(kind));
        }
        return plain.append(text, from, text.length()).toString();
    }

    private static char meant(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    /** Everything up to the bracket that closes the line. */
    String rest() {
        if (!line.endsWith("}") || line.length() <= at) {
            throw new IllegalArgumentException("'}' is missing at its end");
        }
        return line.substring(at, line.length() - 1);
    }

    /** @throws IllegalArgumentException if there is more */
    void end() {
        if (at != line.length()) {
            throw new IllegalArgumentException("nothing belongs behind character " + at);
        }
    }
}
