package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.source.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.semver4j.Semver;

/**
 * A tag that is a semantic version, such as {@code v1.3.0} or {@code 1.3.0-rc.1}.
 *
 * @param tag as it is in Git
 * @param number what it says
 */
record SemverTag(Tag tag, Semver number) {
    /** The highest number last. */
    static final Comparator<SemverTag> BY_NUMBER = Comparator.comparing(SemverTag::number, (a, b) -> a.compareTo(b))
            .thenComparing(found -> found.tag().name());

    /** The newest first; of one moment, the highest number. */
    static final Comparator<SemverTag> NEWEST = Comparator.comparing(
                    (SemverTag found) -> found.tag().at())
            .thenComparing(BY_NUMBER)
            .reversed();

    /** Those of some tags that are semantic versions, the lowest number first. */
    static List<SemverTag> among(List<Tag> tags) {
        return tags.stream().flatMap(SemverTag::read).sorted(BY_NUMBER).toList();
    }

    private static Stream<SemverTag> read(Tag tag) {
        String number = tag.name().startsWith("v") ? tag.name().substring(1) : tag.name();
        return Optional.ofNullable(Semver.parse(number))
                .filter(semver -> !number.startsWith("v")) // the parser takes a 'v' too, but 'vv1.2.3' is no version
                .map(semver -> new SemverTag(tag, semver))
                .stream();
    }

    boolean isPreRelease() {
        return !number.getPreRelease().isEmpty();
    }
}
