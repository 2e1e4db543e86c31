package io.github.releasepipeline.store;

import io.github.releasepipeline.audit.ChainHead;
import java.util.Optional;

/** Receives the stored audit trail; see {@link AuditTrail#scan}. */
public interface AuditVisitor {
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
}
