package io.github.releasepipeline.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A JSON object with names in snake case, times in ISO 8601 and durations in seconds. What is absent is left out. */
final class JsonObject {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter LINES = JSON.writer(new DefaultPrettyPrinter()
            .withSeparators(PrettyPrinter.DEFAULT_SEPARATORS.withObjectFieldValueSpacing(Separators.Spacing.AFTER)));

    private final ObjectNode node;

    private JsonObject(ObjectNode node) {
        this.node = node;
    }

    /** An empty one. */
    JsonObject() {
        this(JSON.createObjectNode());
    }

    /** One that is JSON already. */
    static JsonObject parse(String json) {
        try {
            return new JsonObject((ObjectNode) JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + json, e);
        }
    }

    /**
     * Adds a value.
     *
     * @param value a text, number, boolean, enum, duration, object of this class, collection or map of such values, or an
     *     optional one; everything else is its text
     */
    JsonObject put(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> put(name, present));
        } else if (value instanceof JsonObject object) {
            node.set(name, object.node);
        } else if (value instanceof Duration duration) {
            node.put(name, duration.toMillis() / 1000.0);
        } else if (value instanceof Enum<?> constant) {
            node.put(name, constant.name().toLowerCase(Locale.ROOT));
        } else if (value instanceof Number
                || value instanceof Boolean
                || value instanceof Collection<?>
                || value instanceof Map<?, ?>) {
            node.set(name, JSON.valueToTree(value));
        } else {
            node.put(name, value.toString());
        }
        return this;
    }

    /** Adds a list of objects. */
    <T> JsonObject put(String name, List<T> values, Function<T, JsonObject> form) {
        node.putArray(name)
                .addAll(values.stream().map(form).map(object -> object.node).toList());
        return this;
    }

    @Override
    public String toString() {
        try {
            return LINES.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }
}
