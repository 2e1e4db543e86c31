package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.json.Alignment.Pair;
import java.util.List;

/**
 * Aligns elements without names: those that are equal at both ends and a longest common subsequence in between are the
 * same, what stands opposite to each other in a gap was changed, the rest is new or gone. Between long lists whose middles
 * differ no subsequence is looked for, so that the effort stays bounded.
 */
final class Sequences {
    private static final int MAX_CELLS = 160_000;

    private final JsonNode before;
    private final JsonNode after;
    private final List<Pair> pairs;
    private final List<Integer> removed;

    private Sequences(JsonNode before, JsonNode after, List<Pair> pairs, List<Integer> removed) {
        this.before = before;
        this.after = after;
        this.pairs = pairs;
        this.removed = removed;
    }

    static void align(JsonNode before, JsonNode after, List<Pair> pairs, List<Integer> removed) {
        new Sequences(before, after, pairs, removed).align();
    }

    private void align() {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && same(head, head)) {
            pairs.add(new Pair(head, head));
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && same(before.size() - 1 - tail, after.size() - 1 - tail)) {
            tail++;
        }
        middle(head, before.size() - tail, after.size() - tail);
        for (int i = tail; i > 0; i--) {
            pairs.add(new Pair(before.size() - i, after.size() - i));
        }
    }

    private void middle(int from, int endBefore, int endAfter) {
        int rows = endBefore - from;
        int columns = endAfter - from;
        if ((long) rows * columns > MAX_CELLS) {
            gap(from, endBefore, from, endAfter);
            return;
        }
        int[][] longest = longest(from, rows, columns);
        int row = 0;
        int column = 0;
        int gapRow = 0;
        int gapColumn = 0;
        while (row < rows && column < columns) {
            if (longest[row][column] == longest[row + 1][column]) {
                row++;
            } else if (longest[row][column] == longest[row][column + 1]) {
                column++;
            } else {
                gap(from + gapRow, from + row, from + gapColumn, from + column);
                pairs.add(new Pair(from + row, from + column));
                gapRow = ++row;
                gapColumn = ++column;
            }
        }
        gap(from + gapRow, endBefore, from + gapColumn, endAfter);
    }

    private int[][] longest(int from, int rows, int columns) {
        int[][] longest = new int[rows + 1][columns + 1];
        for (int row = rows - 1; row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                longest[row][column] = same(from + row, from + column)
                        ? longest[row + 1][column + 1] + 1
                        : Math.max(longest[row + 1][column], longest[row][column + 1]);
            }
        }
        return longest;
    }

    private void gap(int fromBefore, int endBefore, int fromAfter, int endAfter) {
        int changed = Math.min(endBefore - fromBefore, endAfter - fromAfter);
        for (int i = 0; i < changed; i++) {
            pairs.add(new Pair(fromBefore + i, fromAfter + i));
        }
        for (int i = fromAfter + changed; i < endAfter; i++) {
            pairs.add(new Pair(-1, i));
        }
        for (int i = fromBefore + changed; i < endBefore; i++) {
            removed.add(i);
        }
    }

    private boolean same(int old, int now) {
        return JsonComparison.same(before.get(old), after.get(now));
    }
}
