package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.policy.EnvironmentName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationsTest {
    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void many_that_start_at_once_migrate_once(DataSource source) throws Exception {
        List<Callable<Boolean>> starts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean store = i % 2 == 0;
            starts.add(() -> {
                if (store) {
                    JdbcPipelineStore.on(source).close();
                } else {
                    JdbcEnvironment.on(source, new EnvironmentName("production"))
                            .close();
                }
                return true;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            for (Future<Boolean> start : threads.invokeAll(starts)) {
                assertThat(start.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(query(source, "select component || ' ' || version from release_pipeline_migration order by 1"))
                .containsExactly("environment 1", "pipeline 1");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_database_that_was_given_other_tables_is_refused(DataSource source) throws SQLException {
        JdbcPipelineStore.on(source).close();
        run(source, "update release_pipeline_migration set checksum = 'changed'");

        assertRefused(source, "another version 1");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_database_of_a_newer_library_is_refused(DataSource source) throws SQLException {
        JdbcPipelineStore.on(source).close();
        run(source, "insert into release_pipeline_migration values ('pipeline', 99, 'future', 'x', 0)");

        assertRefused(source, "newer library");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_migration_that_fails_leaves_nothing_behind(DataSource source) throws SQLException {
        run(source, "create table release_pipeline_letter (mine integer)");

        AdapterException error = catchThrowableOfType(AdapterException.class, () -> JdbcPipelineStore.on(source));
        assertThat(error.retryable()).isFalse();

        run(source, "drop table release_pipeline_letter");
        JdbcPipelineStore.on(source).close();
        assertThat(query(source, "select count(*) from release_pipeline_letter"))
                .containsExactly("0");
    }

    @Test
    void both_databases_have_the_same_tables_and_columns() throws SQLException {
        List<TreeSet<String>> columns = new ArrayList<>();
        for (DataSource source : EachDatabase.empty().toList()) {
            JdbcPipelineStore.on(source).close();
            JdbcEnvironment.on(source, new EnvironmentName("production")).close();
            columns.add(columns(source));
        }

        assertThat(columns.get(0)).hasSizeGreaterThan(100).isEqualTo(columns.get(1));
    }

    @Test
    void a_script_is_cut_into_its_statements() {
        String script = """
                -- a comment; with a semicolon
                create table a (x text default ';''"'); /* ; */ create table "b;" (x integer);
                create trigger t before update on a begin select case when 1 then 2 end; select 3; end;
                create function f() returns trigger language plpgsql as $$
                begin
                  raise exception 'x;';
                end;
                $$;
                -- nothing
                """;

        assertThat(SqlScript.statements(script)).hasSize(4).satisfies(statements -> {
            assertThat(statements.get(0)).endsWith("(x text default ';''\"')");
            assertThat(statements.get(1)).endsWith("create table \"b;\" (x integer)");
            assertThat(statements.get(2)).endsWith("select 3; end");
            assertThat(statements.get(3)).endsWith("$$");
        });
    }

    private static TreeSet<String> columns(DataSource source) throws SQLException {
        TreeSet<String> columns = new TreeSet<>();
        try (Connection connection = source.getConnection();
                ResultSet rows = connection.getMetaData().getColumns(null, null, "release_pipeline_%", "%")) {
            while (rows.next()) {
                columns.add(rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME"));
            }
        }
        columns.removeIf(column -> column.matches(
                        ".*_(newest|status|author|state|pkey|key|of|tag|line|environment|finished|event|waiting|buried|digest|idx)\\..*")
                && !column.matches("release_pipeline_environment\\..*"));
        return columns;
    }

    private static void assertRefused(DataSource source, String words) {
        AdapterException error = catchThrowableOfType(AdapterException.class, () -> JdbcPipelineStore.on(source));
        assertThat(error).hasMessageContaining(words);
        assertThat(error.retryable()).isFalse();
    }

    static List<String> query(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static void run(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
