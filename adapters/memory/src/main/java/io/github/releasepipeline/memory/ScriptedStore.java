package io.github.releasepipeline.memory;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * A store in front of another one whose transactions go wrong on order; each order is carried out once, in the order
 * given. Thread-safe.
 */
public final class ScriptedStore implements PipelineStore {
    private final PipelineStore store;
    private final Queue<Fault> faults = new ArrayDeque<>();

    /** A store that does what another one does, until it is told otherwise. */
    public ScriptedStore(PipelineStore store) {
        this.store = store;
    }

    private enum Fault {
        CONFLICT,
        LOST_COMMIT,
        LOST_ANSWER
    }

    /** The next transaction does its work, and somebody else was faster: nothing is kept. */
    public void conflictNext() {
        order(Fault.CONFLICT);
    }

    /** The next transaction does its work, and the connection breaks before the commit: nothing is kept. */
    public void loseNextCommit() {
        order(Fault.LOST_COMMIT);
    }

    /** The next transaction is committed, and the connection breaks before the answer: everything is kept. */
    public void loseNextAnswer() {
        order(Fault.LOST_ANSWER);
    }

    private synchronized void order(Fault fault) {
        faults.add(fault);
    }

    private synchronized Optional<Fault> ordered() {
        return Optional.ofNullable(faults.poll());
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        Optional<Fault> fault = ordered();
        R result = store.transact(session -> {
            R worked = work.apply(session);
            fault.ifPresent(ScriptedStore::beforeCommit);
            return worked;
        });
        if (fault.isPresent()) {
            throw AdapterException.passing("The connection to the database broke after the commit", null);
        }
        return result;
    }

    private static void beforeCommit(Fault fault) {
        switch (fault) {
            case CONFLICT -> throw new ConcurrentUpdateException("something");
            case LOST_COMMIT ->
                throw AdapterException.passing("The connection to the database broke before the commit", null);
            case LOST_ANSWER -> {
                // the commit happens
            }
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

    @Override
    public void close() {
        store.close();
    }
}
