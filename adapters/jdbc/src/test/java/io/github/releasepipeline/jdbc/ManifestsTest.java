package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
    /** {@code -Ditems=100000} measures the size that is promised. */
    private static final int ITEMS = Integer.getInteger("items", 20_000);

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void many_items_are_kept_and_a_small_change_adds_little(DataSource source) throws SQLException {
        JdbcPipelineStore store = JdbcPipelineStore.on(source);
        Manifest first = new Manifest(items(0));
        List<Item> changed = new ArrayList<>(first.items());
        for (int i = 0; i < 5; i++) {
            Item before = changed.get(i * (ITEMS / 5) + 7);
            changed.set(i * (ITEMS / 5) + 7, new Item(before.id(), Digest.of("new bytes " + i)));
        }
        Manifest second = new Manifest(changed);

        long begin = System.nanoTime();
        keep(store, first);
        long kept = System.nanoTime();
        long chunks = chunks(source);
        keep(store, second);
        long keptSecond = System.nanoTime();
        Optional<Manifest> read = store.reader().manifest(first.digest());
        long end = System.nanoTime();
        System.out.printf(
                "manifest of %d items: keep %d ms, keep the next %d ms, read %d ms, %s bytes, %d chunks%n",
                ITEMS,
                (kept - begin) / 1_000_000,
                (keptSecond - kept) / 1_000_000,
                (end - keptSecond) / 1_000_000,
                MigrationsTest.query(source, "select sum(length(lines)) from release_pipeline_manifest_chunk"),
                chunks);

        assertThat(read).contains(first);
        assertThat(store.reader().manifest(second.digest())).contains(second);
        assertThat(chunks(source) - chunks).isBetween(1L, 5L);
        keep(store, second);
        assertThat(MigrationsTest.query(source, "select count(*) from release_pipeline_manifest"))
                .containsExactly("2");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_changed_in_a_first_version_of_many_items_is_kept(DataSource source) {
        JdbcPipelineStore store = JdbcPipelineStore.on(source);
        List<ChangeAttribution> changes = items(0).stream()
                .limit(3_001)
                .map(item ->
                        new ChangeAttribution(ItemChange.created(item), List.of(2L, 1L), Optional.empty(), List.of()))
                .toList();
        VersionId version = new VersionId("v-1");

        boolean done = store.transact(session -> {
            session.keep(version, changes);
            return true;
        });

        assertThat(done).isTrue();
        assertThat(store.reader().changes(version)).isEqualTo(changes);
        assertThat(store.reader().changes(new VersionId("v-2"))).isEmpty();
    }

    private static List<Item> items(int salt) {
        return IntStream.range(0, ITEMS)
                .mapToObj(i -> new Item(
                        new ItemId("workflow", "workflows/area-" + i % 97 + "/team-" + i % 13 + "/flow-" + i + ".json"),
                        Digest.of(salt + "/" + i)))
                .toList();
    }

    private static void keep(JdbcPipelineStore store, Manifest manifest) {
        boolean done = store.transact(session -> {
            session.keep(manifest);
            return true;
        });
        assertThat(done).isTrue();
    }

    private static long chunks(DataSource source) throws SQLException {
        return Long.parseLong(MigrationsTest.query(source, "select count(*) from release_pipeline_manifest_chunk")
                .get(0));
    }
}
