package io.github.releasepipeline.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** The values of several rows as those of one, each name with the number of its row. */
    static Row numbered(List<Row> rows) {
        Row all = new Row();
        for (int i = 0; i < rows.size(); i++) {
            String number = String.valueOf(i);
            rows.get(i).values.forEach((name, value) -> all.and(name + number, value));
        }
        return all;
    }

    /** The places of so many rows with the names of this one, numbered. */
    static String places(Row row, int rows) {
        return IntStream.range(0, rows)
                .mapToObj(number -> row.places(String.valueOf(number)))
                .collect(Collectors.joining(", "));
    }

    /** The places of this row, each name with a number. */
    String places(String number) {
        return values.keySet().stream().map(name -> ":" + name + number).collect(Collectors.joining(", ", "(", ")"));
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
