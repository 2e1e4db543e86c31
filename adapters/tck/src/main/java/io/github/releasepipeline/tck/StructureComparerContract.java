package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.StructureComparer;
import io.github.releasepipeline.difference.StructureComparer.State;
import io.github.releasepipeline.difference.ValueChange;
import io.github.releasepipeline.error.AdapterException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link StructureComparer} of JSON items does. */
public abstract class StructureComparerContract {
    private static final String FLOW = """
            {"name": "invoice", "nodes": [{"id": "read", "timeout": 5}, {"id": "book"}], "on": true}""";

    /** For subclasses. */
    protected StructureComparerContract() {}

    /** The port under test. */
    protected abstract StructureComparer comparer();

    @Test
    void another_layout_and_another_order_of_members_are_no_change() {
        assertThat(changes("{\"a\":1,\"b\":[1,2]}", " {\n \"b\" : [ 1 , 2 ],\r\n\t\"a\":1 }\n"))
                .isEmpty();
    }

    @Test
    void members_are_added_removed_and_changed_with_their_values() {
        assertThat(changes("{\"gone\":{\"x\":1},\"mod\":\"old\"}", "{\"mod\":\"new\",\"new\":[true,null]}"))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactlyInAnyOrder(
                        tuple("/gone", "{\"x\":1}", null),
                        tuple("/mod", "\"old\"", "\"new\""),
                        tuple("/new", null, "[true,null]"));
    }

    @Test
    void a_value_of_another_type_is_one_change() {
        assertThat(changes("{\"a\":{\"b\":1}}", "{\"a\":[1]}"))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactly(tuple("/a", "{\"b\":1}", "[1]"));
        assertThat(changes("{\"a\":null}", "{}"))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactly(tuple("/a", "null", null));
    }

    @Test
    void names_in_pointers_are_escaped() {
        assertThat(changes("{\"a/b\":{\"c~d\":{\"\":1}}}", "{\"a/b\":{\"c~d\":{\"\":2}}}"))
                .extracting(ValueChange::pointer)
                .containsExactly("/a~1b/c~0d/");
    }

    @Test
    void an_element_inserted_among_named_ones_is_one_addition() {
        String inserted = FLOW.replace("[{", "[{\"id\": \"validation\", \"strict\": true}, {");

        assertThat(changes(FLOW, inserted)).singleElement().satisfies(change -> {
            assertThat(change.isAddition()).isTrue();
            assertThat(change.pointer()).isEqualTo("/nodes/0");
            assertThat(change.label()).isEqualTo("validation node");
            assertThat(change.after()).contains("{\"id\":\"validation\",\"strict\":true}");
        });
        assertThat(changes(inserted, FLOW)).singleElement().satisfies(change -> {
            assertThat(change.isRemoval()).isTrue();
            assertThat(change.pointer()).isEqualTo("/nodes/0");
        });
    }

    @Test
    void a_change_within_a_named_element_tells_whose_it_is_wherever_the_element_stands() {
        String moved = "{\"name\": \"invoice\", \"nodes\": [{\"id\": \"new\"}, {\"id\": \"read\", \"timeout\": 9},"
                + " {\"id\": \"book\"}], \"on\": true}";

        assertThat(changes(FLOW, moved))
                .extracting(ValueChange::pointer, ValueChange::label)
                .containsExactly(
                        Tuple.tuple("/nodes/0", "new node"), Tuple.tuple("/nodes/1/timeout", "timeout of read node"));
    }

    @Test
    void elements_in_another_order_are_one_change_of_their_list() {
        String swapped =
                "{\"name\": \"invoice\", \"nodes\": [{\"id\": \"book\"}, {\"id\": \"read\", \"timeout\": 5}], \"on\": true}";

        assertThat(changes(FLOW, swapped)).singleElement().satisfies(change -> {
            assertThat(change.pointer()).isEqualTo("/nodes");
            assertThat(change.before()).contains("[\"read\",\"book\"]");
            assertThat(change.after()).contains("[\"book\",\"read\"]");
        });
    }

    @Test
    void an_element_inserted_among_unnamed_ones_is_one_addition() {
        assertThat(changes("[1,2,3,4]", "[1,2,\"x\",3,4]"))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactly(tuple("/2", null, "\"x\""));
        assertThat(changes("[[1],[2],[3],[2]]", "[[0],[1],[3],[2],[9]]"))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactlyInAnyOrder(
                        tuple("/0", null, "[0]"), tuple("/1", "[2]", null), tuple("/4", null, "[9]"));
    }

    @Test
    void elements_with_the_same_name_twice_are_told_by_their_content() {
        assertThat(changes("[{\"id\":1},{\"id\":1}]", "[{\"id\":1},{\"id\":1},{\"id\":2}]"))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactly(tuple("/2", null, "{\"id\":2}"));
    }

