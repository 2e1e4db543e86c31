package io.github.releasepipeline.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lists of values in a statement. */
final class Lists {
    /** Both databases take more values in one statement than this. */
    private static final int PART = 500;

    private Lists() {}

    /** A long list in parts that fit into one statement. */
    static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PART) {
            parts.add(all.subList(from, Math.min(all.size(), from + PART)));
        }
        return parts;
    }

    /** What stands between the brackets of {@code in (…)}. */
    static String placeholders(Collection<?> values) {
        return IntStream.range(0, values.size()).mapToObj(i -> ":v" + i).collect(Collectors.joining(", "));
    }

    /** The values of these placeholders. */
    static Row values(Collection<?> values) {
        Row row = new Row();
        int i = 0;
        for (Object value : values) {
            row.and("v" + i, value);
            i++;
        }
        return row;
    }
}
