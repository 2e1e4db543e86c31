package io.github.releasepipeline.target;

import io.github.releasepipeline.item.Manifest;

/**
 * What a target holds.
 *
 * @param active the items that are active now, as they really are; empty before the first activation
 */
public record Observation(Manifest active) {}
