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
 * @param changeSet the set those pull requests belong to; absent if none of them is in a set
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
