package io.github.releasepipeline.target;

import io.github.releasepipeline.item.Manifest;
import java.util.Objects;

/**
 * What a target holds.
 *
 * @param active the items that are active now, as they really are; empty before the first activation
 */
public record Observation(Manifest active) {
    /** Checks that there is a manifest. */
    public Observation {
        Objects.requireNonNull(active, "an observation lacks the active items");
    }
}
