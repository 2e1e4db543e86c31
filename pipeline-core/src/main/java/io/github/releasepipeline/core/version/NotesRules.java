package io.github.releasepipeline.core.version;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.policy.NotesPolicy.Severity;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.NotesWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether release notes, and what they speak of, fulfil what a policy demands. */
public final class NotesRules {
    private static final List<String> SECTIONS = List.of("Impact", "Migration", "Rollback");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");
    private static final Pattern NO_SCHEMA_CHANGE = Pattern.compile(
            "\\b(?:no|without)(?: any)?(?: database| db)? schema (?:change|migration|update)s?\\b"
                    + "|\\bschema (?:is |stays |remains )?(?:unchanged|not changed|does not change|the same)\\b",
            Pattern.CASE_INSENSITIVE);

    private NotesRules() {}

    /**
     * Everything that is demanded and not fulfilled.
     *
     * @param notes Markdown
     * @param sets what the version is made of
     * @param changes what changes in it
     */
    public static List<NotesWarning> check(
            NotesPolicy policy, String notes, List<ChangeSet> sets, List<ChangeAttribution> changes) {
        List<NotesWarning> warnings = new ArrayList<>();
        String prose = withoutCode(notes);
        if (policy.sections() != Severity.OFF) {
            SECTIONS.stream()
                    .filter(section -> !hasSection(prose, section))
                    .forEach(section -> warnings.add(
                            new NotesWarning(policy.sections(), "The notes have no section '" + section + "'")));
        }
        if (policy.company() != Severity.OFF) {
            sets.forEach(set -> alone(policy, set, changes)
                    .ifPresent(text -> warnings.add(new NotesWarning(policy.company(), text))));
        }
        if (policy.schema() != Severity.OFF
                && NO_SCHEMA_CHANGE.matcher(oneLine(prose)).find()) {
            changes.stream()
                    .filter(change -> policy.migrations().contains(kind(change)))
                    .findFirst()
                    .ifPresent(change -> warnings.add(new NotesWarning(
                            policy.schema(),
                            "The notes claim that no schema changes, and "
                                    + change.change().id() + " does change")));
        }
        return List.copyOf(warnings);
    }

    /** A heading, or a word in front of a colon as in {@code **Impact:** …}. */
    private static boolean hasSection(String prose, String name) {
        Pattern heading = Pattern.compile(
                "^ {0,3}#{1,6} +[*_]{0,2}" + name + "\\b.*|^ {0,3}(?:[-*+] +)?(?:[*_]{2})?" + name
                        + "(?:[*_]{2})? ?:.*",
                Pattern.CASE_INSENSITIVE);
        return prose.lines().anyMatch(line -> heading.matcher(line).matches());
    }

    private static Optional<String> alone(NotesPolicy policy, ChangeSet set, List<ChangeAttribution> changes) {
        Set<String> kinds = changes.stream()
                .filter(change -> change.changeSet().equals(Optional.of(set.id())))
                .map(NotesRules::kind)
                .collect(Collectors.toSet());
        boolean leads = policy.leading().stream().anyMatch(kinds::contains);
        boolean accompanied = policy.following().stream().anyMatch(kinds::contains);
        return leads && !accompanied
                ? Optional.of("Change set '" + set.name() + "' changes " + policy.leading() + " and nothing of "
                        + policy.following())
                : Optional.empty();
    }

    private static String kind(ChangeAttribution change) {
        return change.change().id().kind();
    }

    private static String withoutCode(String notes) {
        StringBuilder prose = new StringBuilder();
        String open = "";
        for (String line : notes.lines().toList()) {
            Matcher matcher = FENCE.matcher(line);
            String fence = matcher.matches() ? matcher.group(1) : "";
            if (open.isEmpty() && fence.isEmpty()) {
                prose.append(line).append('\n');
            } else if (open.isEmpty()) {
                open = fence;
            } else if (fence.equals(open)) {
                open = "";
            }
        }
        return prose.toString();
    }

    private static String oneLine(String prose) {
        return prose.replaceAll("[\\s*_]+", " ");
    }
}
