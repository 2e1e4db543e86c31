package io.github.releasepipeline.examples.forgetable;

import io.github.releasepipeline.item.ItemKind;
import java.util.ArrayList;
import java.util.List;

/** What {@code --items} means. */
final class Kinds {
    private Kinds() {}

    /** Kinds by {@code KIND=GLOB}; every file, if nothing is said. */
    static List<ItemKind> of(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of(ItemKind.of("file", "**"));
        }
        List<ItemKind> kinds = new ArrayList<>();
        for (String text : texts) {
            ItemKind kind = kind(text);
            if (kinds.stream().anyMatch(known -> known.name().equals(kind.name()))) {
                throw new UserMistake("--items names the kind '" + kind.name() + "' twice");
            }
            kinds.add(kind);
        }
        return List.copyOf(kinds);
    }

    private static ItemKind kind(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new UserMistake(
                    "--items wants KIND=GLOB, for example workflow=workflows/**/*.json, not '" + text + "'");
        }
        try {
            return ItemKind.of(text.substring(0, equals), text.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--items: " + e.getMessage());
        }
    }
}
