package io.github.releasepipeline.release;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.version.VersionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A plan without the single items.
 *
 * @param digest digest of the whole plan
 * @param observed digest of what the environment held when it was made
 * @param created how many items of each kind will be created
 * @param updated how many items of each kind will be updated
 * @param deleted how many items of each kind will be deleted
 * @param rollbackTarget the version a rollback would go back to; absent if there is none
 */
public record PlanSummary(
        Digest digest,
        Digest observed,
        ItemCounts created,
        ItemCounts updated,
        ItemCounts deleted,
        Optional<VersionId> rollbackTarget) {
    /**
     * What will be done, as a page shows it: {@code 2 workflows will be updated}, {@code 1 agent will be created}, {@code 0
     * processors will be deleted}. What will not be done at all is told for the one kind that nothing else is told of, or for
     * items.
     *
     * @param kinds names of the kinds that are managed
     */
    public List<String> sentences(List<String> kinds) {
        Set<String> silent = new LinkedHashSet<>(kinds);
        List.of(updated, created, deleted)
                .forEach(counts -> silent.removeAll(counts.byKind().keySet()));
        String nothing = silent.size() == 1 ? silent.iterator().next() : "item";
        return Stream.of(
                        sentences(updated, "updated", nothing),
                        sentences(created, "created", nothing),
                        sentences(deleted, "deleted", nothing))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> sentences(ItemCounts counts, String done, String nothing) {
        return counts.byKind().isEmpty()
                ? List.of("0 " + nothing + "s will be " + done)
                : counts.byKind().entrySet().stream()
                        .map(entry -> ItemCounts.count(entry.getValue(), entry.getKey()) + " will be " + done)
                        .toList();
    }
}
