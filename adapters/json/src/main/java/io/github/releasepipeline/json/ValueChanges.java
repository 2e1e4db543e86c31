package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.ValueChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects changes, up to a number that people can still look at, and paths to them up to a length. */
final class ValueChanges {
    private static final int MAX_CHANGES = 1_000;
    private static final int MAX_POINTERS = 4 << 20;

    private final List<ValueChange> changes = new ArrayList<>();
    private int room = MAX_POINTERS;
    private int omitted;

    void added(Place place, JsonNode value) {
        add(place, Optional.empty(), Optional.of(value));
    }

    void removed(Place place, JsonNode value) {
        add(place, Optional.of(value), Optional.empty());
    }

    void changed(Place place, JsonNode before, JsonNode after) {
        add(place, Optional.of(before), Optional.of(after));
    }

    StructuralDifference told() {
        return new StructuralDifference.Compared(changes, omitted);
    }

    private void add(Place place, Optional<JsonNode> before, Optional<JsonNode> after) {
        if (changes.size() < MAX_CHANGES && room > 0) {
            String pointer = place.pointer().text();
            changes.add(new ValueChange(
                    pointer, place.label(), before.map(JsonNode::toString), after.map(JsonNode::toString)));
            room -= pointer.length();
        } else {
            omitted++;
        }
    }
}
