package io.github.releasepipeline.store;

import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.ReleaseId;
import java.util.List;

/** Reading the logs of releases. */
public interface ReleaseLogs {
    /**
     * Lines of one release after a sequence number, in order; at most {@code max}. A line once seen never gets an earlier
     * one before it.
     */
    List<LogLine> after(ReleaseId release, long sequence, int max);
}
