package io.github.releasepipeline;

import io.github.releasepipeline.core.version.VersionWishes;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says what is wanted of a version, beyond its change sets. */
public final class VersionEditor {
    private Optional<String> number = Optional.empty();
    private Optional<Bump> bump = Optional.empty();
    private Optional<String> notes = Optional.empty();
    private Optional<String> commit = Optional.empty();

    private String component = "";
    private Optional<String> hotfixIn = Optional.empty();
    private boolean hotfix;
    private final Map<String, String> withoutHotfixes = new LinkedHashMap<>();

    VersionEditor() {}

    /** The component whose line it is for, tagged {@code component-v1.2.3}; the repository's one line unless said here. */
    public VersionEditor component(String name) {
        component = name;
        return this;
    }

    /**
     * Makes it a hotfix: the next patch of the version that is active in the one production environment of its line. The
     * commit has to contain that version and the sets, and usually nothing that came after that version.
     */
    public VersionEditor hotfix() {
        hotfix = true;
        return this;
    }

    /** Makes it a hotfix of the version that is active in this production environment. */
    public VersionEditor hotfixOf(String environment) {
        hotfixIn = Optional.of(environment);
        return hotfix();
    }

    /**
     * Says why the version does not contain an earlier hotfix of its line, for example that the correction was brought by
     * another pull request. Said once, it holds for the versions that follow.
     *
     * @param tag the hotfix's, such as {@code v1.2.2}
     */
    public VersionEditor withoutHotfix(String tag, String reason) {
        withoutHotfixes.put(tag.replaceFirst("\\+.*", ""), Reasons.given(reason));
        return this;
    }

    /**
     * The number: {@code 1.4.0} or {@code 1.4.0-rc.1}. Goes before an increment. One that is not the greatest of its line is
     * made on a maintenance line: its commit has to contain the version with the next lower number.
     */
    public VersionEditor number(String value) {
        number = Optional.of(value);
        return this;
    }

    /** The increment. */
    public VersionEditor bump(Bump value) {
        bump = Optional.of(value);
        return this;
    }

    /** Release notes in Markdown, instead of generated ones. */
    public VersionEditor notes(String markdown) {
        notes = Optional.of(markdown);
        return this;
    }

    /** The commit to tag, as any revision; the newest merge of the sets unless said here. */
    public VersionEditor commit(String revision) {
        commit = Optional.of(revision);
        return this;
    }

    VersionWishes wishes(ProductionVersions production) {
        Optional<Hotfix> corrects = hotfix ? Optional.of(production.base(component, hotfixIn)) : Optional.empty();
        return new VersionWishes(component, number, bump, notes, commit, corrects, withoutHotfixes);
    }
}
