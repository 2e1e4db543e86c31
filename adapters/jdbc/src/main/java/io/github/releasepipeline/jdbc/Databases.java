package io.github.releasepipeline.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/** Opens databases. */
final class Databases {
    /** How long somebody waits for others before being told that the database is busy. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int READERS = 4;
    private static final int POOL_SIZE = 10;

    /** In seconds. Statements are much quicker: whoever waits longer for an answer waits on a connection that is dead. */
    private static final String LONGEST_SILENCE = "30";

    /** Shorter, so that who waits for a lock hears that nothing came of it. */
    private static final String LONGEST_LOCK = "20s";

    private Databases() {}

    /** The embedded default: one SQLite file, made if it is not there. */
    static Database file(Path file, StoreOptions options, Duration patience) {
        requireNoSchema(Dialect.SQLITE, options);
        Failures failures = new Failures(Dialect.SQLITE, "The database file '" + file + "'");
        prepareFolder(file);
        SqliteConnections writer = new SqliteConnections(file, 1, patience);
        SqliteConnections readers = new SqliteConnections(file, READERS, patience);
        Database database = new Database(failures, options, writer, readers, () -> close(failures, readers, writer));
        try {
            requireWriteAheadLog(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** A pool of our own on a PostgreSQL. */
    static Database postgres(String url, String user, Supplier<String> password, StoreOptions options) {
        HikariDataSource pool = new HikariDataSource(poolOn(url, user, password));
        Failures failures = new Failures(Dialect.POSTGRESQL, "The database");
        return new Database(failures, options, pool::getConnection, pool::getConnection, pool::close);
    }

    /** The password is asked for at each new connection, so that it may change. */
    static HikariConfig poolOn(String url, String user, Supplier<String> password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setCredentialsProvider(() -> Credentials.of(user, password.get()));
        config.setPoolName("release-pipeline");
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1); // the first use tells what is wrong
        // Else the first connection is asked for it, and if it breaks just then, all that follow fail.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // Unless the URL says another; text, or it is ignored.
        config.addDataSourceProperty("socketTimeout", LONGEST_SILENCE);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setConnectionInitSql("set lock_timeout = '" + LONGEST_LOCK + "'");
        return config;
    }

    /** The host's own database; closing gives nothing back that belongs to the host. */
    static Database on(DataSource source, StoreOptions options) {
        Dialect dialect;
        try (Connection connection = source.getConnection()) {
            dialect = Dialect.of(connection);
        } catch (SQLException e) {
            // Which database it is is not known yet; PostgreSQL's error states are the standard's.
            throw new Failures(Dialect.POSTGRESQL, "The database").translate("the database", e);
        }
        requireNoSchema(dialect, options);
        ConnectionFactory connections =
                dialect == Dialect.SQLITE ? () -> patientAndDurable(source) : source::getConnection;
        return new Database(new Failures(dialect, "The database"), options, connections, connections, () -> {});
    }

    /** What may have to be waited for, and what a commit means, is not left to the settings of a host's SQLite. */
    private static Connection patientAndDurable(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            Dialect.run(connection, "pragma busy_timeout = " + PATIENCE.toMillis());
            Dialect.run(connection, "pragma synchronous = full");
            return connection;
        } catch (SQLException e) {
            try (connection) {
                throw e;
            }
        }
    }

    private static void requireNoSchema(Dialect dialect, StoreOptions options) {
        if (dialect == Dialect.SQLITE && options.names().schema().isPresent()) {
            throw new IllegalArgumentException("SQLite has no schemas; give the tables a prefix of their own");
        }
    }

    private static void prepareFolder(Path file) {
        if (Files.isDirectory(file)) {
            throw AdapterException.lasting("'" + file + "' is a folder; name a file in it for the database", null);
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw AdapterException.lasting(
                    "'" + e.getFile() + "' is a file, not a folder for the database '" + file + "'", e);
        } catch (IOException e) {
            throw AdapterException.lasting(
                    "The folder of the database file '" + file + "' cannot be made: " + e.getMessage(), e);
        }
    }

    private static void requireWriteAheadLog(Database database) {
        String mode = database.read(sql -> sql.first("pragma journal_mode", new Row(), row -> row.getString(1)))
                .orElse("none");
        if (!mode.equals("wal")) {
            throw AdapterException.lasting(
                    database.name() + " cannot have a write-ahead log (journal mode is '" + mode
                            + "'); put it on a local disk",
                    null);
        }
    }

    private static void close(Failures failures, SqliteConnections... pools) {
        for (SqliteConnections pool : pools) {
            try {
                pool.close();
            } catch (SQLException e) {
                throw failures.translate("the database", e);
            }
        }
    }
}
