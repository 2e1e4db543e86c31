package io.github.releasepipeline.store;

import io.github.releasepipeline.error.ConcurrentUpdateException;
import java.util.function.Function;

/**
 * Port: durable storage of one pipeline.
 *
 * <p>Called on callers' and engine threads, by several at once; with a database also by several nodes. A transaction that
 * returned survives a crash of the process and of the machine. Reads outside a transaction see committed data only, and
 * see everything that the same thread committed before.
 *
 * <p>Every method throws a retryable {@code AdapterException} when the database cannot be reached, and a lasting one when
 * it can never work (no permission, disk full, corrupt).
 */
public interface PipelineStore extends AutoCloseable {
    /**
     * Runs work in one transaction, serialisable with regard to what it finds and saves: commits if it returns, rolls back
     * if it throws, and passes on what it throws. Nothing is retried here.
     *
     * @throws ConcurrentUpdateException if somebody else changed the same things first
     */
    <R> R transact(Function<PipelineSession, R> work);

    /** Reads outside any transaction. */
    PipelineReader reader();

    /** The four tables of the pipeline view. */
    PipelineTables tables();

    /** The audit trail. */
    AuditTrail audit();

    /** The logs of releases. */
    ReleaseLogs logs();

    /** Letters to notifiers. */
    Outbox outbox();

    /** Gives everything back that the store itself opened. Idempotent. */
    @Override
    void close();
}