    @Test
    void an_item_that_is_new_or_gone_is_one_change_of_the_whole() {
        assertThat(compared(comparer().compare(Optional.empty(), Optional.of(text("{}")))))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactly(tuple("", null, "{}"));
        assertThat(compared(comparer().compare(Optional.of(text("7")), Optional.empty())))
                .extracting(ValueChange::pointer, ValueChange::before, ValueChange::after)
                .containsExactly(tuple("", "7", null));
    }

    // hostile items

    @Test
    void what_is_not_json_is_answered_with_the_place() {
        assertThat(reason("{\n\"a\": 1,\n oops }")).contains("'flow.json'").contains("line 3");
        for (String text : List.of("", " ", "{", "{\"a\":1} {", "{\"a\":1},", "NaN", "'a'", "\u0000\u0001binary")) {
            assertThat(reason(text)).as("'%s'", text).contains("flow.json", "not JSON");
        }
    }

    @Test
    void a_member_that_stands_twice_is_answered_as_not_comparable() {
        assertThat(reason("{\"prompt\": \"a\", \"prompt\": \"b\"}")).containsIgnoringCase("duplicate");
    }

    @Test
    void bytes_that_are_no_text_are_answered_as_not_comparable() {
        assertThat(reason(state(new byte[] {'"', (byte) 0xC3, '(', '"'}))).contains("UTF-8");
        assertThat(reason(state(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1}))).contains("UTF-8");
    }

    @Test
    void a_document_nested_without_end_is_answered_as_not_comparable() {
        assertThat(reason("[".repeat(200_000))).contains("flow.json");
        assertThat(reason("{\"a\":".repeat(200_000))).contains("flow.json");
    }

    @Test
    void an_item_of_fifty_megabytes_is_answered_with_its_size_and_not_read() {
        State huge = new TextState(50L << 20, () -> {
            throw new AssertionError("was opened");
        });

        assertThat(reason(huge)).contains("too large", "50 MB");
        StructuralDifference other = comparer().compare(Optional.of(huge), Optional.of(text("{}")));
        assertThat(other).isInstanceOf(StructuralDifference.NotCompared.class);
    }

    @Test
    void a_list_without_end_of_small_values_stays_within_bounds() {
        String small = "[" + "{},".repeat(900_000) + "{}]";

        assertThat(reason(small)).contains("flow.json");
    }

    @Test
    void numbers_of_any_size_are_compared() {
        assertThat(changes("[1e999999999, 1.50]", "[1e999999999, 1.5]")).isEmpty();
        assertThat(changes("{\"a\": 12345678901234567890}", "{\"a\": 12345678901234567891}"))
                .hasSize(1);
    }

    @Test
    void a_label_is_one_line_that_keeps_its_direction() {
        String hostile = "\\u202Etxt\\n<b>" + "x".repeat(10_000);

        assertThat(changes("{}", "{\"" + hostile + "\": 1}"))
                .singleElement()
                .satisfies(change ->
                        assertThat(change.label()).hasSizeLessThan(200).doesNotContain("\u202E", "\n"));
    }

    @Test
    void long_lists_that_differ_everywhere_are_compared_in_bounded_time() {
        StringBuilder before = new StringBuilder("[0");
        StringBuilder after = new StringBuilder("[1");
        for (int i = 0; i < 100_000; i++) {
            before.append(",").append(2 * i);
            after.append(",").append(2 * i + 1);
        }

        StructuralDifference difference =
                comparer().compare(Optional.of(text(before + "]")), Optional.of(text(after + "]")));

        assertThat(difference)
                .isInstanceOfSatisfying(
                        StructuralDifference.Compared.class,
                        compared -> assertThat(compared.changes().size() + compared.omitted())
                                .isEqualTo(100_001));
    }

    @Test
    void what_the_repository_throws_passes_through() {
        AdapterException lost = AdapterException.passing("lost", null);
        State broken = new TextState(2, () -> {
            throw lost;
        });

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> comparer().compare(Optional.empty(), Optional.of(broken)))
                .isSameAs(lost);
    }

    private List<ValueChange> changes(String before, String after) {
        return compared(comparer().compare(Optional.of(text(before)), Optional.of(text(after))));
    }

    private static List<ValueChange> compared(StructuralDifference difference) {
        assertThat(difference).isInstanceOf(StructuralDifference.Compared.class);
        return ((StructuralDifference.Compared) difference).changes();
    }

    private String reason(String text) {
        return reason(text(text));
    }

    private String reason(State state) {
        StructuralDifference difference = comparer().compare(Optional.of(text("{}")), Optional.of(state));
        assertThat(difference).isInstanceOf(StructuralDifference.NotCompared.class);
        return ((StructuralDifference.NotCompared) difference).reason();
    }

    private static Tuple tuple(String pointer, @Nullable String before, @Nullable String after) {
        return Tuple.tuple(pointer, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    private static State text(String text) {
        return state(text.getBytes(StandardCharsets.UTF_8));
    }

    private static State state(byte[] bytes) {
        return new TextState(bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private record TextState(long bytes, Supplier<InputStream> content) implements State {
        @Override
        public String path() {
            return "flow.json";
        }

        @Override
        public InputStream open() {
            return content.get();
        }
    }
}
