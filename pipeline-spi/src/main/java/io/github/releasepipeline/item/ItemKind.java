package io.github.releasepipeline.item;

import io.github.releasepipeline.subject.Text;
import java.util.function.Predicate;

/**
 * A sort of managed file. Kinds are configuration: a host registers what it manages.
 *
 * @param name lower case, in the singular: {@code workflow}
 * @param glob which paths are of this kind, in the way of {@code .gitignore}: {@code *} within one folder, {@code **} over
 *     any number of folders (also none), {@code ?} for one character; matched against the whole path from the root
 */
public record ItemKind(String name, String glob) {
    /** Checks both. */
    public ItemKind {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "The name of an item kind is up to 40 of a-z, 0-9 and '-', beginning with a letter, not '" + name
                            + "'");
        }
        glob = Text.line("The glob of item kind '" + name + "'", glob, 500);
        if (glob.startsWith("/") || glob.startsWith("!")) {
            throw new IllegalArgumentException("The glob of item kind '" + name
                    + "' must be relative to the root and not negated: '" + glob + "'");
        }
    }

    /** A kind by name and path glob. */
    public static ItemKind of(String name, String glob) {
        return new ItemKind(name, glob);
    }

    /** Tells of a path from the root, with slashes, whether the glob matches it; made once, it is quick. */
    public Predicate<String> paths() {
        return PathGlob.of(glob)::matches;
    }
}
