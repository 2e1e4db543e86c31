package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** How a transaction begins and ends on a connection. */
interface Bounds {
    /** Begins a transaction that writes. */
    void begin(Connection connection) throws SQLException;

    /** Begins a transaction that reads the state of one moment. */
    void beginSnapshot(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;
}
