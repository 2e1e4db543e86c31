package io.github.releasepipeline.store;

import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.ReleaseId;
import java.time.Instant;
import java.util.List;

/** The logs of releases. */
public interface ReleaseLogs {
    /**
     * Lines of one release after a sequence number, in order; at most {@code max}. A line once seen never gets an earlier
     * one before it.
     */
    List<LogLine> after(ReleaseId release, long sequence, int max);

    /**
     * Drops the oldest lines of releases that have ended. Should such a release be retried, a store may begin to number its lines
     * from 1 again.
     *
     * @param before lines from this time on stay
     * @param max how many are dropped at most, in one transaction
     * @return how many were dropped; fewer than {@code max} if there are no more
     */
    int drop(Instant before, int max);
}
