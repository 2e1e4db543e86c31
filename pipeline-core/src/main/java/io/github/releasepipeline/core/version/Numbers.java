package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.VersionNumber;
import java.util.Comparator;
import java.util.Optional;
import org.semver4j.Semver;

/** Semantic version numbers: grammar, order and increments, by the semver4j library. */
public final class Numbers {
    /** Precedence as semver.org 2.0.0 §11 has it; build metadata does not count. */
    public static final Comparator<VersionNumber> ORDER =
            Comparator.comparing(Numbers::semver, (a, b) -> a.compareTo(b));

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
                        "'" + text + "' is not a semantic version such as 1.3.0, 1.3.0-rc.1 or 1.3.0+build.5"));
    }

    /** Reads a number; empty if it is none. */
    public static Optional<VersionNumber> find(String line, String text) {
        String number = text.startsWith("v") ? text.substring(1) : text;
        Semver semver = Semver.parse(number);
        return semver == null
                ? Optional.empty()
                : Optional.of(new VersionNumber(
                                line,
                                semver.getMajor(),
                                semver.getMinor(),
                                semver.getPatch(),
                                String.join(".", semver.getPreRelease()),
                                String.join(".", semver.getBuild())))
                        .filter(found -> number.equals(written(found))); // the library overlooks a second v and blanks
    }

    private static String written(VersionNumber number) {
        return number.core() + (number.build().isEmpty() ? "" : "+" + number.build());
    }

    /** The number of a tag on a line; empty if the tag is of another line or of no version. */
    public static Optional<VersionNumber> ofTag(String line, String tag) {
        String prefix = (line.isEmpty() ? "" : line + "-") + "v";
        return tag.startsWith(prefix) ? find(line, tag.substring(prefix.length())) : Optional.empty();
    }

    /** The first version of a line: 0.1.0. */
    public static VersionNumber first(String line) {
        return new VersionNumber(line, 0, 1, 0, "", "");
    }

    /** The next number after an increment; the increment of a pre-release may just complete it. */
    public static VersionNumber next(VersionNumber latest, Bump bump) {
        Semver semver = semver(latest);
        Semver next = switch (bump) {
            case MAJOR -> semver.nextMajor();
            case MINOR -> semver.nextMinor();
            case PATCH -> semver.nextPatch();
            case CUSTOM -> throw new IllegalArgumentException("A custom number does not follow from an increment");
        };
        return parse(latest.line(), next.getVersion());
    }

    private static Semver semver(VersionNumber number) {
        return new Semver(number.core());
    }
}
