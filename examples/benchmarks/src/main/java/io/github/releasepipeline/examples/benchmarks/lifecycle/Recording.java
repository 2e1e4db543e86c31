package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Lets the database itself take down every row that this library writes, transaction by transaction. */
final class Recording {
    private static final String PREFIX = "release_pipeline_";

    private final DataSource database;

    Recording(DataSource database) {
        this.database = database;
    }

    void begin() throws SQLException {
        execute(
                "create table recorded (position bigint generated always as identity primary key, transaction bigint not null,"
                        + " relation text not null, is_new boolean not null, columns text[] not null, contents text[] not null)");
        execute("create function record_row() returns trigger language plpgsql as $$ begin"
                + " insert into recorded (transaction, relation, is_new, columns, contents)"
                + " select pg_current_xact_id()::text::bigint, tg_table_name, tg_op = 'INSERT', array_agg(key), array_agg(value)"
                + " from jsonb_each_text(to_jsonb(new)) where key <> 'position';"
                + " return null; end $$");
        for (String table : tables()) {
            execute("create trigger record_row after insert or update on " + table
                    + " for each row execute function record_row()");
        }
    }

    /** Everything since the beginning, in the order it was written. */
    List<RecordedRow> end() throws SQLException {
        List<RecordedRow> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from recorded order by transaction, position")) {
            while (row.next()) {
                rows.add(new RecordedRow(
                        row.getLong("transaction"),
                        row.getString("relation"),
                        row.getBoolean("is_new"),
                        texts(row.getArray("columns")),
                        texts(row.getArray("contents"))));
            }
        }
        for (String table : tables()) {
            execute("drop trigger record_row on " + table);
        }
        execute("drop function record_row()");
        execute("drop table recorded");
        return rows;
    }

    private static List<String> texts(Array array) throws SQLException {
        // Some are null: no immutable list takes them.
        return Collections.unmodifiableList(Arrays.asList((String[]) array.getArray()));
    }

    private List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select tablename from pg_tables where tablename like '" + PREFIX
                        + "%' and tablename not like '%migration%'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
