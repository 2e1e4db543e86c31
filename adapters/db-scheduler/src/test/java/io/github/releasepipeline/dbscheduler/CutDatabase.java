package io.github.releasepipeline.dbscheduler;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** One node's way to the database, which can be cut: all its connections are gone then, and there are no new ones. */
final class CutDatabase implements DataSource {
    private final DataSource database;
    private final String atFirst;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CutDatabase(DataSource database) {
        this(database, "select 1");
    }

    /** @param atFirst executed on each new connection */
    CutDatabase(DataSource database, String atFirst) {
        this.database = database;
        this.atFirst = atFirst;
    }

    void cut() throws SQLException {
        cut = true;
        for (Connection connection : open) {
            connection.abort(Runnable::run);
        }
        open.clear();
    }

    void heal() {
        cut = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cut) {
            throw new SQLException("The way to the database is cut", "08001");
        }
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(atFirst);
        }
        open.removeIf(CutDatabase::closed);
        open.add(connection);
        if (cut) { // just now, and whoever cut may not have seen this one
            connection.abort(Runnable::run);
            throw new SQLException("The way to the database is cut", "08001");
        }
        return connection;
    }

    private static boolean closed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
