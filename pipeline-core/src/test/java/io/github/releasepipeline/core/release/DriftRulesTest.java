package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.environment.Drift;
import io.github.releasepipeline.environment.Drift.DriftedItem;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.Manifest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftRulesTest {
    private static final Item SAME = item("flows/same", "same");
    private static final Item CHANGED = item("flows/b", "before");
    private static final Item NOW = item("flows/b", "by hand");
    private static final Item GONE = item("flows/c", "gone");
    private static final Item ADDED = item("flows/a", "added");

    @Test
    void what_is_as_it_should_be_has_not_drifted() {
        Manifest manifest = new Manifest(List.of(SAME, CHANGED));
        assertThat(DriftRules.items(manifest, manifest)).isEmpty();
    }

    @Test
    void items_are_changed_missing_or_too_many() {
        assertThat(DriftRules.items(
                        new Manifest(List.of(SAME, CHANGED, GONE)), new Manifest(List.of(SAME, NOW, ADDED))))
                .containsExactly(
                        new DriftedItem(Drift.Kind.EXTRA, ADDED.id(), Optional.empty(), Optional.of(ADDED.digest())),
                        new DriftedItem(
                                Drift.Kind.CHANGED,
                                CHANGED.id(),
                                Optional.of(CHANGED.digest()),
                                Optional.of(NOW.digest())),
                        new DriftedItem(Drift.Kind.MISSING, GONE.id(), Optional.of(GONE.digest()), Optional.empty()));
    }
}
