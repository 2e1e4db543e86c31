package io.github.releasepipeline.core.play;

import io.github.releasepipeline.core.play.HandCrankedThreads.PowerCut;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reference store; remembers what broke off in a transaction though no rule and no foreign system said no. Transactions go
 * wrong on order, each order once.
 */
final class WatchedStore implements PipelineStore {
    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private final List<RuntimeException> defects = new ArrayList<>();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private boolean cut;

    /** What goes wrong with a transaction. */
    enum Fault {
        /** The process dies before it is committed. */
        CUT_BEFORE_COMMIT,
        /** It is committed, and the process dies. */
        CUT_AFTER_COMMIT,
        /** Somebody else was faster. */
        CONFLICT,
        /** It is committed, and the answer is lost. */
        LOST_ANSWER
    }

    /** One of the next transactions goes wrong. */
    void order(Fault fault) {
        faults.add(fault);
    }

    /** The process dies in the middle of a call: who waits for the answer commits nothing more. */
    void cut() {
        cut = true;
        throw new PowerCut();
    }

    /** Whether the process died in a call, and nobody has noticed. */
    boolean wasCut() {
        boolean noticed = cut;
        cut = false;
        return noticed;
    }

    /** Nothing goes wrong any more. */
    void calm() {
        faults.clear();
    }

    List<RuntimeException> defects() {
        return defects;
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        if (wasCut()) {
            throw new PowerCut();
        }
        Fault fault = faults.poll();
        try {
            R result = store.transact(session -> {
                R worked = work.apply(session);
                beforeCommit(fault);
                return worked;
            });
            afterCommit(fault);
            return result;
        } catch (PipelineException | IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            defects.add(e);
            throw e;
        }
    }

    private static void beforeCommit(@Nullable Fault fault) {
        if (fault == Fault.CUT_BEFORE_COMMIT) {
            throw new PowerCut();
        }
        if (fault == Fault.CONFLICT) {
            throw new ConcurrentUpdateException("something");
        }
    }

    private static void afterCommit(@Nullable Fault fault) {
        if (fault == Fault.CUT_AFTER_COMMIT) {
            throw new PowerCut();
        }
        if (fault == Fault.LOST_ANSWER) {
            throw AdapterException.passing("The connection broke after the commit", null);
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
