package io.github.releasepipeline.store;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.subject.SubjectId;
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
     * Reads all records in a stream of constant memory, grouped by subject and ordered by sequence within it, as they are
     * in storage and unchecked, and after each subject's records the head that the subject's snapshot claims.
     */
    void scan(AuditVisitor visitor);
}
