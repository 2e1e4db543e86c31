package io.github.releasepipeline.memory;

import io.github.releasepipeline.version.VersionNumber;
import java.util.Comparator;

/**
 * Rank of a version on its line, the smallest number first.
 *
 * @param precedence of its number
 */
record Rank(String line, String precedence) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
            Comparator.comparing(Rank::line).thenComparing(Rank::precedence);

    static Rank of(VersionNumber number) {
        return new Rank(number.line(), number.precedence());
    }

    /** A rank after every version of a line. */
    static Rank top(String line) {
        return new Rank(line, "~");
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
