package io.github.releasepipeline.core.play;

import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The reference store; remembers what broke off in a transaction though no rule and no foreign system said no. */
final class WatchedStore implements PipelineStore {
    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private final List<RuntimeException> defects = new ArrayList<>();

    List<RuntimeException> defects() {
        return defects;
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        try {
            return store.transact(work);
        } catch (PipelineException | IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            defects.add(e);
            throw e;
        }
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

    /** Stays open: the other node uses it too. */
    @Override
    public void close() {}
}
