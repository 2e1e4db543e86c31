package io.github.releasepipeline.jdbc;

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
import java.util.Optional;

/** Look-ups, in a transaction or on their own. */
final class JdbcReader implements PipelineReader {
    private final Reads reads;
    private final String pipeline;
    private final Known known;
    private final KeptManifests manifests;

    JdbcReader(Reads reads, String pipeline, Known known, KeptManifests manifests) {
        this.reads = reads;
        this.pipeline = pipeline;
        this.known = known;
        this.manifests = manifests;
    }

    @Override
    public <S> Optional<Stored<S>> find(SubjectId<S> id) {
        return entry(id).map(Known.Entry::stored);
    }

    @Override
    public <S> Optional<Stored<S>> seen(SubjectId<S> id) {
        return known.find(id).map(Known.Entry::stored).or(() -> find(id));
    }

    <S> Optional<Known.Entry<S>> entry(SubjectId<S> id) {
        Optional<Known.Entry<S>> found = reads.read(sql -> Snapshots.find(sql, pipeline, id, known.find(id)));
        found.ifPresent(entry -> known.keep(id, entry));
        return found;
    }

    @Override
    public Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest) {
        return reads.read(sql -> sql.first(
                "select change_set from release_pipeline_change_set_member"
                        + " where pipeline = :pipeline and pull_request = :number",
                Row.of("pipeline", pipeline).and("number", pullRequest.number()),
                row -> new ChangeSetId(Escaped.read(row.getString(1)))));
    }

    @Override
    public Optional<ChangeSetId> openChangeSetBy(Actor creator) {
        return reads.read(sql -> ChangeSetRows.openBy(sql, pipeline, creator));
    }

    @Override
    public Optional<VersionId> versionTagged(String uniqueTag) {
        return reads.read(sql -> sql.first(
                "select id from release_pipeline_version"
                        + " where pipeline = :pipeline and unique_tag = :tag and state <> 'DISCARDED'",
                Row.of("pipeline", pipeline).and("tag", Escaped.key(uniqueTag)),
                row -> new VersionId(Escaped.read(row.getString(1)))));
    }

    @Override
    public Optional<VersionId> newestVersion(String line) {
        return reads.read(LineQuery.newest(pipeline, line)::ask).stream().findFirst();
    }

    @Override
    public Optional<VersionId> versionBelow(VersionNumber number) {
        return reads.read(LineQuery.below(pipeline, number)::ask).stream().findFirst();
    }

    @Override
    public Optional<VersionId> versionAbove(VersionNumber number) {
        return reads.read(LineQuery.above(pipeline, number)::ask).stream().findFirst();
    }

    @Override
    public List<VersionId> hotfixes(String line, int limit) {
        return reads.read(LineQuery.hotfixes(pipeline, line, limit)::ask);
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        Optional<Manifest> kept = manifests.find(digest);
        if (kept.isPresent()) {
            return kept;
        }
        Optional<Manifest> found = reads.read(sql -> Manifests.find(sql, pipeline, digest));
        found.ifPresent(manifests::keep);
        return found;
    }

    @Override
    public List<ChangeAttribution> changes(VersionId version) {
        return reads.read(sql -> VersionChanges.find(sql, pipeline, version));
    }

    @Override
    public Optional<Envelope> attestation(VersionId version) {
        return reads.read(sql -> Attestations.find(sql, pipeline, version));
    }
}
