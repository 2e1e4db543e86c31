package io.github.releasepipeline;

import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts what is read and written, by the name of the call. */
final class CountingStore implements PipelineStore {
    private final PipelineStore store;
    private final Map<String, Integer> calls = new TreeMap<>();

    CountingStore(PipelineStore store) {
        this.store = store;
    }

    int calls(String name) {
        return calls.getOrDefault(name, 0);
    }

    void forget() {
        calls.clear();
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        calls.merge("transact", 1, Integer::sum);
        return store.transact(session -> work.apply(counted(PipelineSession.class, session)));
    }

    @Override
    public PipelineReader reader() {
        return counted(PipelineReader.class, store.reader());
    }

    @Override
    public PipelineTables tables() {
        return counted(PipelineTables.class, store.tables());
    }

    private <T> T counted(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    try {
                        return method.invoke(part, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public AuditTrail audit() {
        return store.audit();
    }

    @Override
    public ReleaseLogs logs() {
        return counted(ReleaseLogs.class, store.logs());
    }

    @Override
    public Outbox outbox() {
        return counted(Outbox.class, store.outbox());
    }

    @Override
    public void close() {}
}
