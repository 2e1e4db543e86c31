package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SortedProperties {
    @Property(tries = 200)
    void it_holds_what_a_tree_map_holds_and_older_copies_do_not_change(
            @ForAll @Size(max = 200) List<@IntRange(min = -40, max = 40) Integer> steps,
            @ForAll @IntRange(min = -41, max = 41) int from) {
        TreeMap<Integer, String> expected = new TreeMap<>();
        Sorted<Integer, String> sorted = Sorted.empty();
        for (int step : steps) {
            Sorted<Integer, String> before = sorted;
            List<String> valuesBefore = List.copyOf(expected.values());
            int key = Math.abs(step);
            if (step < 0) {
                expected.remove(key);
                sorted = sorted.without(key);
            } else {
                String value = key + "/" + expected.size();
                expected.put(key, value);
                sorted = sorted.with(key, value);
            }
            assertThat(before.values()).isEqualTo(valuesBefore);
        }

        assertThat(sorted.keys()).containsExactlyElementsOf(expected.keySet());
        assertThat(sorted.values()).containsExactlyElementsOf(expected.values());
        assertThat(sorted.before(from))
                .isEqualTo(Optional.ofNullable(expected.lowerEntry(from)).map(Map.Entry::getValue));
        assertThat(sorted.after(from))
                .containsExactlyElementsOf(expected.tailMap(from, false).values());
        assertThat(sorted.get(from).isPresent()).isEqualTo(expected.containsKey(from));
    }

    @Example
    void ascending_keys_do_not_make_it_deep() {
        Sorted<Integer, Integer> sorted = Sorted.empty();
        for (int i = 0; i < 100_000; i++) {
            sorted = sorted.with(i, i);
        }

        assertThat(sorted.height()).isLessThan(25);
        assertThat(sorted.after(99_990)).hasSize(9);
    }
}
