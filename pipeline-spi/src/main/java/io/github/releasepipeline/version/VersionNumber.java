package io.github.releasepipeline.version;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A semantic version (semver.org 2.0.0) on a line of versions.
 *
 * @param line the component whose line this is; empty for the repository's one line
 * @param major incremented for breaking changes
 * @param minor incremented for new features
 * @param patch incremented for corrections
 * @param preRelease dot-separated identifiers after {@code -}; empty for a release proper
 * @param build dot-separated identifiers after {@code +}; empty if none; does not count for uniqueness
 */
public record VersionNumber(String line, long major, long minor, long patch, String preRelease, String build) {
    /** How many characters a pre-release or build has at most. */
    public static final int LONGEST_SUFFIX = 100;

    /** Checks the parts' sort; the grammar of pre-release and build is checked where numbers are parsed. */
    public VersionNumber {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("The parts of a version number are not negative");
        }
        if (preRelease.length() > LONGEST_SUFFIX || build.length() > LONGEST_SUFFIX) {
            throw new IllegalArgumentException(
                    "Pre-release and build of a version number have at most " + LONGEST_SUFFIX + " characters each");
        }
        if (!line.matches("([a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?)?")) {
            throw new IllegalArgumentException(
                    "A version line is named with a-z, 0-9, '.', '_' and '-', not '" + line + "'");
        }
    }

    /** Whether this is a pre-release. */
    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** Without line and build: {@code 1.3.0} or {@code 1.3.0-rc.1}. Unique on its line. */
    public String core() {
        return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + preRelease);
    }

    /** The Git tag: {@code v1.3.0}, or {@code component-v1.3.0} on a component's line. */
    public String tag() {
        return uniqueTag() + (build.isEmpty() ? "" : "+" + build);
    }

    /** The tag without build metadata: two versions may not share it. */
    public String uniqueTag() {
        return (line.isEmpty() ? "" : line + "-") + "v" + core();
    }

    /**
     * The precedence of semver.org 2.0.0 §11 as a text: of two numbers the one with the greater text, compared by characters,
     * is the greater number; build metadata does not count. For stores, so that they can sort and search by it.
     */
    public String precedence() {
        return numeric(Long.toString(major))
                + numeric(Long.toString(minor))
                + numeric(Long.toString(patch))
                + (preRelease.isEmpty()
                        ? "~"
                        : Arrays.stream(preRelease.split("\\.", -1))
                                .map(VersionNumber::identifier)
                                .collect(Collectors.joining("!", "-", "")));
    }

    /** Numeric identifiers come before all others; the sign that joins them comes before all that they consist of. */
    private static String identifier(String text) {
        return text.matches("[0-9]+") ? "0" + numeric(text) : "1" + text;
    }

    /** Shorter numbers come first: their length stands before the digits, and the length of that before it. */
    private static String numeric(String digits) {
        String length = Integer.toString(digits.length());
        return length.length() + length + digits;
    }

    @Override
    public String toString() {
        return tag();
    }
}
