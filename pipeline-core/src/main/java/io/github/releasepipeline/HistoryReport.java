package io.github.releasepipeline;

import io.github.releasepipeline.version.Version;
import java.util.List;

/**
 * What came of importing a repository's history.
 *
 * @param imported the new versions, the smallest number first
 * @param known how many tags were versions already
 * @param skipped why other tags that look like versions were left out, one line each
 */
public record HistoryReport(List<Version> imported, int known, List<String> skipped) {
    /** Copies the lists. */
    public HistoryReport {
        imported = List.copyOf(imported);
        skipped = List.copyOf(skipped);
    }
}
