package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.StructureComparer;
import java.util.Optional;

/**
 * Compares items that are JSON. Strict: a text with anything behind the value, with a member twice or with bytes that are
 * no UTF-8 is not JSON. Numbers are compared by value, so {@code 1.0} and {@code 1} are the same.
 */
public final class JsonComparer implements StructureComparer {
    /** Items up to this size are compared unless something else is said. */
    public static final int DEFAULT_LIMIT = 4 << 20;

    private final int limit;

    private JsonComparer(int limit) {
        this.limit = limit;
    }

    /** Compares items of at most {@value #DEFAULT_LIMIT} bytes. */
    public static JsonComparer standard() {
        return upTo(DEFAULT_LIMIT);
    }

    /**
     * Compares items of at most so many bytes. Two states are in memory at once, each in up to about fifty times its
     * size.
     */
    public static JsonComparer upTo(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("The limit is at least one byte, not " + bytes);
        }
        return new JsonComparer(bytes);
    }

    @Override
    public StructuralDifference compare(Optional<State> before, Optional<State> after) {
        JsonDocument older = JsonDocument.read(before, limit);
        JsonDocument newer = JsonDocument.read(after, limit);
        Optional<String> problem = older.problem().or(newer::problem);
        if (problem.isPresent()) {
            return new StructuralDifference.NotCompared(problem.get());
        }
        ValueChanges changes = new ValueChanges();
        Optional<JsonNode> was = older.root();
        Optional<JsonNode> is = newer.root();
        if (was.isPresent() && is.isPresent()) {
            new JsonComparison(changes).compare(Place.ROOT, Place.ROOT, was.get(), is.get());
        } else {
            was.ifPresent(value -> changes.removed(Place.ROOT, value));
            is.ifPresent(value -> changes.added(Place.ROOT, value));
        }
        return changes.told();
    }
}
