package io.github.releasepipeline.notify;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.error.AdapterException;

/**
 * Port: tells people or systems of events.
 *
 * <p>Called by the relay on its own thread, never within a transaction, one letter of a subject at a time and in order. A
 * letter may come more than once: {@link Letter#key()} is the same then.
 */
public interface Notifier {
    /** Its name, unique within a pipeline, stable over restarts: undelivered letters are kept under it. */
    String name();

    /** Whether it wants to hear of this event. Called within the transaction that records it: quick, and no input or output. */
    boolean wants(AuditRecord record);

    /**
     * Delivers.
     *
     * @throws AdapterException retryable to be tried again later; lasting to be buried
     */
    void deliver(Letter letter);
}
