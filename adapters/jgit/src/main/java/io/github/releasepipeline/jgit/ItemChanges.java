package io.github.releasepipeline.jgit;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/** Net item changes between commits, with digests. */
final class ItemChanges {
    private static final Comparator<ItemChange> BY_PATH = Comparator.comparing(
            change -> change.id().path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final ItemPaths paths;
    private final BlobDigests digests;

    ItemChanges(List<ItemKind> kinds, BlobDigests digests) {
        this(new ItemPaths(kinds), digests);
    }

    ItemChanges(ItemPaths paths, BlobDigests digests) {
        this.paths = paths;
        this.digests = digests;
    }

    ItemPaths paths() {
        return paths;
    }

    /** In canonical order of the path. */
    List<ItemChange> between(ObjectReader reader, Optional<RevCommit> from, RevCommit to) throws IOException {
        List<Side> sides = new ArrayList<>();
        for (DiffEntry entry : new TreeDiff(reader, paths).between(from, to)) {
            // A copy leaves its source where it was, so it is a new item.
            boolean hasOld = entry.getChangeType() != ChangeType.ADD && entry.getChangeType() != ChangeType.COPY;
            boolean hasNew = entry.getChangeType() != ChangeType.DELETE;
            sides.add(new Side(
                    hasOld
                            ? file(
                                    entry.getOldPath(),
                                    entry.getOldMode(),
                                    entry.getOldId().toObjectId())
                            : Optional.empty(),
                    hasNew
                            ? file(
                                    entry.getNewPath(),
                                    entry.getNewMode(),
                                    entry.getNewId().toObjectId())
                            : Optional.empty()));
        }
        Map<ObjectId, Digest> byBlob = digests.of(sides.stream()
                .flatMap(side -> Arrays.asList(side.before, side.after).stream())
                .flatMap(Optional::stream)
                .map(File::blob)
                .toList());
        return joinSamePath(sides, byBlob);
    }

    private Optional<File> file(String path, FileMode mode, ObjectId blob) {
        return TreeDiff.isFile(mode)
                ? paths.kindOf(path).map(kind -> new File(new ItemId(kind, path), blob))
                : Optional.empty();
    }

    /** A file that became a link is one deletion and one creation to JGit; to us the item changed. */
    private static List<ItemChange> joinSamePath(List<Side> sides, Map<ObjectId, Digest> byBlob) {
        List<ItemChange> changes = new ArrayList<>();
        Map<String, Item> deleted = new TreeMap<>();
        for (Side side : sides) {
            if (side.before.isPresent() && side.after.isEmpty()) {
                Item item = side.before.get().item(byBlob);
                deleted.put(item.id().path(), item);
            }
        }
        for (Side side : sides) {
            if (side.after.isPresent()) {
                Item after = side.after.get().item(byBlob);
                Optional<Item> before = side.before
                        .map(file -> file.item(byBlob))
                        .or(() -> Optional.ofNullable(deleted.remove(after.id().path())));
                if (!before.equals(Optional.of(after))) {
                    changes.add(new ItemChange(before, Optional.of(after)));
                }
            }
        }
        deleted.values().forEach(item -> changes.add(ItemChange.deleted(item)));
        changes.sort(BY_PATH);
        return changes;
    }

    private record File(ItemId id, ObjectId blob) {
        Item item(Map<ObjectId, Digest> byBlob) {
            return new Item(id, Objects.requireNonNull(byBlob.get(blob)));
        }
    }

    private record Side(Optional<File> before, Optional<File> after) {}
}
