package io.github.releasepipeline.release;

import io.github.releasepipeline.item.Digest;
import java.util.Objects;

/**
 * A snapshot that a target made of its state.
 *
 * @param reference the target's name for it
 * @param captured digest of the manifest of the items it holds
 */
public record Backup(String reference, Digest captured) {
    /** Checks that both are there. */
    public Backup {
        Objects.requireNonNull(reference, "a backup lacks its reference");
        Objects.requireNonNull(captured, "a backup lacks the digest of its items");
    }
}
