package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.store.PageRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What arguments mean, and which go together. */
final class Arguments {
    private static final String FORM = "KIND=GLOB, for example workflow=workflows/**/*.json";

    private Arguments() {}

    static void requireTogether(
            @Nullable Path repository,
            @Nullable Path data,
            @Nullable Path journal,
            List<String> items,
            @Nullable Integer limit) {
        if (data != null && data.toString().isEmpty()) {
            throw new UserMistake("--data wants a folder, not an empty name");
        }
        if (repository == null && !items.isEmpty()) {
            throw new UserMistake("--items needs --repo: the story has its own items");
        }
        if (repository == null && limit != null) {
            throw new UserMistake("--limit needs --repo");
        }
        if (repository != null && (data != null || journal != null)) {
            throw new UserMistake(
                    "--repo only reads: it cannot be used with " + (data != null ? "--data" : "--journal"));
        }
    }

    static List<ItemKind> kinds(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of(ItemKind.of("file", "**"));
        }
        List<ItemKind> kinds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw new UserMistake("--items wants " + FORM + ", not '" + text + "'");
            }
            kinds.add(kind(text.substring(0, equals), text.substring(equals + 1)));
            if (!names.add(text.substring(0, equals))) {
                throw new UserMistake("--items names the kind '" + text.substring(0, equals) + "' twice");
            }
        }
        return List.copyOf(kinds);
    }

    private static ItemKind kind(String name, String glob) {
        try {
            return ItemKind.of(name, glob);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--items: " + e.getMessage());
        }
    }

    static int rows(int limit) {
        if (limit < 1 || limit > PageRequest.MAX_SIZE) {
            throw new UserMistake("--limit is 1 to " + PageRequest.MAX_SIZE + ", not " + limit);
        }
        return limit;
    }
}
