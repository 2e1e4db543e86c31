package io.github.releasepipeline.memory;

import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Function;

/**
 * One process that dies at a chosen point, for tests that try them all: run once to count the points, then once for each of
 * them. The points are before and after each write to the store, each commit and each creation of a tag. Whoever is at the
 * point, or comes to any point later, gets a {@link Crash}. Thread-safe.
 */
public final class CrashPoints {
    /** The process is gone. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        private Crash() {
            super("simulated crash", null, false, false);
        }
    }

    private static final Set<String> WRITES = Set.of("save", "append", "post", "log", "keep");
    private static final Set<String> TRANSACTIONS = Set.of("transact");
    private static final Set<String> TAGGING = Set.of("createTag");

    private final int deadly;
    private int passed;

    private CrashPoints(int deadly) {
        this.deadly = deadly;
    }

    /** A process that lives, and counts. */
    public static CrashPoints counting() {
        return new CrashPoints(0);
    }

    /** A process that dies at a point; the first one is 1. */
    public static CrashPoints dyingAt(int point) {
        return new CrashPoints(point);
    }

    /** How many points were passed. */
    public synchronized int passed() {
        return passed;
    }

    /** A point: passed, or the end. For writes that this class does not know of. */
    public synchronized void point() {
        passed++;
        if (deadly > 0 && passed >= deadly) {
            throw new Crash();
        }
    }

    /** The process's way to a store, which survives it. */
    public PipelineStore store(PipelineStore store) {
        return around(PipelineStore.class, store, TRANSACTIONS);
    }

    /** The process's way to a repository, which survives it. */
    public ItemRepository repository(ItemRepository repository) {
        return around(ItemRepository.class, repository, TAGGING);
    }

    private <T> T around(Class<T> port, T real, Set<String> watched) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
                    boolean write = watched.contains(method.getName());
                    Object[] arguments = watched == TRANSACTIONS && write ? watching(given) : given;
                    if (write) {
                        point();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                    if (write) {
                        point();
                    }
                    return answer;
                }));
    }

    /** The work of a transaction, with points at its writes and just before its commit. */
    @SuppressWarnings("unchecked") // the one argument of PipelineStore.transact
    private Object[] watching(Object[] arguments) {
        Function<PipelineSession, Object> work = (Function<PipelineSession, Object>) arguments[0];
        Function<PipelineSession, Object> watched = session -> {
            Object answer = work.apply(around(PipelineSession.class, session, WRITES));
            point();
            return answer;
        };
        return new Object[] {watched};
    }
}
