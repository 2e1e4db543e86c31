package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The databases that are known, and the little in which they differ. */
enum Dialect implements Bounds {
    /** SQLite: one writer at a time; a transaction takes the write lock when it begins. */
    SQLITE("sqlite", "") {
        @Override
        public void begin(Connection connection) throws SQLException {
            run(connection, "begin immediate");
        }

        @Override
        public void beginSnapshot(Connection connection) throws SQLException {
            run(connection, "begin deferred");
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            run(connection, "commit");
        }

        @Override
        public void rollback(Connection connection) throws SQLException {
            run(connection, "rollback");
        }
    },

    /** PostgreSQL: many writers; revisions, unique keys and short locks decide. */
    POSTGRESQL("postgresql", " for update of l skip locked") {
        @Override
        public void begin(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            // Each statement must see what was committed before it, whatever the host's pool has as its default.
            run(connection, "set transaction isolation level read committed");
        }

        @Override
        public void beginSnapshot(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            run(connection, "set transaction isolation level repeatable read, read only");
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            connection.commit();
            connection.setAutoCommit(true);
        }

        @Override
        public void rollback(Connection connection) throws SQLException {
            connection.setAutoCommit(false); // a statement may have begun it
            connection.rollback();
            connection.setAutoCommit(true);
        }
    };

    private final String folder;
    private final String skipLocked;

    Dialect(String folder, String skipLocked) {
        this.folder = folder;
        this.skipLocked = skipLocked;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.contains("postgresql")) {
            return POSTGRESQL;
        }
        if (product.contains("sqlite")) {
            return SQLITE;
        }
        throw AdapterException.lasting(
                "The database is '" + product + "'; only PostgreSQL and SQLite are supported", null);
    }

    /** Where its migrations are. */
    String folder() {
        return folder;
    }

    /** Added to a query so that other workers do not take its rows {@code l} meanwhile. */
    String skipLocked() {
        return skipLocked;
    }

    /** Added to a query so that its rows stay as they are until the transaction ends; SQLite has one writer anyway. */
    String forUpdate() {
        return this == POSTGRESQL ? " for update" : "";
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
