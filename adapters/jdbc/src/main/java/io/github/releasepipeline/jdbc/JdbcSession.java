package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.figure.Fact;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. What it writes is put off until its end, unless it looks something up after that. A failed statement dooms
 * it, also if the caller catches the error: what was done so far must not be committed alone.
 */
final class JdbcSession implements PipelineSession {
    private final Transaction transaction;
    private final String pipeline;
    private final Known known;
    private final JdbcReader reader;
    private final Script script = new Script();
    private final Map<SubjectId<?>, Found<?>> found = new HashMap<>();
    private final Map<String, AuditRecord> appended = new LinkedHashMap<>();
    private final List<LogEntry> lines = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean wrote;
    private boolean ended;

    JdbcSession(Transaction transaction, String pipeline, Known known) {
        this.transaction = transaction;
        this.pipeline = pipeline;
        this.known = known;
        this.reader = new JdbcReader(this::read, pipeline, known, new KeptManifests());
    }

    /** How a subject is in this transaction. */
    private record Found<S>(SubjectId<S> id, Optional<Known.Entry<S>> entry, Source source) {
        Optional<Stored<S>> stored() {
            return entry.map(Known.Entry::stored);
        }
    }

    /** Where that comes from. */
    private enum Source {
        /** It was seen before this transaction began. */
        BELIEVED,
        READ,
        SAVED
    }

    /** What was found once is found again: a later revision would not fit what was decided upon the first one. */
    @Override
    public <S> Optional<Stored<S>> find(SubjectId<S> id) {
        Optional<Found<S>> before = before(id);
        if (before.isPresent()) {
            return before.get().stored();
        }
        Optional<Known.Entry<S>> believed =
                transaction.dialect() == Dialect.POSTGRESQL ? checked(() -> known.find(id)) : Optional.empty();
        Found<S> now = believed.isPresent()
                ? new Found<>(id, believed, Source.BELIEVED)
                : new Found<>(id, reader.entry(id), Source.READ);
        found.put(id, now);
        return now.stored();
    }

    @Override
    public Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest) {
        return reader.changeSetOf(pullRequest);
    }

    /** Who asks this in a transaction makes one if there is none: one at a time for a creator. */
    @Override
    public Optional<ChangeSetId> openChangeSetBy(Actor creator) {
        write(sql -> {
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
        write(sql -> {
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
        Known.Entry<S> saved =
                checked(() -> Snapshots.save(script, pipeline, id, before(id).flatMap(Found::stored), next));
        found.put(id, new Found<>(id, Optional.of(saved), Source.SAVED));
    }

    @Override
    public void append(List<AuditRecord> records) {
        putOff(() -> AuditRows.append(script, pipeline, records));
        records.forEach(record -> appended.put(record.id(), record));
    }

    @Override
    public void post(List<Letter> letters) {
        for (Letter letter : letters) {
            if (!appended.containsKey(letter.record().id())) {
                write(sql -> Letters.requireRecord(sql, pipeline, letter));
            }
        }
        putOff(() -> Letters.post(script, pipeline, letters));
    }

    @Override
    public void log(List<LogEntry> entries) {
        putOff(() -> lines.addAll(entries));
    }

    @Override
    public void recount(List<Fact> before, List<Fact> after) {
        putOff(() -> FactRows.recount(script, pipeline, before, after));
    }

    @Override
    public void keep(Manifest manifest) {
        write(sql -> {
            Manifests.keep(sql, pipeline, manifest);
            return true;
        });
    }

    @Override
    public void keep(VersionId version, List<ChangeAttribution> changes) {
        write(sql -> {
            VersionChanges.keep(sql, pipeline, version, changes);
            return true;
        });
    }

    @Override
    public void keep(VersionId version, Envelope attestation) {
        write(sql -> {
            Attestations.keep(sql, pipeline, version, attestation);
            return true;
        });
    }

    /**
     * Commits, provided that nothing failed and that what was found and decided upon is still so.
     *
     * @return the commit, if its answer was lost
     */
    Optional<LostCommit> commit() {
        if (failure != null) {
            throw failure;
        }
        LogRows.append(script, pipeline, lines);
        if (transaction.dialect() == Dialect.POSTGRESQL) {
            boolean writes = wrote || !script.isEmpty();
            found.values().forEach(entry -> confirm(entry, writes));
        }
        try {
            transaction.commit(script);
        } catch (AdapterException e) {
            if (!transaction.isOutcomeUnknown()) {
                throw e;
            }
            found.keySet().forEach(known::forget);
            return Optional.of(new LostCommit(appended.values().stream().findFirst(), e));
        }
        found.values().forEach(this::keep);
        return Optional.empty();
    }

    private <S> void confirm(Found<S> entry, boolean writes) {
        if (entry.source() == Source.SAVED) {
            return;
        }
        if (writes) {
            Snapshots.confirm(script, pipeline, entry.id(), entry.stored());
        } else { // all of it was so when the first of them is compared: no need to keep others from changing it
            Snapshots.compare(script, pipeline, entry.id(), entry.stored());
        }
    }

    private <S> void keep(Found<S> entry) {
        entry.entry().ifPresent(seen -> known.keep(entry.id(), seen));
    }

    /**
     * What to say of an error, before the transaction is rolled back: an error that may come of something that was found and is
     * not so any more, or of snapshots of different moments, is none: the work has to be done again.
     */
    RuntimeException explain(RuntimeException error) {
        RuntimeException explained = mayBeOutrun(error) ? outrun(error) : error;
        if (explained instanceof PipelineException) {
            found.keySet().forEach(known::forget);
        }
        return explained;
    }

    /** What the database refuses for good it may refuse because of what others did; it answers again once that is undone. */
    private boolean mayBeOutrun(RuntimeException error) {
        if (error instanceof AdapterException refusal && !refusal.retryable()) {
            transaction.rollback(error);
            return true;
        }
        return failure == null && !(error instanceof ConcurrentUpdateException) && !(error instanceof AdapterException);
    }

    private RuntimeException outrun(RuntimeException error) {
        Script comparison = new Script();
        found.values().stream()
                .filter(entry -> entry.source() != Source.SAVED)
                .forEach(entry -> compare(comparison, entry));
        if (comparison.isEmpty()) {
            return error;
        }
        try {
            comparison.run(transaction.reading());
            return error;
        } catch (PipelineException e) {
            e.addSuppressed(error);
            return e;
        }
    }

    private <S> void compare(Script comparison, Found<S> entry) {
        Snapshots.compare(comparison, pipeline, entry.id(), entry.stored());
    }

    /** Nothing can be done with it any more. */
    void end() {
        ended = true;
    }

    @SuppressWarnings("unchecked") // under an id there is only ever its own sort of snapshot
    private <S> Optional<Found<S>> before(SubjectId<S> id) {
        return Optional.ofNullable((Found<S>) found.get(id));
    }

    private <R> R read(Function<Sql, R> work) {
        return script.isEmpty() && lines.isEmpty() ? checked(() -> work.apply(transaction.reading())) : write(work);
    }

    /** Runs what cannot wait, after what was put off. */
    private <R> R write(Function<Sql, R> work) {
        return checked(() -> {
            wrote = true;
            Sql sql = transaction.within();
            LogRows.append(script, pipeline, lines);
            lines.clear();
            script.run(sql);
            script.clear();
            return work.apply(sql);
        });
    }

    private void putOff(Runnable work) {
        checked(() -> {
            work.run();
            return true;
        });
    }

    private <R> R checked(Supplier<R> work) {
        if (ended) {
            throw new IllegalStateException("The transaction of this session has ended");
        }
        if (failure != null) {
            throw failure;
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
