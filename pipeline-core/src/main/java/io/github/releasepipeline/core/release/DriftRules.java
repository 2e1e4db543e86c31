package io.github.releasepipeline.core.release;

import io.github.releasepipeline.environment.Drift;
import io.github.releasepipeline.environment.Drift.DriftedItem;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.ItemOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs between what an environment should hold and what it holds. */
public final class DriftRules {
    private DriftRules() {}

    /** The items that differ, in canonical order of the path. */
    public static List<DriftedItem> items(Manifest expected, Manifest found) {
        Map<String, Item> there = found.byPath();
        return Plans.operations(expected, found).stream()
                .map(operation -> item(
                        operation,
                        Optional.ofNullable(there.get(operation.id().path())).map(Item::digest)))
                .toList();
    }

    /** What would have to be created is missing, what would have to be deleted is too much. */
    private static DriftedItem item(ItemOperation operation, Optional<Digest> found) {
        Drift.Kind kind = switch (operation.type()) {
            case CREATE -> Drift.Kind.MISSING;
            case UPDATE -> Drift.Kind.CHANGED;
            case DELETE -> Drift.Kind.EXTRA;
        };
        return new DriftedItem(kind, operation.id(), operation.digest(), found);
    }
}
