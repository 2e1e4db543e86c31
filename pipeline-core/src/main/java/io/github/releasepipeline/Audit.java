package io.github.releasepipeline;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.audit.RollbackRecord;
import io.github.releasepipeline.core.audit.Anchor;
import io.github.releasepipeline.core.audit.AuditExport;
import io.github.releasepipeline.core.audit.AuditLines;
import io.github.releasepipeline.core.audit.ChainVerifier;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who did what, and the proof that it is complete. */
public final class Audit {
    private static final String REQUESTED = DomainEvent.name(ReleaseEvent.Requested.class);

    private final PipelineStore store;
    private final ItemRepository repository;
    private final Engine engine;

    Audit(PipelineStore store, ItemRepository repository, Engine engine) {
        this.store = store;
        this.repository = repository;
        this.engine = engine;
    }

    /** The records of one subject, oldest first: its whole chain, in memory. */
    public List<AuditRecord> of(SubjectId<?> subject) {
        return store.audit().of(subject);
    }

    /** All records, newest first. */
    public Page<AuditRecord> newest(PageRequest page) {
        return store.audit().newest(Optional.empty(), page);
    }

    /** All rollbacks, newest first. */
    public List<RollbackRecord> rollbacks() {
        List<RollbackRecord> rollbacks = new ArrayList<>();
        AllRows.<AuditRecord>forEach(
                page -> store.audit().newest(Optional.of(REQUESTED), page),
                record -> rollback(record).ifPresent(rollbacks::add));
        return rollbacks;
    }

    /**
     * Seals everything that was recorded since the checkpoint before. The pipeline does it by itself at each publishing of a
     * version, and in the interval that its builder was given.
     *
     * @return the newest checkpoint; empty if nothing was recorded yet
     */
    public Optional<Checkpoint> seal() {
        return engine.seal();
    }

    /**
     * Checks every chain from its first record to the head that its subject claims, every checkpoint against the chains, and
     * the checkpoints that the tags of published versions remember against those that are there. What was recorded before
     * such a checkpoint cannot be altered, removed, inserted or cut off without being found, by whoever has the database but
     * not the tags. Reads the whole trail in a stream.
     */
    public AuditReport verify() {
        ChainVerifier verifier = new ChainVerifier(anchors());
        store.audit().scan(verifier);
        return verifier.report();
    }

    private List<Anchor> anchors() {
        Set<String> ours = new HashSet<>();
        PipelineFilter published = PipelineFilter.all()
                .versions(VersionState.Kind.PUBLISHED, VersionState.Kind.DEPRECATED, VersionState.Kind.BLOCKED);
        AllRows.<Version>forEach(page -> store.tables().versions(published, page), version -> {
            if (!version.isImported()) {
                ours.add(version.number().tag());
            }
        });
        return repository.tags().stream()
                .filter(tag -> ours.contains(tag.name()))
                .flatMap(tag -> Anchor.of(tag).stream())
                .toList();
    }

    /**
     * Writes the whole trail, its seals and its checkpoints as lines of JSON, from one moment and in a stream. The format is
     * described in {@code docs/audit.md}; {@link #verify(InputStream, Collection)} checks it.
     *
     * <p>Holds a connection and a snapshot of the database until the last line is written. Write to a file first if it goes
     * somewhere that may be slow.
     *
     * @param out is flushed, not closed
     * @throws UncheckedIOException if it cannot be written
     */
    public void export(OutputStream out) {
        AuditExport export = new AuditExport(out);
        store.audit().scan(export);
        export.end();
    }

    /**
     * Checks an export as {@link #verify()} checks the store; needs neither the store nor the pipeline. Memory does not grow with
     * the number of records.
     *
     * @param export what {@link #export} has written; not closed
     * @param tags the annotated tags of the repository; what they remember has to be in the export. Empty to leave that out
     * @throws UncheckedIOException if it cannot be read
     */
    public static AuditReport verify(InputStream export, Collection<Tag> tags) {
        ChainVerifier verifier = new ChainVerifier(
                tags.stream().flatMap(tag -> Anchor.of(tag).stream()).toList());
        try {
            AuditLines.read(export, verifier);
        } catch (IOException e) {
            throw new UncheckedIOException("The export could not be read: " + e.getMessage(), e);
        }
        return verifier.report();
    }

    private static Optional<RollbackRecord> rollback(AuditRecord record) {
        ReleaseEvent.Requested requested = (ReleaseEvent.Requested) record.event();
        return requested
                .rollbackOf()
                .map(from -> new RollbackRecord(
                        "release.rollback",
                        from.number().tag(),
                        requested.number().tag(),
                        requested.environment().value(),
                        record.stamp().actor().id(),
                        record.stamp().reason().orElse(""),
                        record.stamp().at()));
    }
}
