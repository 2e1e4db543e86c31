package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A reader of snapshots that a test gives it, and of nothing else. Thread-safe. */
public final class SnapshotReader implements PipelineReader {
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

    @Override
    public Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest) {
        return Optional.empty();
    }

    @Override
    public Optional<ChangeSetId> openChangeSetBy(Actor creator) {
        return Optional.empty();
    }

    @Override
    public Optional<VersionId> versionTagged(String uniqueTag) {
        return Optional.empty();
    }

    @Override
    public Optional<VersionId> newestVersion(String line) {
        return Optional.empty();
    }

    @Override
    public Optional<VersionId> versionBelow(VersionNumber number) {
        return Optional.empty();
    }

    @Override
    public Optional<VersionId> versionAbove(VersionNumber number) {
        return Optional.empty();
    }

    @Override
    public List<VersionId> hotfixes(String line, int limit) {
        return List.of();
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        return Optional.empty();
    }

    @Override
    public List<ChangeAttribution> changes(VersionId version) {
        return List.of();
    }

    @Override
    public Optional<Envelope> attestation(VersionId version) {
        return Optional.empty();
    }
}
