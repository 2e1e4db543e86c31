package io.github.releasepipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ItemOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemByItemTest {
    private static final int ITEMS = 4;
    private static final Map<String, String> BEFORE = Map.of("flows/1", "old", "flows/2", "old", "flows/gone", "old");

    private final Shelf shelf = new Shelf();
    private final List<String> lines = new ArrayList<>();

    /** Keeps texts by path, and what was there before. */
    private static final class Shelf implements ItemByItem.Place {
        private final Map<String, String> items = new TreeMap<>(BEFORE);
        private final Map<String, Optional<String>> before = new HashMap<>();
        private final List<String> putBack = new ArrayList<>();
        private Optional<String> breaks = Optional.empty();
        private Optional<String> refuses = Optional.empty();
        private Predicate<String> stuck = path -> false;

        @Override
        public Optional<String> write(ItemOperation operation, Artifacts artifacts) throws IOException {
            String path = operation.id().path();
            before.putIfAbsent(path, Optional.ofNullable(items.get(path)));
            if (refuses.equals(Optional.of(path))) {
                return Optional.of("has no start node");
            }
            items.remove(path);
            if (breaks.equals(Optional.of(path))) {
                throw new IOException("disk full"); // and the item is gone
            }
            if (operation.type() != ItemOperation.Type.DELETE) {
                items.put(path, "new");
            }
            return Optional.empty();
        }

        @Override
        public void putBack(ItemOperation operation) throws IOException {
            String path = operation.id().path();
            putBack.add(path);
            if (stuck.test(path)) {
                throw new IOException("still full");
            }
            items.remove(path);
            before.get(path).ifPresent(text -> items.put(path, text));
        }
    }

    /** Two updates, a creation and a deletion. */
    private static Artifacts artifacts(int items) {
        List<ItemOperation> operations = new ArrayList<>();
        for (int i = 1; i <= items; i++) {
            String path = i == ITEMS ? "flows/gone" : "flows/" + i;
            ItemOperation.Type type = i == ITEMS
                    ? ItemOperation.Type.DELETE
                    : BEFORE.containsKey(path) ? ItemOperation.Type.UPDATE : ItemOperation.Type.CREATE;
            operations.add(new ItemOperation(type, new ItemId("flow", path), Optional.of(Digest.of(path))));
        }
        return new Artifacts() {
            @Override
            public Manifest manifest() {
                return new Manifest(operations.stream()
                        .filter(operation -> operation.type() != ItemOperation.Type.DELETE)
                        .map(operation ->
                                new Item(operation.id(), operation.digest().orElseThrow()))
                        .toList());
            }

            @Override
            public List<ItemOperation> operations() {
                return operations;
            }

            @Override
            public InputStream open(ItemId item) {
                return new ByteArrayInputStream(new byte[0]);
            }
        };
    }

    private static String path(int number) {
        return artifacts(ITEMS).operations().get(number - 1).id().path();
    }

    private StepOutcome bringIn(int items) {
        return ItemByItem.bringIn(artifacts(items), shelf, new StepLog() {
            @Override
            public void info(String line) {
                lines.add(line);
            }

            @Override
            public void success(String line) {
                lines.add("✓ " + line);
            }

            @Override
            public void warning(String line) {
                lines.add("! " + line);
            }

            @Override
            public void error(String line) {
                lines.add("✗ " + line);
            }
        });
    }

    @Test
    void every_item_is_brought_in_and_told() {
        assertThat(bringIn(ITEMS)).isEqualTo(new StepOutcome.Done("3 flows staged"));
        assertThat(shelf.items)
                .containsOnly(Map.entry("flows/1", "new"), Map.entry("flows/2", "new"), Map.entry("flows/3", "new"));
        assertThat(lines)
                .containsExactly("✓ Updated flow: 1", "✓ Updated flow: 2", "✓ Created flow: 3", "✓ Deleted flow: gone");
        assertThat(shelf.putBack).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whichever_item_fails_all_that_was_written_is_put_back_in_reverse_order(int number) {
        shelf.breaks = Optional.of(path(number));
        String name = number == ITEMS ? "gone" : String.valueOf(number);
        assertThat(bringIn(ITEMS))
                .isEqualTo(new StepOutcome.Failed(FailureKind.ERRORED, "flow " + name + ": disk full", List.of()));
        assertThat(shelf.items).isEqualTo(BEFORE);
        assertThat(shelf.putBack)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, number)
                        .mapToObj(i -> path(number + 1 - i))
                        .toList());
        assertThat(lines)
                .hasSize(number + 1)
                .endsWith(
                        "✗ flow " + name + ": disk full",
                        "! Put back " + number + " of " + number + (number == 1 ? " item" : " items"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whichever_item_is_refused_the_version_is_to_blame(int number) {
        shelf.refuses = Optional.of(path(number));
        assertThat(bringIn(ITEMS))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(FailureKind.FAILED));
        assertThat(shelf.items).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whichever_item_cannot_be_put_back_is_named_and_the_others_are(int stuck) {
        shelf.breaks = Optional.of(path(ITEMS));
        shelf.stuck = path -> path.equals(path(stuck));
        StepOutcome outcome = bringIn(ITEMS);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.unrestored()).containsExactly(new ItemId("flow", path(stuck))));
        Map<String, String> expected = new TreeMap<>(BEFORE);
        expected.remove(path(stuck));
        if (stuck != ITEMS) {
            expected.put(path(stuck), "new");
        }
        assertThat(shelf.items).isEqualTo(expected);
        assertThat(lines).contains("! Put back 3 of 4 items").anyMatch(line -> line.startsWith("✗ Could not put back"));
    }

    @Test
    void when_nothing_can_be_put_back_everything_is_named() {
        shelf.breaks = Optional.of(path(3));
        shelf.stuck = path -> true;
        assertThat(bringIn(ITEMS))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.unrestored())
                                .extracting(ItemId::path)
                                .containsExactly(path(3), path(2), path(1)));
    }

    @Test
    void a_place_whose_library_is_missing_is_an_error_of_the_infrastructure() {
        ItemByItem.Place broken = new ItemByItem.Place() {
            @Override
            public Optional<String> write(ItemOperation operation, Artifacts artifacts) {
                throw new NoClassDefFoundError("org/client/Client");
            }

            @Override
            public void putBack(ItemOperation operation) {
                throw new IllegalStateException("no client");
            }
        };
        StepLog quiet = new StepLog() {
            @Override
            public void info(String line) {}

            @Override
            public void success(String line) {}

            @Override
            public void warning(String line) {}

            @Override
            public void error(String line) {}
        };
        assertThat(ItemByItem.bringIn(artifacts(2), broken, quiet))
                .isEqualTo(new StepOutcome.Failed(
                        FailureKind.ERRORED, "flow 1: org/client/Client", List.of(new ItemId("flow", "flows/1"))));
    }

    @Test
    void a_thousand_lines_are_enough() {
        assertThat(bringIn(1_000)).isEqualTo(new StepOutcome.Done("999 flows staged"));
        assertThat(lines).hasSize(1_000);
        lines.clear();
        bringIn(1_003);
        assertThat(lines).hasSize(1_001).last().isEqualTo("✓ … and 3 items more");
    }

    @Test
    void a_name_makes_no_lines_of_its_own() {
        assertThat(new ItemOperation(ItemOperation.Type.DELETE, new ItemId("flow", "flows/a\nb\tc"), Optional.empty())
                        .done())
                .isEqualTo("Deleted flow: a?b?c");
    }
}
