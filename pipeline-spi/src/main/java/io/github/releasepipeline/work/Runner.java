package io.github.releasepipeline.work;

import io.github.releasepipeline.release.ReleaseId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the pipeline can do with its running releases; {@link WorkSharing} decides where and when. Thread-safe. Every method
 * may be called by any number of nodes at once, and may throw what the store throws; nothing is half done then.
 */
public interface Runner {
    /**
     * Drives a release step by step on the calling thread, which may take hours, until it ends, waits for a person, belongs
     * to a newer token or this process closes. The store being away for a while is waited out.
     *
     * @return after what time to run it again, under the same token and anywhere: its next step is due then. Zero if this
     *     process closes. Empty if there is nothing to run any more
     * @throws RuntimeException if it broke off; only {@link #takeOver} may follow then, as after the death of a process
     */
    Optional<Duration> run(Run run);

    /**
     * Raises the token of a release whose run is thought to be gone, so that it is gone: if it comes back, neither store nor
     * target let it do anything. One short transaction.
     *
     * @return what to run now; empty if the release is not running any more
     */
    Optional<Run> takeOver(ReleaseId release);

    /**
     * Looks into the store, and nowhere else, for what a crash left lying: names each release that is running, with its
     * newest token, and has what waits for a free environment begun in the background.
     */
    void look(Consumer<Run> running);

    /**
     * Does what time demands: expires requests, starts what starts by itself, completes versions, goes on with automatic
     * rules. Calls foreign systems and may take minutes. What could not be done is logged and tried again next time.
     */
    void tend();
}
