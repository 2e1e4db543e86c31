package io.github.releasepipeline.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.sqlite.SQLiteDataSource;

/** Copies a database as its own tools do it: the rows of one moment, put back with triggers off, and the sequences after them. */
final class Dump {
    private static final String TABLES =
            "select tablename from pg_tables where schemaname = 'public' order by tablename";
    private static final String COUNTED = "select table_name || '.' || column_name from information_schema.columns"
            + " where table_schema = 'public' and is_identity = 'YES'";

    private Dump() {}

    /** The same in a new database. */
    static DataSource restored(DataSource source) throws SQLException {
        return source instanceof SQLiteDataSource ? restoredSqlite(source) : restoredPostgres(source);
    }

    private static DataSource restoredSqlite(DataSource source) throws SQLException {
        try {
            Path file = Files.createTempDirectory("restored").resolve("store.db");
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("vacuum into '" + file + "'");
            }
            SQLiteDataSource restored = new SQLiteDataSource();
            restored.setUrl("jdbc:sqlite:" + file);
            return restored;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSource restoredPostgres(DataSource source) throws SQLException {
        Map<String, byte[]> rows = new LinkedHashMap<>();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (String table : names(connection, TABLES)) {
                rows.put(table, out(connection, table));
            }
            connection.rollback();
        }
        DataSource restored = PostgresServer.newDatabase();
        JdbcPipelineStore.on(restored).close();
        try (Connection connection = restored.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set session_replication_role = replica");
            statement.execute("truncate release_pipeline_migration");
            for (Map.Entry<String, byte[]> table : rows.entrySet()) {
                in(connection, table.getKey(), table.getValue());
            }
            for (String column : names(connection, COUNTED)) {
                String[] parts = column.split("\\.");
                statement.execute("select setval(pg_get_serial_sequence('" + parts[0] + "', '" + parts[1]
                        + "'), (select coalesce(max(" + parts[1] + "), 1) from " + parts[0] + "))");
            }
            connection.commit();
        }
        return restored;
    }

    private static byte[] out(Connection connection, String table) throws SQLException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try {
            copying(connection).copyOut("copy " + table + " to stdout", rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.toByteArray();
    }

    private static void in(Connection connection, String table, byte[] rows) throws SQLException {
        try {
            copying(connection).copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CopyManager copying(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
