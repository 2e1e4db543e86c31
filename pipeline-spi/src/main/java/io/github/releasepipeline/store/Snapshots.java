package io.github.releasepipeline.store;

import io.github.releasepipeline.subject.SubjectId;
import java.util.Optional;

/** What is known of single subjects, by their ids. */
public interface Snapshots {
    /** A snapshot by its id: pull request, change set, version, release, environment, automation or sync point. */
    <S> Optional<Stored<S>> find(SubjectId<S> id);

    /**
     * A snapshot that may be old: as the store saw it last, where it remembers that, and as it is now otherwise. For what never
     * changes of a subject, for what a transaction compares before anything comes of it, and for what nobody but this process
     * changes.
     */
    default <S> Optional<Stored<S>> seen(SubjectId<S> id) {
        return find(id);
    }
}
