package io.github.releasepipeline.store;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import java.util.List;

/** One transaction. Used by one thread, and not after the transaction ended. */
public interface PipelineSession extends PipelineReader {
    /**
     * Saves a snapshot and what is looked up by it.
     *
     * @param id its id
     * @param next the snapshot with its new revision
     * @throws ConcurrentUpdateException if the saved revision is not the one before, if a pull request of a change set is in
     *     another set that is not abandoned, or if a version's unique tag is taken; possibly only at the end of the
     *     transaction
     */
    <S> void save(SubjectId<S> id, Stored<S> next);

    /** Appends audit records, in the order given. */
    void append(List<AuditRecord> records);

    /** Puts letters into the outbox, in the order given. */
    void post(List<Letter> letters);

    /** Appends log lines; each gets the next sequence number of its release. */
    void log(List<LogEntry> entries);

    /**
     * Replaces the facts of a subject, and counts.
     *
     * @param before all its facts as they are kept; the caller knows them by what it found
     * @param after all its facts as they are from now on
     */
    void recount(List<Fact> before, List<Fact> after);

    /** Keeps a manifest under its digest; keeping it again changes nothing. */
    void keep(Manifest manifest);

    /**
     * Keeps what changed in a version. Done once, in the transaction of the version's first save and before it; a store may
     * refuse to add to a version that is there.
     */
    void keep(VersionId version, List<ChangeAttribution> changes);

    /**
     * Keeps the attestation of a version, which may be as large as all items' names together. Done once, in the transaction
     * of the save that publishes the version and before it; a store may refuse to add one to a version that is published.
     */
    void keep(VersionId version, Envelope attestation);
}
