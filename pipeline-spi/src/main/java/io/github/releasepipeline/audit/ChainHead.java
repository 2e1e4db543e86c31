package io.github.releasepipeline.audit;

import io.github.releasepipeline.item.Digest;

/**
 * The end of one subject's chain of audit records.
 *
 * @param length how many records it has
 * @param hash the last record's hash; 64 zeros for an empty chain
 */
public record ChainHead(long length, Digest hash) {
    private static final ChainHead EMPTY = new ChainHead(0, new Digest("0".repeat(64)));

    /** A chain without records. */
    public static ChainHead empty() {
        return EMPTY;
    }
}
