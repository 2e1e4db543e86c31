package io.github.releasepipeline.item;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many items of each kind; kinds without items are left out.
 *
 * @param byKind kind name to a number above zero, sorted by name
 */
public record ItemCounts(SortedMap<String, Integer> byKind) {
    /** Copies the map. */
    public ItemCounts {
        byKind = Collections.unmodifiableSortedMap(new TreeMap<>(byKind));
    }

    /** Counts kind names. */
    public static ItemCounts of(Collection<String> kinds) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        kinds.forEach(kind -> counts.merge(kind, 1, Integer::sum));
        return new ItemCounts(counts);
    }

    /** Items of all kinds together. */
    public int total() {
        return byKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** So many items of a kind, in words: {@code 2 workflows}. */
    public static String count(int number, String kind) {
        return number + " " + kind + (number == 1 ? "" : "s");
    }

    /** As tables show it: {@code 2 workflows, 1 agent}; {@code no items} if there are none. */
    @Override
    public String toString() {
        return byKind.isEmpty()
                ? "no items"
                : byKind.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(e -> count(e.getValue(), e.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
