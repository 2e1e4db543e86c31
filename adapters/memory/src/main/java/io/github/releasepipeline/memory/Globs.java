package io.github.releasepipeline.memory;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells which files are items. */
final class Globs {
    private final List<Kind> kinds;

    private record Kind(String name, Predicate<String> paths) {}

    Globs(List<ItemKind> kinds) {
        this.kinds =
                kinds.stream().map(kind -> new Kind(kind.name(), kind.paths())).toList();
    }

    /** The item at a path; empty if no kind owns it. */
    Optional<ItemId> item(String path) {
        return kinds.stream()
                .filter(kind -> kind.paths.test(path))
                .findFirst()
                .map(kind -> new ItemId(kind.name, path));
    }

    Manifest manifest(Commit commit) {
        List<Item> items = new ArrayList<>();
        commit.tree()
                .entries()
                .forEach(file -> item(file.getKey())
                        .ifPresent(id -> items.add(new Item(id, file.getValue().digest()))));
        return new Manifest(items);
    }
}
