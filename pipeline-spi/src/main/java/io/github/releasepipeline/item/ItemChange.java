package io.github.releasepipeline.item;

import java.util.Optional;

/**
 * What happened to one item between two commits.
 *
 * @param before the item at the older commit; absent when it was created
 * @param after the item at the newer commit; absent when it was deleted
 */
public record ItemChange(Optional<Item> before, Optional<Item> after) {
    /** The sorts of changes. */
    public enum Type {
        /** There was no such item. */
        CREATED,
        /** Same path, other bytes. */
        MODIFIED,
        /** Other path; the bytes may have changed too. */
        RENAMED,
        /** The item is gone. */
        DELETED
    }

    /** At least one side is there. */
    public ItemChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("A change has an item before or after it");
        }
    }

    /** A change that creates an item. */
    public static ItemChange created(Item after) {
        return new ItemChange(Optional.empty(), Optional.of(after));
    }

    /** A change that deletes an item. */
    public static ItemChange deleted(Item before) {
        return new ItemChange(Optional.of(before), Optional.empty());
    }

    /** A change of bytes, of path, or both. */
    public static ItemChange changed(Item before, Item after) {
        return new ItemChange(Optional.of(before), Optional.of(after));
    }

    /** The sort of this change. */
    public Type type() {
        if (before.isEmpty()) {
            return Type.CREATED;
        }
        if (after.isEmpty()) {
            return Type.DELETED;
        }
        return before.get().id().path().equals(after.get().id().path()) ? Type.MODIFIED : Type.RENAMED;
    }

    /** The item as it is now called; for a deletion, as it was called. */
    public ItemId id() {
        return after.or(() -> before).orElseThrow().id();
    }
}
