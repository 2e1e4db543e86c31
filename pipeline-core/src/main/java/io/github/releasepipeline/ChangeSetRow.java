package io.github.releasepipeline;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemCounts;

/**
 * A row of the change-set table.
 *
 * @param set the change set
 * @param itemsChanged how many items its pull requests change together, as they were last read
 */
public record ChangeSetRow(ChangeSet set, ItemCounts itemsChanged) {}
