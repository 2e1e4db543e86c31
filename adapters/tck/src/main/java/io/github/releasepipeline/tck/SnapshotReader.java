package io.github.releasepipeline.tck;

import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A reader of snapshots that a test gives it, and of nothing else. Thread-safe. */
public final class SnapshotReader implements Snapshots {
    private final Map<SubjectId<?>, Object> snapshots = new ConcurrentHashMap<>();

    /** A reader of nothing yet. */
    public SnapshotReader() {}

    /** From now on this is found under the id. */
    public <S> SnapshotReader put(SubjectId<S> id, S snapshot) {
        snapshots.put(id, snapshot);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // put() keeps the two together
    public <S> Optional<Stored<S>> find(SubjectId<S> id) {
        return Optional.ofNullable((S) snapshots.get(id)).map(Stored::unsaved);
    }
}
