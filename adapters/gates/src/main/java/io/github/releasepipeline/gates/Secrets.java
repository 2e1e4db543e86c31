package io.github.releasepipeline.gates;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must not be shown of lines. Immutable; a class, since a record would show it. */
final class Secrets {
    private static final String MASK = "***";
    /** A shorter line of a secret, such as a brace, stands in many lines, and says little. */
    private static final int SHORTEST_LINE = 4;

    private final Set<String> lines;

    private Secrets(Set<String> lines) {
        this.lines = Set.copyOf(lines);
    }

    static Secrets none() {
        return new Secrets(Set.of());
    }

    /** The same and one more. Each of its lines is hidden: what a command says is shown line by line. */
    Secrets and(String secret) {
        List<String> parts = Stream.of(secret.split("\\R"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        Set<String> all = new HashSet<>(lines);
        parts.stream()
                .filter(part -> parts.size() == 1 || part.length() >= SHORTEST_LINE)
                .forEach(all::add);
        return new Secrets(all);
    }

    /** A whole line without them. */
    String masked(String line) {
        return masked(line, hidden(line));
    }

    /** The beginning of a line without them, nor what may be the beginning of one that went on behind the cut. */
    String maskedBeginning(String line) {
        String text = line.replaceFirst("\uFFFD+$", ""); // a character that was cut in two
        BitSet hidden = hidden(text);
        hidden.set(text.length() - begunAtTheEnd(text), text.length());
        return masked(text, hidden);
    }

    private BitSet hidden(String text) {
        BitSet hidden = new BitSet();
        for (String secret : lines) {
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
                hidden.set(at, at + secret.length());
            }
        }
        return hidden;
    }

    /** How many characters at the end begin a secret. */
    private int begunAtTheEnd(String text) {
        int most = 0;
        for (String secret : lines) {
            for (int length = Math.min(secret.length(), text.length()); length > most; length--) {
                if (secret.regionMatches(0, text, text.length() - length, length)) {
                    most = length;
                }
            }
        }
        return most;
    }

    private static String masked(String text, BitSet hidden) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (!hidden.get(at)) {
                shown.append(text.charAt(at));
            } else if (at == 0 || !hidden.get(at - 1)) {
                shown.append(MASK);
            }
        }
        return shown.toString();
    }
}
