package io.github.releasepipeline.core.deployment;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short work in the background of this process that a crash may lose: somebody finds again what has to be done. One errand
 * of a name runs at a time; whatever is asked meanwhile is done once more after it.
 */
public final class Errands implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private enum State {
        RUNNING,
        ONCE_MORE
    }

    private final ExecutorService threads;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    /** @param threads are shut down with this */
    public Errands(ExecutorService threads) {
        this.threads = threads;
    }

    /** Runs work soon; does nothing once this is closed. What goes wrong is logged. */
    void run(String name, Runnable work) {
        if (states.merge(name, State.RUNNING, (running, again) -> State.ONCE_MORE) == State.ONCE_MORE) {
            return;
        }
        boolean accepted = false;
        try {
            threads.execute(() -> runAll(name, work));
            accepted = true;
        } catch (RejectedExecutionException e) {
            LOG.atInfo().addKeyValue("errand", name).log("Not done here: this process is closing");
        } finally {
            if (!accepted) { // also if there is no thread to be had
                states.remove(name);
            }
        }
    }

    private void runAll(String name, Runnable work) {
        boolean more = true;
        try {
            while (more) {
                runOnce(name, work);
                more = states.computeIfPresent(name, (same, state) -> state == State.ONCE_MORE ? State.RUNNING : null)
                        != null;
            }
        } finally {
            if (more) {
                states.remove(name);
            }
        }
    }

    private static void runOnce(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("errand", name).setCause(e).log("Could not be done");
        }
    }

    /** Waits a little for what is under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Some errands are still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
