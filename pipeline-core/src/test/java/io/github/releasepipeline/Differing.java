package io.github.releasepipeline;

import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import java.util.List;
import java.util.Optional;

/** A provider that tells one pull request in its own way. */
record Differing(SourceControl other, PullRequest told) implements SourceControl {
    @Override
    public String repository() {
        return other.repository();
    }

    @Override
    public PullRequestPage changedSince(Optional<String> cursor, int limit) {
        return other.changedSince(cursor, limit);
    }

    @Override
    public PullRequestDetail pullRequest(long number) {
        return new PullRequestDetail(told, "", List.of());
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        return other.merge(request);
    }
}
