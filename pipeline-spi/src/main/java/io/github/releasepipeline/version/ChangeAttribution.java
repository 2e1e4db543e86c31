package io.github.releasepipeline.version;

import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * One changed item of a version and where the change came from.
 *
 * @param change what changed since the previous version
 * @param pullRequests numbers of the pull requests that brought it, newest first
 * @param changeSet the set that answers for it: one of the version, or of an earlier version that its pull requests were
 *     released by; absent if there is none, which the policy for stowaways let pass
 * @param direct commits on the way that belong to no pull request, newest first
 */
public record ChangeAttribution(
        ItemChange change, List<Long> pullRequests, Optional<ChangeSetId> changeSet, List<CommitId> direct) {
    /** Copies the lists. */
    public ChangeAttribution {
        pullRequests = List.copyOf(pullRequests);
        direct = List.copyOf(direct);
    }
}
