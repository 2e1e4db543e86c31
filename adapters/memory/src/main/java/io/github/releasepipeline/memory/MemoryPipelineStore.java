package io.github.releasepipeline.memory;

import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A store that keeps everything in memory and nothing beyond the process.
 *
 * <p>Transactions run one after the other, each on its own draft of the state, which takes the place of the committed
 * state if the work returns. Readers outside a transaction never wait.
 */
public final class MemoryPipelineStore implements PipelineStore {
    private final ReentrantLock writing = new ReentrantLock();
    private final PipelineReader reader = new StateReader(this::committed);
    private final PipelineTables tables = new MemoryTables(this::committed);
    private final AuditTrail audit = new MemoryAuditTrail(this);
    private final ReleaseLogs logs = new MemoryLogs(this);
    private final Outbox outbox = new MemoryOutbox(this);
    private volatile State committed = new State();

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        return write(draft -> {
            MemorySession session = new MemorySession(draft);
            R result;
            try {
                result = work.apply(session);
            } finally {
                session.close();
            }
            session.refuseConflict();
            return result;
        });
    }

    /** Changes a draft, which is committed if the change returns. */
    <R> R write(Function<State, R> change) {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("A transaction cannot begin another one on its own thread");
        }
        writing.lock();
        try {
            State draft = committed.copy();
            R result = change.apply(draft);
            committed = draft;
            return result;
        } finally {
            writing.unlock();
        }
    }

    State committed() {
        return committed;
    }

    @Override
    public PipelineReader reader() {
        return reader;
    }

    @Override
    public PipelineTables tables() {
        return tables;
    }

    @Override
    public AuditTrail audit() {
        return audit;
    }

    @Override
    public ReleaseLogs logs() {
        return logs;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    /** Does nothing: there is nothing to give back. */
    @Override
    public void close() {}
}
