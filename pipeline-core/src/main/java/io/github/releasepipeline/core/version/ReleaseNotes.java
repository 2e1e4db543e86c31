package io.github.releasepipeline.core.version;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.VersionNumber;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Release notes in Markdown, grouped by the types of change sets. */
public final class ReleaseNotes {
    private static final Map<ChangeType, String> HEADINGS = new EnumMap<>(Map.of(
            ChangeType.BREAKING, "Breaking Changes",
            ChangeType.FEATURE, "Features",
            ChangeType.FIX, "Bug Fixes",
            ChangeType.HOTFIX, "Hotfixes",
            ChangeType.PERFORMANCE, "Performance",
            ChangeType.DOCS, "Documentation",
            ChangeType.OTHER, "Other Changes"));

    private static final int LONGEST_MESSAGE = 100_000;

    private ReleaseNotes() {}

    /**
     * Generates notes: a title with the number and the sets' names, then the pull requests of each type.
     *
     * @param pullRequests the members of the sets, and stowaways, by number
     */
    public static String generate(VersionNumber number, List<ChangeSet> sets, Map<Long, PullRequest> pullRequests) {
        StringBuilder notes = new StringBuilder("# Version " + number.core());
        if (!sets.isEmpty()) {
            notes.append(" - ")
                    .append(sets.stream()
                            .map(ChangeSet::name)
                            .map(ReleaseNotes::escape)
                            .collect(Collectors.joining(", ")));
        }
        notes.append('\n');
        Set<Long> left = new LinkedHashSet<>(pullRequests.keySet());
        for (ChangeType type : ChangeType.values()) {
            List<Long> members = sets.stream()
                    .filter(set -> set.type() == type)
                    .flatMap(set -> set.pullRequests().stream())
                    .filter(left::remove)
                    .toList();
            section(notes, HEADINGS.getOrDefault(type, "Other Changes"), members, pullRequests);
        }
        section(notes, "Also Included", List.copyOf(left), pullRequests);
        return notes.toString();
    }

    /**
     * Notes of a version that was found as a tag: what the tag says, then the pull requests.
     *
     * @param message of the tag; may be anything
     */
    public static String imported(VersionNumber number, String message, Map<Long, PullRequest> pullRequests) {
        String said = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE))
                .replaceAll("[\\p{Cc}&&[^\n\t]]", "\ufffd")
                .strip();
        StringBuilder notes = new StringBuilder(said.isEmpty() ? "# Version " + number.core() : said).append('\n');
        section(notes, "Changes", List.copyOf(pullRequests.keySet()), pullRequests);
        return notes.toString();
    }

    private static void section(
            StringBuilder notes, String heading, List<Long> members, Map<Long, PullRequest> pullRequests) {
        if (members.isEmpty()) {
            return;
        }
        notes.append("\n## ").append(heading).append("\n\n");
        for (long number : members) {
            String title = Optional.ofNullable(pullRequests.get(number))
                    .map(PullRequest::title)
                    .orElse("");
            notes.append("- ")
                    .append(escape(title))
                    .append(" (#")
                    .append(number)
                    .append(")\n");
        }
    }

    /** One line in which nothing is Markdown or HTML, and nothing turns around or controls what is shown. */
    private static String escape(String text) {
        return text.replaceAll("\\s+", " ")
                .strip()
                .replaceAll("[\\p{Cc}\u202a-\u202e\u2066-\u2069]", "\ufffd")
                .replaceAll("([\\\\`*_\\[\\]<>#@!|~&])", "\\\\$1")
                .replaceFirst("^([-+])", "\\\\$1")
                .replaceFirst("^([0-9]+)([.)])", "$1\\\\$2");
    }
}
