package io.github.releasepipeline;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A process's way to a store that survives it: the way may break, or the process die, at a chosen transaction. */
final class FaultyStore implements PipelineStore {
    /** The process is gone: whoever calls the store stops here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("simulated crash", null, false, false);
        }
    }

    /** Counted down when the process is gone. */
    final CountDownLatch gone = new CountDownLatch(1);

    private final PipelineStore store;
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile IntConsumer before = number -> {};
    private volatile IntConsumer after = number -> {};
    private volatile IntConsumer committing = number -> {};
    private volatile Runnable reading = () -> {};

    FaultyStore(PipelineStore store) {
        this.store = store;
    }

    /** Called with the number, from 1, of each transaction before it begins, from now on. */
    FaultyStore before(IntConsumer hook) {
        transactions.set(0);
        before = hook;
        return this;
    }

    /** Called with the number, from 1, of each transaction once it is committed, from now on. */
    FaultyStore after(IntConsumer hook) {
        transactions.set(0);
        after = hook;
        return this;
    }

    /** Called with the number, from 1, of each transaction whose work is done, from now on; rolls back if it throws. */
    FaultyStore committing(IntConsumer hook) {
        transactions.set(0);
        committing = hook;
        return this;
    }

    /** From now on nothing breaks. */
    void heal() {
        before(number -> {}).committing(number -> {}).after(number -> {}).reading(() -> {});
    }

    /** Called before each reading outside a transaction, from now on. */
    FaultyStore reading(Runnable hook) {
        reading = hook;
        return this;
    }

    /** The process dies just before a transaction. */
    FaultyStore dieBefore(int wanted) {
        return before(number -> dieIf(number == wanted));
    }

    /** The process dies just after a transaction. */
    FaultyStore dieAfter(int wanted) {
        return after(number -> dieIf(number == wanted));
    }

    /** How many transactions have begun since the last hook was set. */
    int transactions() {
        return transactions.get();
    }

    static AdapterException unreachable() {
        return AdapterException.passing("The database cannot be reached", null);
    }

    private void dieIf(boolean now) {
        if (now) {
            gone.countDown();
            throw new Crash();
        }
    }

    private void alive() {
        if (gone.getCount() == 0) {
            throw new Crash();
        }
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        alive();
        int number = transactions.incrementAndGet();
        before.accept(number);
        R result = store.transact(session -> {
            R value = work.apply(session);
            committing.accept(number);
            return value;
        });
        after.accept(number);
        return result;
    }

    @Override
    public PipelineReader reader() {
        alive();
        reading.run();
        return store.reader();
    }

    @Override
    public PipelineTables tables() {
        alive();
        return store.tables();
    }

    @Override
    public AuditTrail audit() {
        alive();
        return store.audit();
    }

    @Override
    public ReleaseLogs logs() {
        alive();
        return store.logs();
    }

    @Override
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public void close() {}
}
