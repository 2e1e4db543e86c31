package io.github.releasepipeline.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named values of one statement. */
final class Row {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    static Row of(String name, @Nullable Object value) {
        return new Row().and(name, value);
    }

    Row and(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    Row and(Row others) {
        values.putAll(others.values);
        return this;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    String text(String name) {
        return String.valueOf(values.get(name));
    }

    Set<String> names() {
        return values.keySet();
    }
}
