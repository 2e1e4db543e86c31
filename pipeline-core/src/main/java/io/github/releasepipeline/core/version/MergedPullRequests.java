package io.github.releasepipeline.core.version;

import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineTables;
import java.util.LinkedHashMap;
import java.util.Map;

/** The merged pull requests that touch items. */
public final class MergedPullRequests {
    private final PipelineTables tables;

    /** @param tables where they are listed */
    public MergedPullRequests(PipelineTables tables) {
        this.tables = tables;
    }

    /** All of them by the commit that merged them. */
    public Map<CommitId, PullRequest> byMergeCommit() {
        Map<CommitId, PullRequest> byMerge = new LinkedHashMap<>();
        PipelineFilter filter = PipelineFilter.all().pullRequests(PullRequestStatus.MERGED);
        AllRows.<PullRequest>forEach(
                request -> tables.pullRequests(filter, request),
                pr -> pr.merged().ifPresent(range -> byMerge.put(range.merge(), pr)));
        return byMerge;
    }
}
