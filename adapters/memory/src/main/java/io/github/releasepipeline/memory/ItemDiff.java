package io.github.releasepipeline.memory;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Net item changes between two commits, renames recognised by what two texts have in common. */
final class ItemDiff {
    /** From here on a deleted and a created item count as one that was renamed. */
    private static final double ALIKE = 0.6;

    private static final Comparator<ItemChange> BY_PATH = Comparator.comparing(
            change -> change.id().path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Globs globs;

    ItemDiff(Globs globs) {
        this.globs = globs;
    }

    List<ItemChange> changes(Optional<Commit> from, Commit to) {
        Map<String, Item> before =
                from.map(globs::manifest).orElseGet(Manifest::empty).byPath();
        List<ItemChange> changes = new ArrayList<>();
        List<Item> created = new ArrayList<>();
        for (Item item : globs.manifest(to).items()) {
            Item old = before.remove(item.id().path());
            if (old == null) {
                created.add(item);
            } else if (!old.equals(item)) {
                changes.add(ItemChange.changed(old, item));
            }
        }
        List<Item> deleted = new ArrayList<>(before.values());
        from.ifPresent(commit -> changes.addAll(renames(commit, deleted, to, created)));
        created.forEach(item -> changes.add(ItemChange.created(item)));
        deleted.forEach(item -> changes.add(ItemChange.deleted(item)));
        changes.sort(BY_PATH);
        return List.copyOf(changes);
    }

    /** Takes pairs out of both lists, the most alike first. */
    private static List<ItemChange> renames(Commit from, List<Item> deleted, Commit to, List<Item> created) {
        List<Pair> pairs = new ArrayList<>();
        for (Item old : deleted) {
            for (Item now : created) {
                double likeness = blob(from, old).similarity(blob(to, now));
                if (likeness >= ALIKE) {
                    pairs.add(new Pair(old, now, likeness));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::likeness).reversed());
        List<ItemChange> renames = new ArrayList<>();
        for (Pair pair : pairs) {
            if (deleted.contains(pair.before) && created.contains(pair.after)) {
                deleted.remove(pair.before);
                created.remove(pair.after);
                renames.add(ItemChange.changed(pair.before, pair.after));
            }
        }
        return renames;
    }

    private static Blob blob(Commit commit, Item item) {
        return commit.tree().get(item.id().path()).orElseThrow();
    }

    private record Pair(Item before, Item after, double likeness) {}
}
