package io.github.releasepipeline.environment;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.EnvironmentName;
import java.util.List;
import java.util.Optional;

/**
 * What an environment really holds against what the pipeline brought there. To repair it, deploy the active version again.
 *
 * @param environment which
 * @param active what should be there; absent before the first deployment, when nothing should
 * @param items what differs, in canonical order of the path; empty if nothing does
 */
public record Drift(EnvironmentName environment, Optional<ActiveVersion> active, List<DriftedItem> items) {
    /** How an item differs. */
    public enum Kind {
        /** It has other bytes. */
        CHANGED,
        /** It is gone. */
        MISSING,
        /** It should not be there. */
        EXTRA
    }

    /**
     * An item that somebody changed past the pipeline.
     *
     * @param kind how it differs
     * @param id which item
     * @param expected the bytes it should have; absent for one that should not be there
     * @param found the bytes it has; absent for one that is gone
     */
    public record DriftedItem(Kind kind, ItemId id, Optional<Digest> expected, Optional<Digest> found) {}

    /** Copies the list. */
    public Drift {
        items = List.copyOf(items);
    }

    /** Whether anything differs. */
    public boolean isDrifted() {
        return !items.isEmpty();
    }
}
