package io.github.releasepipeline.source;

import io.github.releasepipeline.item.ItemChange;
import java.util.List;

/**
 * A net item change and where it came from.
 *
 * @param change what changed
 * @param merges the {@link MergedRange#merge()} of each given merge that brought it, newest first
 * @param direct commits that touched the item and belong to none of the given merges, newest first
 */
public record ChangeOrigin(ItemChange change, List<CommitId> merges, List<CommitId> direct) {
    /** Copies the lists. */
    public ChangeOrigin {
        merges = List.copyOf(merges);
        direct = List.copyOf(direct);
    }
}
