package io.github.releasepipeline.memory;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells which files are items. */
final class Globs {
    private static final Pattern PARTS = Pattern.compile("\\*\\*/|/\\*\\*$|\\*\\*|\\*|\\?|[^*?/]+|/");

    private final List<Kind> kinds;

    private record Kind(String name, Pattern paths) {}

    Globs(List<ItemKind> kinds) {
        this.kinds = kinds.stream()
                .map(kind -> new Kind(kind.name(), pattern(kind.glob())))
                .toList();
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        Matcher parts = PARTS.matcher(glob);
        while (parts.find()) {
            regex.append(
                    switch (parts.group()) {
                        case "**/" -> "(?:.*/)?";
                        case "/**" -> "/.*";
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        case "?" -> "[^/]";
                        default -> Pattern.quote(parts.group());
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** The item at a path; empty if no kind owns it. */
    Optional<ItemId> item(String path) {
        return kinds.stream()
                .filter(kind -> kind.paths.matcher(path).matches())
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
