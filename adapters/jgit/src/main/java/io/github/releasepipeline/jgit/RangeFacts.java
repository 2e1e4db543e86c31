package io.github.releasepipeline.jgit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What the commits of one pull request tell together.
 *
 * @param oldest the oldest of them in history
 * @param firstAuthored when the first of them was written
 * @param forks commits outside that they build upon, at most two: more make no difference
 */
record RangeFacts(ObjectId oldest, Instant firstAuthored, List<ObjectId> forks) {
    /** The facts of each range, in the same order. No range may be empty. */
    static List<RangeFacts> of(CommitGraph graph, List<RangeSweep.Range> ranges) {
        List<Collector> collectors = new ArrayList<>();
        ranges.forEach(range -> collectors.add(new Collector(graph)));
        new RangeSweep(graph)
                .run(ranges, (range, commit) -> collectors.get(range).add(commit));
        return collectors.stream().map(Collector::facts).toList();
    }

    private static final class Collector {
        private static final int MANY = 2;

        private final CommitGraph graph;
        private int oldest;
        private long firstAuthored = Long.MAX_VALUE;
        private final List<ObjectId> forks = new ArrayList<>(1);

        Collector(CommitGraph graph) {
            this.graph = graph;
        }

        void add(int commit) {
            oldest = commit; // told newest first
            firstAuthored = Math.min(firstAuthored, graph.authored(commit));
            for (RevCommit parent : graph.commit(commit).getParents()) {
                if (forks.size() < MANY && graph.number(parent) < 0 && !forks.contains(parent)) {
                    forks.add(parent.copy());
                }
            }
        }

        RangeFacts facts() {
            return new RangeFacts(
                    graph.commit(oldest).copy(), Instant.ofEpochSecond(firstAuthored), List.copyOf(forks));
        }
    }
}
