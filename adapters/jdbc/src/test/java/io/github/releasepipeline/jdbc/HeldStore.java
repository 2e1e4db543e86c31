package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A process's way to a store, where the first transaction that keeps something is held open before it does. */
final class HeldStore {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    PipelineStore on(PipelineStore store) {
        return proxy(PipelineStore.class, store, (method, given) -> {
            if (!method.equals("transact")) {
                return given;
            }
            @SuppressWarnings("unchecked") // the one parameter of transact
            Function<PipelineSession, Object> work = (Function<PipelineSession, Object>) given[0];
            Function<PipelineSession, Object> heldWork =
                    session -> work.apply(proxy(PipelineSession.class, session, this::hold));
            return new Object[] {heldWork};
        });
    }

    void awaitHeld() throws InterruptedException {
        if (!held.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Nothing was kept");
        }
    }

    void release() {
        released.countDown();
    }

    private Object[] hold(String method, Object[] given) throws InterruptedException {
        if (method.equals("keep")) {
            held.countDown();
            if (!released.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody released it");
            }
        }
        return given;
    }

    @FunctionalInterface
    private interface Before {
        Object[] call(String method, Object[] given) throws InterruptedException;
    }

    private static <T> T proxy(Class<T> type, T to, Before before) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    try {
                        return method.invoke(to, before.call(method.getName(), given));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
