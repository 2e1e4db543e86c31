package io.github.releasepipeline.item;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An item that a pull request changes, as its provider tells: which and how. Providers do not tell bytes, so there are no
 * digests; an {@link ItemChange}, which is read from Git, has them.
 *
 * @param before what it was called; absent when it is created
 * @param after what it is called; absent when it is deleted
 */
public record ChangedItem(Optional<ItemId> before, Optional<ItemId> after) {
    /** At least one side is there. */
    public ChangedItem {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("A changed item is there before or after the change");
        }
    }

    /** An item that is created. */
    public static ChangedItem created(ItemId after) {
        return new ChangedItem(Optional.empty(), Optional.of(after));
    }

    /** An item that is deleted. */
    public static ChangedItem deleted(ItemId before) {
        return new ChangedItem(Optional.of(before), Optional.empty());
    }

    /** An item whose bytes change. */
    public static ChangedItem modified(ItemId id) {
        return new ChangedItem(Optional.of(id), Optional.of(id));
    }

    /** An item that gets another path, or another kind by it. */
    public static ChangedItem renamed(ItemId before, ItemId after) {
        return new ChangedItem(Optional.of(before), Optional.of(after));
    }

    /** What a change in Git means for its item. */
    public static ChangedItem of(ItemChange change) {
        return new ChangedItem(change.before().map(Item::id), change.after().map(Item::id));
    }

    /** The sort of change. */
    public ItemChange.Type type() {
        if (before.isEmpty()) {
            return ItemChange.Type.CREATED;
        }
        if (after.isEmpty()) {
            return ItemChange.Type.DELETED;
        }
        return before.get().path().equals(after.get().path()) ? ItemChange.Type.MODIFIED : ItemChange.Type.RENAMED;
    }

    /** The item as it is now called; for a deletion, as it was called. */
    public ItemId id() {
        return after.or(() -> before).orElseThrow();
    }

    /** Its path; both for a rename. */
    public Stream<String> paths() {
        return Stream.concat(before.stream(), after.stream()).map(ItemId::path).distinct();
    }
}
