package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The store as a process has it that is gone after a number of transactions: whoever calls it then stops there. */
final class DyingStore implements PipelineStore {
    /** The process is gone. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("simulated death of the process", null, false, false);
        }
    }

    private final PipelineStore store;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    DyingStore(PipelineStore store) {
        this.store = store;
    }

    /** Dies instead of beginning the transaction after so many more. */
    void dieAfter(int transactions) {
        left.set(transactions);
    }

    boolean isDead() {
        return left.get() < 0;
    }

    private PipelineStore alive() {
        if (isDead()) {
            throw new Death();
        }
        return store;
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        left.decrementAndGet();
        return alive().transact(work);
    }

    @Override
    public PipelineReader reader() {
        return alive().reader();
    }

    @Override
    public PipelineTables tables() {
        return alive().tables();
    }

    @Override
    public AuditTrail audit() {
        return alive().audit();
    }

    @Override
    public ReleaseLogs logs() {
        return alive().logs();
    }

    @Override
    public Outbox outbox() {
        return alive().outbox();
    }

    @Override
    public void close() {}
}
