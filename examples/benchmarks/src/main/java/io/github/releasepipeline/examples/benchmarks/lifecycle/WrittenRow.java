package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement of hand-written JDBC: it inserts or replaces one row.
 *
 * @param transaction in which of the lifecycle's transactions
 * @param sql the statement
 * @param cells its values
 */
record WrittenRow(long transaction, String sql, List<Cell> cells) {
    private static final String TALLY = "release_pipeline_tally";

    static WrittenRow of(RecordedRow row, List<Cell> cells) {
        if (row.table().equals(TALLY)) {
            return count(row, cells);
        }
        return row.isNew() ? insert(row, cells) : update(row, cells);
    }

    /** One fact more in a drawer that is there or not. */
    private static WrittenRow count(RecordedRow row, List<Cell> cells) {
        WrittenRow insert = insert(row, cells);
        return new WrittenRow(
                row.transaction(),
                insert.sql() + " on conflict (pipeline, day, environment, kind, class) do update set facts = " + TALLY
                        + ".facts + 1, took = " + TALLY + ".took + 1",
                cells);
    }

    private static WrittenRow insert(RecordedRow row, List<Cell> cells) {
        String places = row.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        return new WrittenRow(
                row.transaction(),
                "insert into " + row.table() + " (" + String.join(", ", row.columns()) + ") values (" + places + ")",
                cells);
    }

    private static WrittenRow update(RecordedRow row, List<Cell> cells) {
        String changes = row.columns().stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
        List<Cell> all = new java.util.ArrayList<>(cells);
        for (String column : List.of("pipeline", "id", "revision")) {
            all.add(cells.get(row.columns().indexOf(column)));
        }
        return new WrittenRow(
                row.transaction(),
                "update " + row.table() + " set " + changes + " where pipeline = ? and id = ? and revision = ? - 1",
                List.copyOf(all));
    }

    void write(Connection connection, Cell.Subject subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < cells.size(); i++) {
                cells.get(i).bind(statement, i + 1, subject);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("Not one row was written by " + sql);
            }
        }
    }
}
