package io.github.releasepipeline.jgit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tells for many ranges at once which commits belong to each: those reachable from its merge and not from its base.
 *
 * <p>Sixty-four ranges share one sweep over the commits, each with one bit. A sweep begins at the newest of its merges
 * and ends as soon as no commit ahead can belong to a range, so ranges that are neighbours in history cost together
 * about as much as the commits they hold. Nested and overlapping ranges come out right.
 */
final class RangeSweep {
    private static final int AT_ONCE = Long.SIZE;

    private final CommitGraph graph;
    private final long[] reached;
    private final long[] excluded;

    RangeSweep(CommitGraph graph) {
        this.graph = graph;
        this.reached = new long[graph.size()];
        this.excluded = new long[graph.size()];
    }

    /**
     * A range in numbers of the graph.
     *
     * @param base -1 if it is outside the graph, where it excludes nothing
     */
    record Range(int base, int merge) {}

    /** Told once for each commit of each range; for one range, newest commit first. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A commit belongs to a range.
         *
         * @param range its place in the given list
         */
        void visit(int range, int commit);
    }

    void run(List<Range> ranges, Visitor visitor) {
        Integer[] newestFirst = new Integer[ranges.size()];
        Arrays.setAll(newestFirst, i -> i);
        Arrays.sort(newestFirst, Comparator.comparingInt(i -> ranges.get(i).merge()));
        for (int first = 0; first < newestFirst.length; first += AT_ONCE) {
            Integer[] chunk = Arrays.copyOfRange(newestFirst, first, Math.min(first + AT_ONCE, newestFirst.length));
            sweep(ranges, chunk, visitor);
        }
    }

    private void sweep(List<Range> ranges, Integer[] chunk, Visitor visitor) {
        int begin = graph.size();
        int horizon = -1;
        int touched = -1;
        for (int bit = 0; bit < chunk.length; bit++) {
            Range range = ranges.get(chunk[bit]);
            reached[range.merge()] |= 1L << bit;
            begin = Math.min(begin, range.merge());
            horizon = Math.max(horizon, range.merge());
            if (range.base() >= 0) {
                excluded[range.base()] |= 1L << bit;
                begin = Math.min(begin, range.base());
                touched = Math.max(touched, range.base());
            }
        }
        for (int commit = begin; commit <= horizon; commit++) {
            long in = reached[commit] & ~excluded[commit];
            for (int parent : graph.parents(commit)) {
                // A commit of a range is the range's merge or the parent of another commit of it.
                reached[parent] |= in;
                excluded[parent] |= excluded[commit];
                touched = Math.max(touched, parent);
                horizon = in == 0 ? horizon : Math.max(horizon, parent);
            }
            for (long rest = in; rest != 0; rest &= rest - 1) {
                visitor.visit(chunk[Long.numberOfTrailingZeros(rest)], commit);
            }
        }
        int end = Math.max(horizon, touched) + 1;
        if (begin < end) {
            Arrays.fill(reached, begin, end, 0);
            Arrays.fill(excluded, begin, end, 0);
        }
    }
}
