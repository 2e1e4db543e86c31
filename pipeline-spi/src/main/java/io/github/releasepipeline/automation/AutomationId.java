package io.github.releasepipeline.automation;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.subject.SubjectId;

/**
 * Identity of what rules do with one merge: it is the merge's own, so that no merge is taken up twice.
 *
 * @param pullRequest what was merged
 * @param merge the base branch just after the merge
 */
public record AutomationId(PullRequestId pullRequest, CommitId merge) implements SubjectId<Automation> {
    @Override
    public String type() {
        return "automation";
    }

    @Override
    public String value() {
        return pullRequest.value() + "@" + merge.hex();
    }

    @Override
    public String toString() {
        return value();
    }
}
