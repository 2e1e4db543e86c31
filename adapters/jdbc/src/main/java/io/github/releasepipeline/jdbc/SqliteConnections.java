package io.github.releasepipeline.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * A few connections to one SQLite file, handed out in the order in which they are asked for. With one connection, it is the
 * fair lock of the writers in this process; other processes are waited for by SQLite itself.
 */
final class SqliteConnections implements ConnectionFactory {
    private final SQLiteDataSource source;
    private final Duration patience;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** @param patience how long to wait for a connection of this process, and again for the lock of another process */
    SqliteConnections(Path file, int size, Duration patience) {
        this.patience = patience;
        source = new SQLiteDataSource(durable(patience));
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        free = new Semaphore(size, true);
    }

    /** A commit is on the disk when it returns: write-ahead log, and one fsync at each commit. */
    private static SQLiteConfig durable(Duration patience) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) patience.toMillis());
        return config;
    }

    @Override
    public Connection openConnection() throws SQLException {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("no connection became free within " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
        }
        try {
            Connection connection = idle.pollFirst();
            return connection != null ? connection : open();
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private Connection open() throws SQLException {
        Connection connection = source.getConnection();
        // On macOS, fsync alone leaves the data in the drive's cache.
        Dialect.run(connection, "pragma fullfsync = true");
        Dialect.run(connection, "pragma checkpoint_fullfsync = true");
        return connection;
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            if (closed) {
                connection.close();
            } else if (!connection.isClosed()) {
                idle.addFirst(connection);
            }
        } finally {
            free.release();
        }
    }

    /** Closes what is idle, and what comes back later. */
    void close() throws SQLException {
        closed = true;
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
