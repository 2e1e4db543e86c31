package io.github.releasepipeline.release;

import io.github.releasepipeline.item.Digest;

/**
 * A snapshot that a target made of its state.
 *
 * @param reference the target's name for it
 * @param captured digest of the manifest of the items it holds
 */
public record Backup(String reference, Digest captured) {}
