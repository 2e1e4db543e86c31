package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** The bounds of what is done within a transaction of the host: it can be undone alone, and is committed with the rest. */
final class PartOfAnother implements Bounds {
    private @Nullable Savepoint before;

    @Override
    public void begin(Connection connection) throws SQLException {
        before = connection.setSavepoint();
    }

    @Override
    public void beginSnapshot(Connection connection) throws SQLException {
        begin(connection);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.releaseSavepoint(before);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback(before);
    }
}
