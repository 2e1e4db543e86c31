package io.github.releasepipeline.environment;

import io.github.releasepipeline.item.ItemId;
import java.time.Instant;
import java.util.List;

/**
 * An environment that is not as it should be, and closed to normal deployments.
 *
 * @param reason what happened
 * @param items what could not be restored, as far as known
 * @param since when
 */
public record Degradation(String reason, List<ItemId> items, Instant since) {
    /** Copies the list. */
    public Degradation {
        items = List.copyOf(items);
    }
}
