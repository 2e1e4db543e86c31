package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.VersionNumber;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Semantic version numbers: grammar, order and increments. */
public final class Numbers {
    /** Precedence as semver.org 2.0.0 §11 has it; build metadata does not count. */
    public static final Comparator<VersionNumber> ORDER = Comparator.comparing(VersionNumber::precedence);

    private static final int LONGEST = 200;
    private static final String PART = "(0|[1-9][0-9]{0,17})";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern SEMVER = Pattern.compile("v?" + PART + "\\." + PART + "\\." + PART + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private Numbers() {}

    /**
     * Reads a number.
     *
     * @param line the line it is on; empty for the repository's one line
     * @param text {@code 1.3.0}, {@code v1.3.0} or {@code 1.3.0-rc.1+build.5}
     * @throws IllegalArgumentException saying what is allowed
     */
    public static VersionNumber parse(String line, String text) {
        return find(line, text.strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + shown(text) + "' is not a semantic version such as 1.3.0, 1.3.0-rc.1 or 1.3.0+build.5"));
    }

    /** Reads a number; empty if it is none; a part of it has at most 18 digits. */
    public static Optional<VersionNumber> find(String line, String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = SEMVER.matcher(text);
        return parts.matches() && isShort(parts.group(4)) && isShort(parts.group(5))
                ? Optional.of(new VersionNumber(
                        line,
                        Long.parseLong(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        Optional.ofNullable(parts.group(4)).orElse(""),
                        Optional.ofNullable(parts.group(5)).orElse("")))
                : Optional.empty();
    }

    private static boolean isShort(@Nullable String suffix) {
        return suffix == null || suffix.length() <= VersionNumber.LONGEST_SUFFIX;
    }

    private static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The number of a tag on a line; empty if the tag is of another line or of no version. */
    public static Optional<VersionNumber> ofTag(String line, String tag) {
        String prefix = (line.isEmpty() ? "" : line + "-") + "v";
        return tag.startsWith(prefix)
                ? find(line, tag.substring(prefix.length()))
                        .filter(number -> number.tag().equals(tag))
                : Optional.empty();
    }

    /** The first version of a line: 0.1.0. */
    public static VersionNumber first(String line) {
        return new VersionNumber(line, 0, 1, 0, "", "");
    }

    /** The smallest number that there can be of a minor version; below it are all patches of the minor version before. */
    static VersionNumber beforeMinor(String line, long major, long minor) {
        return new VersionNumber(line, major, minor, 0, "0", "");
    }

    /** The next patch after a number, whether or not that is a pre-release. */
    static VersionNumber patchAfter(VersionNumber number) {
        return proper(number.line(), number.major(), number.minor(), number.patch() + 1);
    }

    /** The next number after an increment; the increment of a pre-release may just complete it. */
    public static VersionNumber next(VersionNumber latest, Bump bump) {
        boolean open = latest.isPreRelease();
        return switch (bump) {
            case MAJOR ->
                open && latest.minor() == 0 && latest.patch() == 0
                        ? completed(latest)
                        : proper(latest.line(), latest.major() + 1, 0, 0);
            case MINOR ->
                open && latest.patch() == 0
                        ? completed(latest)
                        : proper(latest.line(), latest.major(), latest.minor() + 1, 0);
            case PATCH -> open ? completed(latest) : patchAfter(latest);
            case CUSTOM, IMPORTED ->
                throw new IllegalArgumentException("A number that is " + bump + " does not follow from an increment");
        };
    }

    private static VersionNumber completed(VersionNumber preRelease) {
        return proper(preRelease.line(), preRelease.major(), preRelease.minor(), preRelease.patch());
    }

    private static VersionNumber proper(String line, long major, long minor, long patch) {
        return new VersionNumber(line, major, minor, patch, "", "");
    }
}
