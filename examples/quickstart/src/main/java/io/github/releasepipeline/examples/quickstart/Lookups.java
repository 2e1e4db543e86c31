package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;

/** What the tables show beside the rows themselves. */
final class Lookups {
    private final ActingPipeline pipeline;

    Lookups(ActingPipeline pipeline) {
        this.pipeline = pipeline;
    }

    String name(ChangeSetId set) {
        return pipeline.changeSets().get(set).name();
    }

    /** The items that the members of a set change, each once. */
    ItemCounts items(ChangeSet set) {
        return ItemCounts.of(set.pullRequests().stream()
                .flatMap(number -> pipeline.pullRequests().get(number).items().stream())
                .map(ChangedItem::id)
                .distinct()
                .map(ItemId::kind)
                .toList());
    }
}
