package io.github.releasepipeline;

import io.github.releasepipeline.core.version.VersionWishes;
import io.github.releasepipeline.version.Bump;
import java.util.Optional;

/** Says what is wanted of a version, beyond its change sets. */
public final class VersionEditor {
    private Optional<String> number = Optional.empty();
    private Optional<Bump> bump = Optional.empty();
    private Optional<String> notes = Optional.empty();
    private Optional<String> commit = Optional.empty();

    VersionEditor() {}

    /** The number: {@code 1.4.0} or {@code 1.4.0-rc.1}. Goes before an increment. */
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

    VersionWishes wishes() {
        return new VersionWishes(number, bump, notes, commit);
    }
}
