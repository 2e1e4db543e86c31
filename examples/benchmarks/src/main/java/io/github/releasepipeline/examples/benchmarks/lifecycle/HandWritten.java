package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Plain JDBC that writes the rows of a recorded lifecycle again, in the same transactions, one prepared statement after the
 * other. It decides nothing, hashes nothing and makes no JSON: this is what the database alone costs.
 */
final class HandWritten implements Contender {
    private static final int CALLS = 4;
    private static final String RELEASES = "release_pipeline_release";
    private static final String ENVIRONMENTS = "release_pipeline_environment";
    private static final String AUDIT = "release_pipeline_audit";
    private static final Set<String> NUMBERS = Set.of(
            "revision", "chain_length", "created_at", "finished_at", "sequence", "at", "took", "day", "class", "facts");

    /** Whether a program looks at the release before it writes. */
    enum Reading {
        /** It writes only. */
        NONE,
        /** It reads the release first and locks it, as it has to if it decides anything. */
        RELEASE
    }

    private final DataSource database;
    private final Reading reading;
    private final List<List<WrittenRow>> transactions;
    private final long[] earlier;
    private final AtomicLong ids = new AtomicLong();

    /** @param recorded a lifecycle in the environment with the number 0, which is not its first */
    HandWritten(DataSource database, List<RecordedRow> recorded, int environments, Reading reading) {
        this.database = database;
        this.reading = reading;
        this.transactions = transactions(recorded);
        this.earlier = new long[environments];
        earlier[0] = 1; // the recorded one
    }

    private static List<List<WrittenRow>> transactions(List<RecordedRow> recorded) {
        String id = recorded.stream()
                .filter(row -> row.table().equals(RELEASES))
                .findFirst()
                .orElseThrow()
                .value("id");
        long moves = recorded.stream()
                .filter(row -> row.table().equals(ENVIRONMENTS))
                .count();
        long records = recorded.stream().filter(HandWritten::isOfEnvironment).count();
        return List.copyOf(recorded.stream()
                .map(row -> WrittenRow.of(row, cells(row, id, moves, records)))
                .collect(Collectors.groupingBy(
                        WrittenRow::transaction, java.util.TreeMap::new, Collectors.toUnmodifiableList()))
                .values());
    }

    private static boolean isOfEnvironment(RecordedRow row) {
        return row.table().equals(AUDIT) && row.value("subject").startsWith("environment");
    }

    private static List<Cell> cells(RecordedRow row, String id, long moves, long records) {
        List<Cell> cells = new ArrayList<>();
        for (String column : row.columns()) {
            String value = row.value(column);
            boolean environment = row.table().equals(ENVIRONMENTS);
            if (environment && column.equals("revision")) {
                cells.add(new Cell.Growing(Long.parseLong(value), moves));
            } else if (column.equals(environment ? "chain_length" : "sequence")
                    && (environment || isOfEnvironment(row))) {
                cells.add(new Cell.Growing(Long.parseLong(value), records));
            } else if (NUMBERS.contains(column)) {
                cells.add(Cell.number(value));
            } else {
                cells.add(Cell.Naming.of(value, id, Ours.environment(0)));
            }
        }
        return List.copyOf(cells);
    }

    @Override
    public String name() {
        return reading == Reading.NONE ? "JDBC by hand" : "JDBC by hand, reading";
    }

    @Override
    public void lifecycle(int thread, Calls calls) throws Exception {
        Cell.Subject subject = new Cell.Subject(newId(), Ours.environment(thread), earlier[thread]++);
        for (int i = 0; i < transactions.size(); i++) {
            List<WrittenRow> rows = transactions.get(i);
            boolean looks = reading == Reading.RELEASE && i > 0;
            if (i < CALLS) {
                calls.time(() -> transact(rows, subject, looks));
            } else {
                transact(rows, subject, looks);
            }
        }
    }

    private boolean transact(List<WrittenRow> rows, Cell.Subject subject, boolean looks) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            if (looks) {
                look(connection, subject.id());
            }
            for (WrittenRow row : rows) {
                row.write(connection, subject);
            }
            connection.commit();
            return true;
        }
    }

    private static void look(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select document from " + RELEASES + " where pipeline = 'default' and id = ? for update")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getString(1).isEmpty()) {
                    throw new IllegalStateException("The release " + id + " is gone");
                }
            }
        }
    }

    private String newId() {
        String number = Long.toString(ids.incrementAndGet(), 36);
        return "0".repeat(26 - number.length()) + number;
    }

    @Override
    public void close() {}
}
