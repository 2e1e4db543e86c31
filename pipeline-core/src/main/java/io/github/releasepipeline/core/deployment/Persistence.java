package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.PipelineException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Insists on a commit while the store cannot be reached: what a worker has done in a target must be recorded. Gives up
 * when this process closes; another worker then finds out by probing.
 */
final class Persistence {
    private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Pulse closing;

    /** @param closing beats when this process closes */
    Persistence(Pulse closing) {
        this.closing = closing;
    }

    <R> R insist(Supplier<R> commit) {
        for (int attempt = 0; ; attempt++) {
            try {
                return commit.get();
            } catch (AdapterException e) {
                if (!e.retryable()) {
                    throw e;
                }
                LOG.warn("The store cannot be reached, trying again: {}", e.getMessage());
                pause(attempt, e);
            } catch (ConcurrentUpdateException e) {
                pause(attempt, e);
            }
        }
    }

    private void pause(int attempt, PipelineException problem) {
        if (closing.beats() > 0) {
            throw problem;
        }
        Duration wait = Duration.ofMillis(Math.min(LONGEST_WAIT.toMillis(), 50L << Math.min(attempt, 10)));
        try {
            closing.await(0, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem;
        }
    }
}
