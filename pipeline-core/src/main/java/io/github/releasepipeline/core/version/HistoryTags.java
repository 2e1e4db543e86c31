package io.github.releasepipeline.core.version;

import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tags of a repository are versions.
 *
 * @param versions one for each number, the smallest first
 * @param skipped why tags that look like versions are none, one line each
 */
record HistoryTags(List<Found> versions, List<String> skipped) {
    private static final Comparator<Tag> OLDEST = Comparator.comparing(Tag::at).thenComparing(Tag::name);

    /** A tag that is a version. */
    record Found(VersionNumber number, Tag tag) {}

    /** Copies the lists. */
    HistoryTags {
        versions = List.copyOf(versions);
        skipped = List.copyOf(skipped);
    }

    /** The versions of a line; of tags that differ in their build metadata only, the oldest. */
    static HistoryTags of(String line, List<Tag> tags) {
        Map<String, Found> byNumber = new HashMap<>();
        List<String> skipped = new ArrayList<>();
        for (Tag tag : tags.stream().sorted(OLDEST).toList()) {
            Optional<VersionNumber> number = Numbers.ofTag(line, tag.name());
            if (number.isPresent()) {
                Found found = new Found(number.get(), tag);
                Found other = byNumber.putIfAbsent(found.number().uniqueTag(), found);
                if (other != null) {
                    skipped.add("Tag " + tag.name() + " is the same version as tag "
                            + other.tag().name());
                }
            } else if (looksLikeOne(line, tag.name())) {
                skipped.add("Tag " + tag.name() + " is not named as versions are here: "
                        + (line.isEmpty() ? "" : line + "-") + "v1.2.3");
            }
        }
        List<Found> ascending = byNumber.values().stream()
                .sorted(Comparator.comparing(Found::number, Numbers.ORDER))
                .toList();
        return new HistoryTags(ascending, skipped);
    }

    private static boolean looksLikeOne(String line, String tag) {
        String prefix = line.isEmpty() ? "" : line + "-";
        return tag.startsWith(prefix) && tag.substring(prefix.length()).matches("[vV]?[0-9]+(\\.[0-9].*)?");
    }
}
