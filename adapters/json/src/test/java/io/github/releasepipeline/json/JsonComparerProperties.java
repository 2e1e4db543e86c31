package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.StructureComparer.State;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Documents of any shape; the oracle is Java's own equality of lists and maps. */
class JsonComparerProperties {
    @Property(tries = 500)
    void there_is_a_change_exactly_if_the_values_differ(
            @ForAll("values") Object before, @ForAll("values") Object after) {
        assertThat(changes(json(before), json(after)) == 0).isEqualTo(before.equals(after));
    }

    @Property(tries = 200)
    void a_document_does_not_differ_from_itself(@ForAll("values") Object value) {
        assertThat(changes(json(value), " " + json(value) + "\n")).isZero();
    }

    @Property(tries = 200)
    void an_element_inserted_anywhere_is_one_change(
            @ForAll List<Integer> list, @ForAll int place, @ForAll("values") Object value) {
        List<Object> longer = new ArrayList<>(list);
        longer.add(Math.floorMod(place, list.size() + 1), Map.of("inserted", value));

        assertThat(changes(json(list), json(longer))).isEqualTo(1);
    }

    @Property(tries = 500)
    void bytes_of_any_kind_are_answered(@ForAll byte[] before, @ForAll byte[] after) {
        assertThat(JsonComparer.standard().compare(state(before), state(after))).isNotNull();
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 3).map(Object.class::cast),
                Arbitraries.of("a", "b", "id", "", "/~").map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        return Arbitraries.recursive(() -> scalars, this::container, 0, 3);
    }

    private Arbitrary<Object> container(Arbitrary<Object> inner) {
        return Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(Object.class::cast),
                Arbitraries.maps(Arbitraries.of("id", "name", "a", "x/y"), inner)
                        .ofMaxSize(3)
                        .map(Object.class::cast));
    }

    private static int changes(String before, String after) {
        StructuralDifference difference = JsonComparer.standard()
                .compare(state(before.getBytes(StandardCharsets.UTF_8)), state(after.getBytes(StandardCharsets.UTF_8)));
        assertThat(difference).isInstanceOf(StructuralDifference.Compared.class);
        return ((StructuralDifference.Compared) difference).changes().size();
    }

    private static String json(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(JsonComparerProperties::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value instanceof String text ? "\"" + text + "\"" : value.toString();
    }

    static Optional<State> state(byte[] bytes) {
        return Optional.of(new State() {
            @Override
            public String path() {
                return "flow.json";
            }

            @Override
            public long bytes() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        });
    }
}
