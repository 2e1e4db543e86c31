package io.github.releasepipeline.store;

import io.github.releasepipeline.audit.ChainHead;
import java.util.Optional;

/** Receives the stored audit trail; see {@link AuditTrail#scan}. */
public interface AuditVisitor {
    /**
     * The head at which a checkpoint sealed a subject's chain; before the subject's records, shorter ones first.
     *
     * @param subject reference of the subject
     * @param length the stored length of the chain then
     * @param hash the stored hash of its last record then, as text
     * @param checkpoint number of the checkpoint
     */
    void seal(String subject, long length, String hash, long checkpoint);

    /**
     * One record as it is stored.
     *
     * @param subject reference of the subject whose chain it is stored in
     * @param sequence its stored place
     * @param canonical the stored text
     * @param hash the stored hash, as text
     */
    void record(String subject, long sequence, String canonical, String hash);

    /**
     * The end of one subject's chain, also for a subject without records.
     *
     * @param subject its reference
     * @param claimed the head saved with the snapshot; empty if there are records and no snapshot
     */
    void end(String subject, Optional<ChainHead> claimed);

    /**
     * One checkpoint as it is stored; after all subjects.
     *
     * @param number its stored number
     * @param canonical the stored text
     * @param hash the stored hash, as text
     */
    void checkpoint(long number, String canonical, String hash);
}
