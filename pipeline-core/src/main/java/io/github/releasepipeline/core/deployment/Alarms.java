package io.github.releasepipeline.core.deployment;

import java.time.Instant;

/** Begins short work at a time of the pipeline's clock. */
public interface Alarms extends AutoCloseable {
    /** Begins it on a thread of its own, not before that time unless the clock moves. Does nothing once this is closed. */
    void at(Instant time, Runnable work);

    /** What was to come later does not happen any more. */
    @Override
    void close();
}
