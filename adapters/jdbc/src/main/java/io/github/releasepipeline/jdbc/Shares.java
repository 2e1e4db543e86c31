package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;

/** Chooses a part of all keys, the same on every node. */
final class Shares {
    private static final int HEX_DIGITS = 8;

    private Shares() {}

    /** Whether a key belongs to so many percent of all keys; it stays in when they become more. */
    static boolean isWithin(String key, int percent) {
        String digest = Digest.of(key).hex();
        return Long.parseLong(digest.substring(0, HEX_DIGITS), 16) % 100 < percent;
    }
}
