package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptManifestsTest {
    private final KeptManifests kept = new KeptManifests();

    private static Manifest of(String content, int items) {
        return new Manifest(IntStream.range(0, items)
                .mapToObj(i -> new Item(new ItemId("workflow", "flows/" + i), Digest.of(content)))
                .toList());
    }

    @Test
    void the_eldest_make_room_for_new_ones() {
        Manifest first = of("first", 20_000);
        Manifest second = of("second", 20_000);
        kept.keep(first);
        kept.keep(second);
        assertThat(kept.find(first.digest())).contains(first);

        kept.keep(of("third", 20_000));

        assertThat(kept.find(second.digest())).isEmpty();
        assertThat(kept.find(first.digest())).contains(first);
    }

    @Test
    void one_with_too_many_items_drives_nothing_out() {
        Manifest small = of("small", 1);
        Manifest large = of("large", 50_000);
        kept.keep(small);

        kept.keep(large);

        assertThat(kept.find(large.digest())).isEmpty();
        assertThat(kept.find(small.digest())).contains(small);
    }

    @Test
    void one_that_is_kept_twice_takes_its_room_once() {
        Manifest small = of("small", 1);
        Manifest half = of("half", 24_000);
        kept.keep(small);
        kept.keep(half);
        kept.keep(half);
        kept.keep(half);
        assertThat(kept.find(small.digest())).contains(small);
    }
}
