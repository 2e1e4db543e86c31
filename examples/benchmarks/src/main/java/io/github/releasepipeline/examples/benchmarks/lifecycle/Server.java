package io.github.releasepipeline.examples.benchmarks.lifecycle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One PostgreSQL whose commits are durable, with a database for each contender. */
public final class Server implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it; closing ends it. */
    public static Server start() throws IOException {
        return new Server(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("max_wal_size", "4GB")
                .start());
    }

    /** A new, empty database. */
    public DataSource database(String name) throws SQLException {
        administer("create database " + name);
        return postgres.getDatabase("postgres", name);
    }

    /** A new database with everything that another one holds; nobody may be connected to that one. */
    DataSource copy(String name, String original) throws SQLException {
        administer("create database " + name + " template " + original);
        return postgres.getDatabase("postgres", name);
    }

    private void administer(String statement) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement create = connection.createStatement()) {
            create.execute(statement);
        }
    }

    /** A pool as a host would make it, the same for every contender. */
    public static HikariDataSource pool(DataSource database, int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /**
     * What the whole server has done so far.
     *
     * @param writes transactions that wrote something
     * @param walBytes what they wrote into the log
     */
    record Work(long writes, long walBytes) {
        Work since(Work before) {
            return new Work(writes - before.writes, walBytes - before.walBytes);
        }
    }

    Work work() throws SQLException {
        return ask(
                "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
                        + " pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint",
                row -> new Work(row.getLong(1), row.getLong(2)));
    }

    /** How many rows were written in a database so far. Complete once its connections are closed. */
    long rows(String database) throws SQLException {
        return ask(
                "select tup_inserted + tup_updated + tup_deleted from pg_stat_database where datname = '" + database
                        + "'",
                row -> row.getLong(1));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> T ask(String query, Reading<T> reading) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return reading.of(row);
        }
    }

    @Override
    public void close() {
        try (postgres) {
            administer("checkpoint"); // else the end takes longer than it is given
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
