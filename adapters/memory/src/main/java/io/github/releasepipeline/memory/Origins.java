package io.github.releasepipeline.memory;

import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which merges and commits of a range brought a change. */
final class Origins {
    private final CommitGraph graph;
    private final ItemDiff diff;
    /** The commits in question, newest first. */
    private final List<Commit> range;
    /** What each merge inside the range brought, newest merge first. */
    private final Map<CommitId, Set<CommitId>> merges = new LinkedHashMap<>();

    Origins(CommitGraph graph, ItemDiff diff, List<Commit> range, Collection<MergedRange> merges) {
        this.graph = graph;
        this.diff = diff;
        this.range = range;
        Set<CommitId> inside = range.stream().map(Commit::id).collect(Collectors.toSet());
        merges.stream()
                .filter(merged -> inside.contains(merged.merge()))
                .sorted(Comparator.comparingLong((MergedRange merged) ->
                                graph.get(merged.merge()).number())
                        .reversed())
                .forEach(merged -> this.merges.put(
                        merged.merge(),
                        graph.range(Optional.of(merged.base()), merged.merge()).stream()
                                .map(Commit::id)
                                .collect(Collectors.toSet())));
    }

    ChangeOrigin of(ItemChange change) {
        List<CommitId> touching = touching(change);
        return new ChangeOrigin(
                change,
                merges.entrySet().stream()
                        .filter(merge -> touching.stream().anyMatch(merge.getValue()::contains))
                        .map(Map.Entry::getKey)
                        .toList(),
                touching.stream()
                        .filter(commit -> merges.values().stream().noneMatch(brought -> brought.contains(commit)))
                        .toList());
    }

    /** Commits that touched the item, newest first, under all the names it had on the way. */
    private List<CommitId> touching(ItemChange change) {
        Set<String> names = Stream.concat(change.before().stream(), change.after().stream())
                .map(item -> item.id().path())
                .collect(Collectors.toCollection(HashSet::new));
        List<CommitId> touching = new ArrayList<>();
        for (Commit commit : range) {
            List<String> touched =
                    names.stream().filter(name -> touches(commit, name)).toList();
            if (!touched.isEmpty()) {
                touching.add(commit.id());
            }
            touched.forEach(name -> earlierName(commit, name).ifPresent(names::add));
        }
        return touching;
    }

    /** A merge touches only what is otherwise in all its parents. */
    private boolean touches(Commit commit, String path) {
        Optional<Blob> now = commit.tree().get(path);
        return commit.parents().isEmpty()
                ? now.isPresent()
                : commit.parents().stream()
                        .noneMatch(parent -> graph.get(parent).tree().get(path).equals(now));
    }

    private Optional<String> earlierName(Commit commit, String path) {
        return commit.parents().stream()
                .map(graph::get)
                .filter(parent -> !parent.tree().has(path))
                .flatMap(parent -> diff.changes(Optional.of(parent), commit).stream())
                .filter(change -> change.type() == ItemChange.Type.RENAMED)
                .filter(change -> change.id().path().equals(path))
                .flatMap(change -> change.before().stream())
                .map(item -> item.id().path())
                .findFirst();
    }
}
