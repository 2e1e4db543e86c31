package io.github.releasepipeline.store;

import io.github.releasepipeline.subject.SubjectId;
import java.util.Optional;

/** What is known of single subjects, by their ids. */
public interface Snapshots {
    /** A snapshot by its id: pull request, change set, version, release, environment, automation or sync point. */
    <S> Optional<Stored<S>> find(SubjectId<S> id);
}
