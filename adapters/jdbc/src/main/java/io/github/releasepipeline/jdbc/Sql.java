package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection. Every error of the database leaves here as one of the library's own errors; {@code about}
 * names what a statement concerns, for these errors.
 */
final class Sql {
    private final Handle handle;
    private final Failures failures;
    private final TableNames names;

    Sql(Handle handle, Failures failures, TableNames names) {
        this.handle = handle;
        this.failures = failures;
        this.names = names;
    }

    /** Makes a value of the row that a result stands at. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Receives the row that a result stands at. */
    @FunctionalInterface
    interface Visitor {
        void visit(ResultSet row) throws SQLException;
    }

    Connection connection() {
        return handle.getConnection();
    }

    Dialect dialect() {
        return failures.dialect();
    }

    TableNames names() {
        return names;
    }

    /** Runs one statement as it stands, with names as they stand. */
    void execute(String statement) {
        guarded("the database", () -> {
            try (Statement plain = connection().createStatement()) {
                plain.execute(statement);
                return null;
            } catch (SQLException e) {
                throw failures.translate("the database", e);
            }
        });
    }

    /**
     * Waits until no other transaction holds the lock of this name, and holds it until this transaction ends. SQLite has
     * one writer at a time anyway.
     */
    void lock(String name) {
        if (dialect() == Dialect.POSTGRESQL) {
            list(
                    "select pg_advisory_xact_lock(hashtextextended(:name, 0))",
                    Row.of("name", names.in(name)),
                    row -> true);
        }
    }

    int update(String about, String statement, Row row) {
        return guarded(about, () -> {
            try (var update = handle.createUpdate(statement)) {
                return update.bindMap(row.values()).execute();
            }
        });
    }

    /** The same statement for many rows, in one round trip as far as the driver can. */
    int[] batch(String about, String statement, List<Row> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        return guarded(about, () -> {
            try (PreparedBatch batch = handle.prepareBatch(statement)) {
                rows.forEach(row -> batch.add(row.values()));
                return batch.execute();
            }
        });
    }

    <T> List<T> list(String statement, Row row, Mapper<T> mapper) {
        return guarded("the database", () -> {
            try (Query query = handle.createQuery(statement)) {
                return query.bindMap(row.values())
                        .map((result, context) -> mapper.map(result))
                        .list();
            }
        });
    }

    <T> Optional<T> first(String statement, Row row, Mapper<T> mapper) {
        List<T> rows = list(statement, row, mapper);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** Visits all rows, without keeping them. */
    void each(String statement, Row row, Visitor visitor) {
        guarded("the database", () -> {
            try (Query query = handle.createQuery(statement).bindMap(row.values());
                    ResultIterator<Boolean> rows = query.map((result, context) -> {
                                visitor.visit(result);
                                return true;
                            })
                            .iterator()) {
                while (rows.hasNext()) {
                    rows.next();
                }
                return null;
            }
        });
    }

    private <T extends @Nullable Object> T guarded(String about, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (JdbiException e) {
            throw failures.translate(about, e);
        }
    }
}
