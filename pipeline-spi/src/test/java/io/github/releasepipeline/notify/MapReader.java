package io.github.releasepipeline.notify;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is in a map. */
record MapReader(Map<SubjectId<?>, Object> snapshots) implements PipelineReader {
    @Override
    @SuppressWarnings("unchecked")
    public <S> Optional<Stored<S>> find(SubjectId<S> id) {
        return Optional.ofNullable((S) snapshots.get(id)).map(Stored::unsaved);
    }

    @Override
    public Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest) {
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
