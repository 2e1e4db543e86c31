package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.AdapterException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A few threads that read several pull requests at once. They end when there is nothing to do for a while. */
final class Workers {
    private final ThreadPoolExecutor threads;

    Workers(int most) {
        threads = new ThreadPoolExecutor(most, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "gitea-reader");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** All results, in order. The first failure ends the rest. The work must not call this itself. */
    <A, B> List<B> map(List<A> values, Function<A, B> work) {
        List<Future<B>> pending = new ArrayList<>();
        values.forEach(value -> pending.add(threads.submit(() -> work.apply(value))));
        try {
            List<B> results = new ArrayList<>();
            for (Future<B> future : pending) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdapterException.passing("Interrupted while reading pull requests; try again", e);
        } finally {
            pending.forEach(future -> future.cancel(true));
        }
    }
}
