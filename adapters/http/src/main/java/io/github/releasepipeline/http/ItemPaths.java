package io.github.releasepipeline.http;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which files are items. A path belongs to the first kind whose glob matches it. */
public final class ItemPaths {
    private static final Comparator<ChangedItem> BY_PATH = Comparator.comparing(
            change -> change.id().path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final List<Kind> kinds;

    private record Kind(String name, Predicate<String> paths) {}

    /** Files of these kinds. */
    public ItemPaths(List<ItemKind> kinds) {
        this.kinds =
                kinds.stream().map(kind -> new Kind(kind.name(), kind.paths())).toList();
    }

    /**
     * The items among changed files, in canonical order of the path. A file that is renamed into the paths of items is a
     * new item, one that is renamed out of them a deleted one.
     */
    public List<ChangedItem> changed(Collection<ChangedFile> files) {
        return files.stream().flatMap(this::changed).distinct().sorted(BY_PATH).toList();
    }

    private Stream<ChangedItem> changed(ChangedFile file) {
        Optional<ItemId> before = file.before().flatMap(this::item);
        Optional<ItemId> after = file.after().flatMap(this::item);
        return before.isEmpty() && after.isEmpty() ? Stream.of() : Stream.of(new ChangedItem(before, after));
    }

    private Optional<ItemId> item(String path) {
        return kinds.stream()
                .filter(kind -> kind.paths.test(path))
                .findFirst()
                .map(kind -> new ItemId(kind.name, path));
    }
}
