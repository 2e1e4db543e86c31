package io.github.releasepipeline.slack;

import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;

/** A store whose process dies after a letter was sent and before that is marked: nothing of the letters gets marked again. */
final class DyingStore {
    private volatile boolean dead;

    private final PipelineStore store;
    private final Predicate<Letter> last;

    /** @param last the letter at which it dies */
    DyingStore(PipelineStore store, Predicate<Letter> last) {
        this.store = store;
        this.last = last;
    }

    boolean isDead() {
        return dead;
    }

    PipelineStore store() {
        Outbox outbox = proxy(Outbox.class, (proxy, method, arguments) -> {
            if (method.getName().equals("delivered") && last.test((Letter) arguments[0])) {
                dead = true;
            }
            if (dead) {
                throw new IllegalStateException("killed");
            }
            return call(() -> method.invoke(store.outbox(), arguments));
        });
        return proxy(
                PipelineStore.class,
                (proxy, method, arguments) ->
                        method.getName().equals("outbox") ? outbox : call(() -> method.invoke(store, arguments)));
    }

    private interface Invocation {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(Invocation invocation) throws Throwable {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
