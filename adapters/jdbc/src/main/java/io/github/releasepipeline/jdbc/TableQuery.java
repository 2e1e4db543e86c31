package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Window;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** One page of one of the four tables: conditions that are given are added, the rest stays out of the statement. */
final class TableQuery {
    private final String table;
    private final String place;
    private final int size;
    private final StringBuilder text;
    private final Row values;

    /** @param place the column that orders rows created at the same time */
    TableQuery(String table, String place, String document, String pipeline, PageRequest page) {
        this.table = table;
        this.place = place;
        this.size = page.size();
        this.text = new StringBuilder("select created_at, " + place + ", " + document + " from release_pipeline_"
                + table + " t where pipeline = :pipeline");
        this.values = Row.of("pipeline", pipeline).and("limit", size + 1);
        page.after().map(after -> Cursor.parse(table, after)).ifPresent(cursor -> {
            text.append(" and (created_at, " + place + ") < (:after, :after_place)");
            values.and("after", cursor.order()).and("after_place", cursor.place());
        });
    }

    TableQuery where(String condition) {
        text.append(" and ").append(condition);
        return this;
    }

    TableQuery is(String column, Optional<String> value) {
        value.ifPresent(wanted -> {
            where(column + " = :" + column);
            values.and(column, wanted);
        });
        return this;
    }

    TableQuery isAnyOf(String column, Set<? extends Enum<?>> wanted) {
        if (!wanted.isEmpty()) {
            // Names of constants: nothing that would have to be bound.
            where(column + " in ("
                    + String.join(
                            ", ",
                            wanted.stream()
                                    .map(one -> "'" + one.name() + "'")
                                    .sorted()
                                    .toList()) + ")");
        }
        return this;
    }

    TableQuery within(String column, Optional<Window> window) {
        window.ifPresent(span -> {
            where(column + " >= :" + column + "_from and " + column + " < :" + column + "_to");
            values.and(column + "_from", Micros.bound(span.from())).and(column + "_to", Micros.bound(span.to()));
        });
        return this;
    }

    /** Rows on which a row of another table hangs. */
    TableQuery has(String column, String other, Optional<String> value) {
        value.ifPresent(wanted -> {
            where("id in (select " + table + " from release_pipeline_" + other
                    + " o where o.pipeline = :pipeline and o." + column + " = :" + column + ")");
            values.and(column, wanted);
        });
        return this;
    }

    /**
     * A row as it was found.
     *
     * @param cursor where it stands
     * @param document its snapshot
     */
    record Found(Cursor cursor, String document) {}

    /** The statement, for plans. */
    String text() {
        return text + " order by created_at desc, " + place + " desc limit :limit";
    }

    Row values() {
        return values;
    }

    List<Found> rows(Sql sql) {
        return sql.list(
                text(),
                values,
                row -> new Found(new Cursor(table, row.getLong(1), row.getString(2)), row.getString(3)));
    }

    /** @param reader makes a snapshot of the name of a row and its text */
    <S> Page<S> page(List<Found> rows, BiFunction<String, String, S> reader) {
        List<Found> shown = rows.size() > size ? rows.subList(0, size) : rows;
        Optional<String> next =
                rows.size() > size ? Optional.of(shown.get(size - 1).cursor().text()) : Optional.empty();
        return new Page<>(
                shown.stream()
                        .map(found -> reader.apply(table + " " + found.cursor().place(), found.document()))
                        .toList(),
                next);
    }
}
