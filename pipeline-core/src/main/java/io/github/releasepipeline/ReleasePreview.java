package io.github.releasepipeline;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.ApprovalNeed;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Rollbackability;
import java.util.List;

/**
 * What a release would do and need, before anybody asks for it.
 *
 * @param plan item by item, with gates; approvals bind to its digest
 * @param summary what will be done, one sentence for each kind of items
 * @param approvals what has to be approved, and who could; whoever looks at this counts as who requests it
 * @param backup whether something is backed up, and why
 * @param rollback whether the deployment could be rolled back
 * @param window whether the environment is open now
 */
public record ReleasePreview(
        Plan plan,
        List<String> summary,
        List<ApprovalNeed> approvals,
        Condition backup,
        Rollbackability rollback,
        WindowState window) {
    /** Copies the lists. */
    public ReleasePreview {
        summary = List.copyOf(summary);
        approvals = List.copyOf(approvals);
    }

    /** Digest of the plan. */
    public Digest digest() {
        return plan.digest();
    }
}
