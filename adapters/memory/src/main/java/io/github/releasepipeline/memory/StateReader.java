package io.github.releasepipeline.memory;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a state: the committed one, or a transaction's own. */
class StateReader implements PipelineReader {
    private static final Set<ChangeSetState.Kind> OPEN =
            EnumSet.complementOf(EnumSet.of(ChangeSetState.Kind.VERSIONED, ChangeSetState.Kind.ABANDONED));

    private final Supplier<State> state;

    StateReader(Supplier<State> state) {
        this.state = state;
    }

    @Override
    @SuppressWarnings("unchecked") // whatever was saved under an id is of the id's type
    public <S> Optional<Stored<S>> find(SubjectId<S> id) {
        return state.get().subjects.get(id.reference()).map(stored -> (Stored<S>) stored);
    }

    @Override
    public Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest) {
        return state.get().members.get(pullRequest.number());
    }

    @Override
    public Optional<ChangeSetId> openChangeSetBy(Actor creator) {
        return state.get()
                .changeSets
                .values()
                .filter(set -> set.createdBy().equals(creator))
                .filter(set -> OPEN.contains(set.state().kind()))
                .map(ChangeSet::id)
                .findFirst();
    }

    @Override
    public Optional<VersionId> versionTagged(String uniqueTag) {
        return state.get().tags.get(uniqueTag).map(Version::id);
    }

    @Override
    public Optional<VersionId> newestVersion(String line) {
        return below(Rank.top(line));
    }

    @Override
    public Optional<VersionId> versionBelow(VersionNumber number) {
        return below(Rank.of(number));
    }

    @Override
    public Optional<VersionId> versionAbove(VersionNumber number) {
        return state.get()
                .lines
                .after(Rank.of(number))
                .findFirst()
                .filter(version -> version.number().line().equals(number.line()))
                .map(Version::id);
    }

    @Override
    public List<VersionId> hotfixes(String line, int limit) {
        return state.get()
                .hotfixes
                .values()
                .filter(version -> version.number().line().equals(line))
                .limit(limit)
                .map(Version::id)
                .toList();
    }

    private Optional<VersionId> below(Rank rank) {
        return state.get()
                .lines
                .before(rank)
                .filter(version -> version.number().line().equals(rank.line()))
                .map(Version::id);
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        return state.get().manifests.get(digest.hex());
    }

    @Override
    public List<ChangeAttribution> changes(VersionId version) {
        return state.get().changes.get(version.value()).orElse(List.of());
    }

    @Override
    public Optional<Envelope> attestation(VersionId version) {
        return state.get().attestations.get(version.value());
    }
}
