package io.github.releasepipeline.jakarta.inject;

import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** A store that knows whether it was closed. */
@Singleton
@Typed(ClosableStore.class)
class ClosableStore implements PipelineStore {
    private final PipelineStore store = new MemoryPipelineStore();
    volatile boolean closed;

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        return store.transact(work);
    }

    @Override
    public PipelineReader reader() {
        return store.reader();
    }

    @Override
    public PipelineTables tables() {
        return store.tables();
    }

    @Override
    public AuditTrail audit() {
        return store.audit();
    }

    @Override
    public ReleaseLogs logs() {
        return store.logs();
    }

    @Override
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public void close() {
        closed = true;
        store.close();
    }
}
