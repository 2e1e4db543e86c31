package io.github.releasepipeline;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.RollbackRecord;
import io.github.releasepipeline.core.audit.ChainVerifier;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who did what, and the proof that it is complete. */
public final class Audit {
    private static final String REQUESTED = DomainEvent.name(ReleaseEvent.Requested.class);

    private final PipelineStore store;

    Audit(PipelineStore store) {
        this.store = store;
    }

    /** The records of one subject, oldest first. */
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

    /** Checks every chain from its first record to the head that its subject claims. Reads the whole trail in a stream. */
    public AuditReport verify() {
        ChainVerifier verifier = new ChainVerifier();
        store.audit().scan(verifier);
        return new AuditReport(verifier.subjects(), verifier.records(), verifier.found(), verifier.problems());
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
