package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import java.util.List;
import java.util.Optional;

/** A page of rows in the reverse order in which they were added. */
final class PositionPage<T> {
    private final String list;
    private final int size;
    private final Optional<Cursor> after;

    PositionPage(String list, PageRequest page) {
        this.list = list;
        this.size = page.size();
        this.after = page.after().map(text -> Cursor.parse(list, text));
    }

    /**
     * A row and its position.
     *
     * @param position where
     * @param row what
     */
    record At<T>(long position, T row) {}

    String condition(String column) {
        return after.isPresent() ? " and " + column + " < :after" : "";
    }

    /** One row more than the page has, to know whether there is another page. */
    Row values(String pipeline) {
        Row row = Row.of("pipeline", pipeline).and("limit", size + 1);
        return after.map(cursor -> row.and("after", cursor.order())).orElse(row);
    }

    Page<T> read(List<At<T>> rows) {
        List<At<T>> shown = rows.size() > size ? rows.subList(0, size) : rows;
        Optional<String> next = rows.size() > size
                ? Optional.of(new Cursor(list, shown.get(size - 1).position(), "").text())
                : Optional.empty();
        return new Page<>(shown.stream().map(At::row).toList(), next);
    }
}
