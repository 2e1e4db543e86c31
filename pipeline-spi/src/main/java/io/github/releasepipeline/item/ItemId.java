package io.github.releasepipeline.item;

import java.util.Objects;

/**
 * Identity of one managed file.
 *
 * @param kind name of its {@link ItemKind}
 * @param path its path from the repository's root, with {@code /}
 */
public record ItemId(String kind, String path) {
    /** Checks that both are there. */
    public ItemId {
        Objects.requireNonNull(kind, "the id of an item lacks its kind");
        Objects.requireNonNull(path, "the id of an item lacks its path");
    }

    /** The file's name without folders and without its last extension, as logs show it. */
    public String name() {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    @Override
    public String toString() {
        return kind + ":" + path;
    }
}
