package io.github.releasepipeline.store;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reading the audit trail. Nothing here or anywhere in the library changes or deletes a record. */
public interface AuditTrail {
    /** The records of one subject, oldest first. */
    List<AuditRecord> of(SubjectId<?> subject);

    /**
     * All records, newest first, in the order in which they were appended.
     *
     * @param eventName only events of this name; empty for all
     */
    Page<AuditRecord> newest(Optional<String> eventName, PageRequest page);

    /**
     * Seals every chain that has grown since it was sealed last, in one transaction; nobody who appends waits for it. A chain
     * is sealed at the head that it has in the committed state of one moment, or at a later one. A record whose transaction
     * is overtaken by thousands of others may be sealed only together with the next one of its subject.
     *
     * @param at the time it is to bear
     * @return the newest checkpoint, which is the one before if no chain has grown; empty if there is no record yet
     */
    Optional<Checkpoint> seal(Instant at);

    /** The newest checkpoint; empty if there is none yet. */
    Optional<Checkpoint> newestCheckpoint();

    /**
     * Reads everything in a stream of constant memory and from one moment, as it is in storage and unchecked: by subject, its
     * seals, its records ordered by sequence and the head that the subject's snapshot claims; then the checkpoints, ordered by
     * number.
     */
    void scan(AuditVisitor visitor);
}
