package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which elements of two lists are the same element.
 *
 * @param key the member that names the elements; absent if they are paired by content
 * @param removed indexes of elements that are gone
 * @param pairs elements of the newer list in order
 * @param namesBefore names of the older elements, if there is a key
 * @param namesAfter names of the newer elements, if there is a key
 */
record Alignment(
        Optional<String> key,
        List<Integer> removed,
        List<Pair> pairs,
        List<String> namesBefore,
        List<String> namesAfter) {
    private static final List<String> KEYS = List.of("id", "key", "name");

    /**
     * An element of the newer list.
     *
     * @param before its index in the older list; -1 if it is new
     * @param after its index in the newer list
     */
    record Pair(int before, int after) {}

    static Alignment of(JsonNode before, JsonNode after) {
        for (String key : KEYS) {
            Optional<List<String>> older = names(before, key);
            Optional<List<String>> newer = names(after, key);
            if (older.isPresent() && newer.isPresent() && before.size() + after.size() > 0) {
                return byName(key, older.get(), newer.get());
            }
        }
        List<Pair> pairs = new ArrayList<>();
        List<Integer> removed = new ArrayList<>();
        Sequences.align(before, after, pairs, removed);
        return new Alignment(Optional.empty(), removed, pairs, List.of(), List.of());
    }

    /** Whether elements that are in both lists changed places with each other. */
    boolean reordered() {
        int last = -1;
        for (Pair pair : pairs) {
            if (key.isPresent() && pair.before() >= 0) {
                if (pair.before() < last) {
                    return true;
                }
                last = pair.before();
            }
        }
        return false;
    }

    Place place(Place list, JsonNode array, int index) {
        return key.map(name -> list.element(index, array.get(index).get(name).asText()))
                .orElseGet(() -> list.element(index));
    }

    private static Alignment byName(String key, List<String> before, List<String> after) {
        Map<String, Integer> older = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            older.put(before.get(i), i);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            pairs.add(new Pair(older.getOrDefault(after.get(i), -1), i));
        }
        Set<String> newer = new HashSet<>(after);
        List<Integer> removed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!newer.contains(before.get(i))) {
                removed.add(i);
            }
        }
        return new Alignment(Optional.of(key), removed, pairs, before, after);
    }

    /** The elements' names; empty if one has none or two have the same. */
    private static Optional<List<String>> names(JsonNode array, String key) {
        List<String> names = new ArrayList<>();
        for (JsonNode element : array) {
            JsonNode name = element.get(key);
            if (name == null || !(name.isTextual() || name.isIntegralNumber())) {
                return Optional.empty();
            }
            names.add(name.asText());
        }
        return new HashSet<>(names).size() == names.size() ? Optional.of(names) : Optional.empty();
    }
}
