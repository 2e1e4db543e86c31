package io.github.releasepipeline.core.version;

import static io.github.releasepipeline.core.machine.Samples.commit;
import static io.github.releasepipeline.core.machine.Samples.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.item.PathGlob;
import io.github.releasepipeline.source.ChangeOrigin;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final Line BILLING = new Line("billing", List.of(PathGlob.of("billing/**"), PathGlob.of("tax")));
    private static final Item INSIDE = item("billing/a");
    private static final Item OUTSIDE = item("shipping/a");

    private static Item item(String path) {
        return new Item(new ItemId("workflow", path), Digest.of(path));
    }

    private static ChangeOrigin origin(ItemChange change) {
        return new ChangeOrigin(change, List.of(commit("m")), List.of(commit("d")));
    }

    @Test
    void a_line_holds_the_items_of_its_component() {
        Manifest all = new Manifest(List.of(INSIDE, OUTSIDE, item("tax"), item("taxes")));
        assertThat(BILLING.of(all)).isEqualTo(new Manifest(List.of(INSIDE, item("tax"))));
        assertThat(Line.WHOLE.of(all)).isEqualTo(all);
    }

    @Test
    void what_is_moved_into_a_component_is_created_in_it_and_what_is_moved_out_is_deleted() {
        ChangeOrigin in = origin(ItemChange.changed(OUTSIDE, INSIDE));
        ChangeOrigin out = origin(ItemChange.changed(INSIDE, OUTSIDE));
        ChangeOrigin within = origin(ItemChange.changed(INSIDE, item("tax")));
        ChangeOrigin without = origin(created("shipping/b"));
        assertThat(BILLING.of(List.of(in, out, within, without)))
                .containsExactly(origin(ItemChange.created(INSIDE)), origin(ItemChange.deleted(INSIDE)), within);
        assertThat(Line.WHOLE.of(List.of(in, out, within, without))).containsExactly(in, out, within, without);
    }
}
