package io.github.releasepipeline.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is demanded of release notes and of what they speak of. Each demand warns or fails: a warning is shown in the preview and
 * recorded with the version, a failure refuses the version before anything is taken.
 *
 * @param sections what to do with notes that lack one of the sections Impact, Migration and Rollback
 * @param company what to do with a change set that changes items of the {@code leading} kind and none of the {@code
 *     following} kinds
 * @param leading names of item kinds, such as workflow
 * @param following names of item kinds, such as agent and test
 * @param schema what to do with notes that claim no schema change while an item of the {@code migrations} changes
 * @param migrations names of item kinds that change a schema
 */
public record NotesPolicy(
        Severity sections,
        Severity company,
        Set<String> leading,
        Set<String> following,
        Severity schema,
        Set<String> migrations) {
    /** How much a demand weighs. */
    public enum Severity {
        /** It is not looked at. */
        OFF,
        /** The version is published with a warning. */
        WARN,
        /** The version is refused. */
        FAIL
    }

    /** Copies the sets, sorted. */
    public NotesPolicy {
        leading = sorted(leading);
        following = sorted(following);
        migrations = sorted(migrations);
    }

    /** Demands nothing. */
    public static NotesPolicy none() {
        return new NotesPolicy(Severity.OFF, Severity.OFF, Set.of(), Set.of(), Severity.OFF, Set.of());
    }

    /** Demands the sections Impact, Migration and Rollback, as headings or as words in front of a colon. */
    public NotesPolicy sections(Severity severity) {
        return new NotesPolicy(severity, company, leading, following, schema, migrations);
    }

    /** Demands that a change set that changes items of one kind changes items of at least one of the other kinds, too. */
    public NotesPolicy company(Severity severity, String kind, String... others) {
        return new NotesPolicy(sections, severity, Set.of(kind), Set.of(others), schema, migrations);
    }

    /** Demands that notes do not claim "no schema changes" while an item of these kinds changes. */
    public NotesPolicy schema(Severity severity, String... kinds) {
        return new NotesPolicy(sections, company, leading, following, severity, Set.of(kinds));
    }

    /** The kinds of items that this speaks of. */
    public Set<String> kinds() {
        return sorted(
                Stream.of(leading, following, migrations).flatMap(Set::stream).toArray(String[]::new));
    }

    private static Set<String> sorted(Set<String> names) {
        return sorted(names.toArray(String[]::new));
    }

    private static Set<String> sorted(String... names) {
        return Collections.unmodifiableSet(new TreeSet<>(Arrays.asList(names)));
    }
}
