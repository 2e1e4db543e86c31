package io.github.releasepipeline.dbscheduler;

import io.github.releasepipeline.error.AdapterException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** The table of db-scheduler, made if it is not there. */
final class WorkTable {
    /** Any number, the same in all nodes. */
    private static final long LOCK = 7_214_083_651L;

    private WorkTable() {}

    /** @throws AdapterException lasting, if this is no PostgreSQL or the table cannot be made; else retryable */
    static void make(DataSource database, String table) {
        try (Connection connection = database.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL")) {
                throw AdapterException.lasting("Nodes share their work on PostgreSQL, and this is " + product, null);
            }
            if (!exists(connection, table)) {
                make(connection, table);
            }
        } catch (SQLException e) {
            throw failure(table, e);
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select to_regclass(?) is not null")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Nodes that begin together make it once. */
    private static void make(Connection connection, String table) throws SQLException {
        boolean automatic = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            for (String sql : statements(table)) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(automatic);
        }
    }

    private static List<String> statements(String table) {
        String name = table.substring(table.indexOf('.') + 1);
        return List.of(
                "create table if not exists " + table
                        + " (task_name text not null, task_instance text not null, task_data bytea,"
                        + " execution_time timestamptz not null, picked boolean not null, picked_by text,"
                        + " last_success timestamptz, last_failure timestamptz, consecutive_failures int,"
                        + " last_heartbeat timestamptz, version bigint not null, priority smallint,"
                        + " primary key (task_name, task_instance))",
                "create index if not exists " + name + "_due on " + table + " (execution_time)",
                "create index if not exists " + name + "_beat on " + table + " (last_heartbeat)");
    }

    private static AdapterException failure(String table, SQLException error) {
        String state = String.valueOf(error.getSQLState());
        String message = "The table '" + table + "' for shared work cannot be used: " + error.getMessage();
        boolean connection = state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
        return connection || error.getSQLState() == null
                ? AdapterException.passing(message, error)
                : AdapterException.lasting(message, error);
    }
}
