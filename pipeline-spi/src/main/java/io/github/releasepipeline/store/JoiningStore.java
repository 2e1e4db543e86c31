package io.github.releasepipeline.store;

/**
 * A store that can take part in transactions of the host: what a thread does with the pipeline within one is kept if the host
 * commits, and was never done if it does not. Reads of that thread see it at once, those of others after the commit.
 *
 * <p>Called by the engine on the threads that use the pipeline.
 */
public interface JoiningStore extends PipelineStore {
    /** Whether the calling thread is in a transaction of the host which this store takes part in. */
    boolean inHostTransaction();

    /**
     * Runs work once the host has committed the calling thread's transaction; never if it does not. Called within such a
     * transaction only, after {@link #transact} has returned.
     */
    void afterHostCommit(Runnable work);
}
