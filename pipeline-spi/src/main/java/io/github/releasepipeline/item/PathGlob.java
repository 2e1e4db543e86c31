package io.github.releasepipeline.item;

import io.github.releasepipeline.subject.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which paths are meant, in the way of {@code .gitignore}: {@code *} within one folder, {@code **} over any number of folders
 * (also none), {@code ?} for one character; matched against the whole path from the root. Immutable.
 */
public final class PathGlob {
    private static final Pattern PARTS = Pattern.compile("\\*\\*/|/\\*\\*$|\\*\\*|\\*|\\?|[^*?/]+|/");

    private final String glob;
    private final Pattern paths;

    private PathGlob(String glob, Pattern paths) {
        this.glob = glob;
        this.paths = paths;
    }

    /**
     * Reads a glob.
     *
     * @throws IllegalArgumentException if it is empty, absolute or negated
     */
    public static PathGlob of(String text) {
        String glob = Text.line("A path glob", text, 500);
        if (glob.startsWith("/") || glob.startsWith("!")) {
            throw new IllegalArgumentException(
                    "A path glob must be relative to the root and not negated: '" + glob + "'");
        }
        StringBuilder regex = new StringBuilder();
        Matcher parts = PARTS.matcher(glob);
        while (parts.find()) {
            regex.append(
                    switch (parts.group()) {
                        case "**/" -> "(?:.*/)?";
                        case "/**" -> "/.*";
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        case "?" -> "[^/]";
                        default -> Pattern.quote(parts.group());
                    });
        }
        return new PathGlob(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Whether a path is meant. */
    public boolean matches(String path) {
        return paths.matcher(path).matches();
    }

    @Override
    public String toString() {
        return glob;
    }
}
