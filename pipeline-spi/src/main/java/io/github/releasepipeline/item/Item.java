package io.github.releasepipeline.item;

import java.util.Objects;

/**
 * One managed file with the digest of its bytes.
 *
 * @param id kind and path
 * @param digest SHA-256 over the bytes as they are in Git, no line-ending conversion
 */
public record Item(ItemId id, Digest digest) {
    /** Checks that both are there. */
    public Item {
        Objects.requireNonNull(id, "an item lacks its id");
        Objects.requireNonNull(digest, "an item lacks its digest");
    }
}
