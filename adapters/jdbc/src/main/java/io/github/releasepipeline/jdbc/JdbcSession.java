package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. A failed statement dooms it, also if the caller catches the error: what was done so far must not be
 * committed alone.
 */
final class JdbcSession implements PipelineSession {
    private final Sql sql;
    private final String pipeline;
    private final JdbcReader reader;
    private final Map<SubjectId<?>, Optional<? extends Stored<?>>> found = new HashMap<>();
    private final Set<SubjectId<?>> saved = new HashSet<>();
    private @Nullable RuntimeException failure;
    private boolean ended;

    JdbcSession(Sql sql, String pipeline) {
        this.sql = sql;
        this.pipeline = pipeline;
        this.reader = new JdbcReader(this::run, pipeline);
    }

    /** What was found once is found again: a later revision would not fit what was decided upon the first one. */
    @Override
    @SuppressWarnings("unchecked") // under an id there is only ever its own sort of snapshot
    public <S> Optional<Stored<S>> find(SubjectId<S> id) {
        Optional<? extends Stored<?>> known = found.get(id);
        if (known != null) {
            return known.map(stored -> (Stored<S>) stored);
        }
        Optional<Stored<S>> stored = reader.find(id);
        found.put(id, stored);
        return stored;
    }

    @Override
    public Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest) {
        return reader.changeSetOf(pullRequest);
    }

    /** Who asks this in a transaction makes one if there is none: one at a time for a creator. */
    @Override
    public Optional<ChangeSetId> openChangeSetBy(Actor creator) {
        run(sql -> {
            sql.lock("release_pipeline_change_set " + pipeline + " " + Escaped.key(creator.id()));
            return true;
        });
        return reader.openChangeSetBy(creator);
    }

    @Override
    public Optional<VersionId> versionTagged(String uniqueTag) {
        return reader.versionTagged(uniqueTag);
    }

    @Override
    public Optional<VersionId> newestVersion(String line) {
        lockNumbers(line);
        return reader.newestVersion(line);
    }

    @Override
    public Optional<VersionId> versionBelow(VersionNumber number) {
        lockNumbers(number.line());
        return reader.versionBelow(number);
    }

    @Override
    public Optional<VersionId> versionAbove(VersionNumber number) {
        lockNumbers(number.line());
        return reader.versionAbove(number);
    }

    @Override
    public List<VersionId> hotfixes(String line, int limit) {
        return reader.hotfixes(line, limit);
    }

    /** Who asks for a place between numbers in a transaction is about to take one: one at a time on a line. */
    private void lockNumbers(String line) {
        run(sql -> {
            sql.lock("release_pipeline_version " + pipeline + " " + Escaped.key(line));
            return true;
        });
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        return reader.manifest(digest);
    }

    @Override
    public List<ChangeAttribution> changes(VersionId version) {
        return reader.changes(version);
    }

    @Override
    public Optional<Envelope> attestation(VersionId version) {
        return reader.attestation(version);
    }

    @Override
    public <S> void save(SubjectId<S> id, Stored<S> next) {
        run(sql -> {
            Snapshots.save(sql, pipeline, id, before(id), next);
            return true;
        });
        found.put(id, Optional.of(next));
        saved.add(id);
    }

    @Override
    public void append(List<AuditRecord> records) {
        run(sql -> {
            AuditRows.append(sql, pipeline, records);
            return true;
        });
    }

    @Override
    public void post(List<Letter> letters) {
        run(sql -> {
            Letters.post(sql, pipeline, letters);
            return true;
        });
    }

    @Override
    public void log(List<LogEntry> entries) {
        run(sql -> {
            LogRows.append(sql, pipeline, entries);
            return true;
        });
    }

    @Override
    public void keep(Manifest manifest) {
        run(sql -> {
            Manifests.keep(sql, pipeline, manifest);
            return true;
        });
    }

    @Override
    public void keep(VersionId version, List<ChangeAttribution> changes) {
        run(sql -> {
            VersionChanges.keep(sql, pipeline, version, changes);
            return true;
        });
    }

    @Override
    public void keep(VersionId version, Envelope attestation) {
        run(sql -> {
            Attestations.keep(sql, pipeline, version, attestation);
            return true;
        });
    }

    /** The last act before the commit: nothing failed, and what was found and decided upon is still so. */
    void confirm() {
        if (failure != null) {
            throw failure;
        }
        if (sql.dialect() == Dialect.POSTGRESQL) {
            found.forEach((id, stored) -> {
                if (!saved.contains(id)) {
                    Snapshots.confirm(
                            sql, pipeline, id, stored.map(Stored::revision).orElse(0L));
                }
            });
        }
    }

    /** Nothing can be done with it any more. */
    void end() {
        ended = true;
    }

    @SuppressWarnings("unchecked") // under an id there is only ever its own sort of snapshot
    private <S> Optional<S> before(SubjectId<S> id) {
        return found.getOrDefault(id, Optional.empty()).map(stored -> (S) stored.snapshot());
    }

    private <R> R run(Function<Sql, R> work) {
        if (ended) {
            throw new IllegalStateException("The transaction of this session has ended");
        }
        if (failure != null) {
            throw failure;
        }
        try {
            return work.apply(sql);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
