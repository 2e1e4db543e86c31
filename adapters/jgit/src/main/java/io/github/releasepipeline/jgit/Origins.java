package io.github.releasepipeline.jgit;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/** Finds which merges and which other commits brought net changes. */
final class Origins {
    private final OpenRepository repository;
    private final ItemChanges changes;

    Origins(OpenRepository repository, ItemChanges changes) {
        this.repository = repository;
        this.changes = changes;
    }

    List<ChangeOrigin> of(ObjectReader reader, Optional<RevCommit> from, RevCommit to, Collection<MergedRange> merges)
            throws IOException {
        List<ItemChange> net = changes.between(reader, from, to);
        if (net.isEmpty()) {
            return List.of();
        }
        CommitGraph graph =
                CommitGraph.read(repository, reader, List.of(to), from.stream().toList());
        ItemHistory history = ItemHistory.read(graph, new TreeDiff(reader, changes.paths()));
        SortedMap<Integer, Set<Integer>> changesByCommit = history.touching(
                net.stream().map(change -> change.before().map(Origins::path)).toList(),
                net.stream().map(change -> change.after().map(Origins::path)).toList());
        return attribute(net, graph, changesByCommit, rangesWithin(graph, merges));
    }

    private static String path(Item item) {
        return item.id().path();
    }

    /** Merges outside the graph are left out; a base outside is reachable from {@code from}, which excludes it already. */
    private static List<RangeSweep.Range> rangesWithin(CommitGraph graph, Collection<MergedRange> merges) {
        List<RangeSweep.Range> ranges = new ArrayList<>();
        for (MergedRange merge : Set.copyOf(merges)) {
            int number = graph.number(ObjectIds.of(merge.merge()));
            if (number >= 0) {
                ranges.add(new RangeSweep.Range(graph.number(ObjectIds.of(merge.base())), number));
            }
        }
        return ranges;
    }

    private static List<ChangeOrigin> attribute(
            List<ItemChange> net,
            CommitGraph graph,
            Map<Integer, Set<Integer>> changesByCommit,
            List<RangeSweep.Range> ranges) {
        List<SortedSet<Integer>> mergesOf = new ArrayList<>();
        List<List<CommitId>> directOf = new ArrayList<>();
        net.forEach(change -> {
            mergesOf.add(new TreeSet<>());
            directOf.add(new ArrayList<>());
        });
        boolean[] merged = new boolean[graph.size()];
        new RangeSweep(graph).run(ranges, (range, commit) -> {
            merged[commit] = true;
            changesByCommit
                    .getOrDefault(commit, Set.of())
                    .forEach(
                            change -> mergesOf.get(change).add(ranges.get(range).merge()));
        });
        changesByCommit.forEach((commit, touched) -> {
            if (!merged[commit]) {
                touched.forEach(change -> directOf.get(change).add(ObjectIds.of(graph.commit(commit))));
            }
        });
        List<ChangeOrigin> origins = new ArrayList<>();
        for (int i = 0; i < net.size(); i++) {
            List<CommitId> brought = mergesOf.get(i).stream()
                    .map(number -> ObjectIds.of(graph.commit(number)))
                    .toList();
            origins.add(new ChangeOrigin(net.get(i), brought, directOf.get(i)));
        }
        return origins;
    }
}
