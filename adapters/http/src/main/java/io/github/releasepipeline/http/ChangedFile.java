package io.github.releasepipeline.http;

import java.util.Optional;

/**
 * A file that a pull request changes, as its forge tells.
 *
 * @param before its path before; absent if it is new, or a copy
 * @param after its path after; absent if it is deleted
 */
public record ChangedFile(Optional<String> before, Optional<String> after) {
    /** A new file, or a copy. */
    public static ChangedFile added(String path) {
        return new ChangedFile(Optional.empty(), Optional.of(path));
    }

    /** A file that is gone. */
    public static ChangedFile deleted(String path) {
        return new ChangedFile(Optional.of(path), Optional.empty());
    }

    /** A file with other bytes or another mode. */
    public static ChangedFile modified(String path) {
        return new ChangedFile(Optional.of(path), Optional.of(path));
    }

    /** A file with another path. */
    public static ChangedFile renamed(String before, String after) {
        return new ChangedFile(Optional.of(before), Optional.of(after));
    }
}
