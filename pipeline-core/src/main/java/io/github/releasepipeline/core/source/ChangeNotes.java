package io.github.releasepipeline.core.source;

import io.github.releasepipeline.difference.ItemDifference;
import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.difference.ValueChange;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.subject.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a few words what happened to an item. */
final class ChangeNotes {
    private static final int MAX_NAMED = 3;
    private static final int MAX_PATH = 200;

    private ChangeNotes() {}

    /** Whether a difference would tell more: both states are there. */
    static boolean isDetailed(ChangedItem item) {
        return item.before().isPresent() && item.after().isPresent();
    }

    static String note(ChangedItem item, Optional<ItemDifference> difference) {
        Optional<String> updated = difference.flatMap(ChangeNotes::updated);
        if (item.type() == ItemChange.Type.MODIFIED && updated.isPresent()) {
            return "Updated " + updated.get();
        }
        return plain(item)
                + difference
                        .flatMap(ChangeNotes::detail)
                        .map(detail -> " (" + detail + ")")
                        .orElse("");
    }

    static String notCompared(ChangedItem item, String why) {
        return plain(item) + " (not compared: " + Text.shown(why, MAX_PATH) + ")";
    }

    private static String plain(ChangedItem item) {
        return switch (item.type()) {
            case CREATED -> "New " + item.id().kind();
            case DELETED -> "Deleted " + item.id().kind();
            case MODIFIED -> "Modified";
            case RENAMED ->
                "Renamed from " + Text.shown(item.before().orElseThrow().path(), MAX_PATH);
        };
    }

    /** What has another value, if nothing is new or gone. */
    private static Optional<String> updated(ItemDifference difference) {
        return difference.structure() instanceof StructuralDifference.Compared compared
                        && !compared.changes().isEmpty()
                        && compared.changes().stream().noneMatch(change -> change.isAddition() || change.isRemoval())
                ? Optional.of(enumerated(labels(compared), compared.omitted(), " and "))
                : Optional.empty();
    }

    private static Optional<String> detail(ItemDifference difference) {
        if (difference.text() instanceof TextDifference.Compared lines
                && lines.unified().isEmpty()) {
            return Optional.empty(); // only renamed
        }
        if (difference.structure() instanceof StructuralDifference.Compared compared) {
            List<String> words = compared.changes().stream()
                    .map(ChangeNotes::words)
                    .distinct()
                    .toList();
            return Optional.of(words.isEmpty() ? "formatting only" : enumerated(words, compared.omitted(), ", "));
        }
        return difference.text() instanceof TextDifference.Compared lines
                ? Optional.of("+" + lines.added() + " −" + lines.removed() + " lines")
                : Optional.empty();
    }

    private static List<String> labels(StructuralDifference.Compared compared) {
        return compared.changes().stream().map(ValueChange::label).distinct().toList();
    }

    private static String words(ValueChange change) {
        return (change.isAddition() ? "added " : change.isRemoval() ? "removed " : "changed ") + change.label();
    }

    /** The first few, and how many more. */
    private static String enumerated(List<String> words, int omitted, String last) {
        int more = words.size() + omitted - MAX_NAMED;
        if (more > 0) {
            return words.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")) + " and " + more + " more";
        }
        int end = words.size() - 1;
        return end < 1 ? words.get(0) : String.join(", ", words.subList(0, end)) + last + words.get(end);
    }
}
