package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.ConcurrentUpdateException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Statements of one transaction that are put off until its end, when they can go to the database together. Those that have to
 * find something as it was make the whole transaction fail if it is not so any more.
 */
final class Script {
    /** What a statement has to do. */
    enum Demand {
        /** To be carried out after those before it and before those after it. */
        ITS_TURN,
        /** To be carried out at any time in the transaction. */
        NONE,
        /** To write one row, else somebody else was first; at any time. */
        ONE_ROW,
        /** To answer with the number 1, else somebody else was first; at any time. */
        ONE
    }

    /** A statement with its values; {@code about} names what it concerns, for errors. */
    record Line(String about, String statement, Row row, Demand demand) {}

    private static final int MOST_ROWS = 10;

    private final List<Line> lines = new ArrayList<>();

    void add(String about, String statement, Row row) {
        lines.add(new Line(about, statement, row, Demand.ITS_TURN));
    }

    void add(String about, String statement, List<Row> rows) {
        rows.forEach(row -> add(about, statement, row));
    }

    /**
     * Inserts rows, in their order, with which no other statement of this script has to do.
     *
     * @param rows all with the same names
     */
    void insert(String about, String table, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Row first = rows.get(0);
        List<String> names = List.copyOf(first.names());
        if (rows.size() > MOST_ROWS) {
            add(about, Texts.of(List.of("insert", table, names), () -> into(table, first) + first.places("")), rows);
            return;
        }
        String statement = Texts.of(
                List.of("insert", table, names, rows.size()),
                () -> into(table, first) + Row.places(first, rows.size()));
        lines.add(new Line(about, statement, Row.numbered(rows), Demand.NONE));
    }

    private static String into(String table, Row row) {
        return "insert into " + table + " (" + String.join(", ", row.names()) + ") values ";
    }

    /** @param statement has to do with no row that another of this script has to do with */
    void addOfAnyTime(String about, String statement, Row row) {
        lines.add(new Line(about, statement, row, Demand.NONE));
    }

    void writeOne(String about, String statement, Row row) {
        lines.add(new Line(about, statement, row, Demand.ONE_ROW));
    }

    /** @param query asks for one number, which has to be 1 */
    void check(String about, String query, Row row) {
        lines.add(new Line(about, query, row, Demand.ONE));
    }

    List<Line> lines() {
        return lines;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void clear() {
        lines.clear();
    }

    /** What all of it concerns, for an error of which nobody knows whose it is. */
    String about() {
        Set<String> all = new LinkedHashSet<>();
        lines.forEach(line -> all.add(line.about()));
        return String.join(", ", all.stream().limit(3).toList());
    }

    /** Runs one statement after the other, in a transaction that was begun; equal neighbours go together. */
    void run(Sql sql) {
        int from = 0;
        while (from < lines.size()) {
            Line first = lines.get(from);
            int to = from + 1;
            while (isFree(first) && to < lines.size() && isLike(first, lines.get(to))) {
                to++;
            }
            run(sql, first, lines.subList(from, to));
            from = to;
        }
    }

    private static boolean isFree(Line line) {
        return line.demand() == Demand.NONE || line.demand() == Demand.ITS_TURN;
    }

    private static boolean isLike(Line first, Line next) {
        return isFree(next) && next.statement().equals(first.statement());
    }

    private static void run(Sql sql, Line first, List<Line> same) {
        boolean met = switch (first.demand()) {
            case NONE, ITS_TURN ->
                sql.batch(
                                        first.about(),
                                        first.statement(),
                                        same.stream().map(Line::row).toList())
                                .length
                        == same.size();
            case ONE_ROW -> sql.update(first.about(), first.statement(), first.row()) == 1;
            case ONE ->
                sql.first(first.statement(), first.row(), row -> row.getLong(1)).equals(Optional.of(1L));
        };
        if (!met) {
            throw new ConcurrentUpdateException(first.about());
        }
    }
}
