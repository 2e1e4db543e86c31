package io.github.releasepipeline.item;

/**
 * One managed file with the digest of its bytes.
 *
 * @param id kind and path
 * @param digest SHA-256 over the bytes as they are in Git, no line-ending conversion
 */
public record Item(ItemId id, Digest digest) {}
