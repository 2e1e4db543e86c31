package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenamedTablesTest {
    private static final Release RELEASE = Sample.release("r-1").build();

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void stores_with_different_prefixes_in_one_database_have_nothing_to_do_with_each_other(DataSource source) {
        JdbcPipelineStore one = JdbcPipelineStore.on(source, options -> options.tablePrefix("one_"));
        JdbcPipelineStore other = JdbcPipelineStore.on(source, options -> options.tablePrefix("other_"));

        one.transact(session -> {
            session.save(RELEASE.id(), Stored.unsaved(RELEASE).next(RELEASE, ChainHead.empty()));
            return true;
        });

        assertThat(one.reader().find(RELEASE.id())).isPresent();
        assertThat(other.reader().find(RELEASE.id())).isEmpty();
        assertThat(JdbcPipelineStore.on(source, options -> options.tablePrefix("one_"))
                        .reader()
                        .find(RELEASE.id()))
                .isPresent();
    }

    @Test
    void everything_that_is_made_is_in_the_schema_and_begins_with_the_prefix() throws SQLException {
        DataSource source = PostgresServer.newDatabase();

        JdbcPipelineStore.on(source, options -> options.schema("shipping").tablePrefix("rp_"));

        assertThat(query(source, """
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
                union all
                select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname not in ('pg_catalog', 'information_schema')""")).hasSizeGreaterThan(30).allMatch(name -> name.startsWith("shipping.rp_"));
    }

    @Test
    void a_schema_that_is_there_already_is_used_as_it_is() throws SQLException {
        DataSource source = PostgresServer.newDatabase();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema shipping");
            statement.execute("create table shipping.mine (id integer)");
        }

        JdbcPipelineStore.on(source, options -> options.schema("shipping"));

        assertThat(query(source, "select tablename from pg_tables where schemaname = 'shipping'"))
                .contains("mine", "release_pipeline_release");
        assertThat(query(source, "show search_path")).containsExactly("\"$user\", public");
    }

    @Test
    void sqlite_has_no_schemas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcPipelineStore.on(EachDatabase.sqlite(), options -> options.schema("shipping")))
                .withMessageContaining("no schemas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper_", "1st_", "a b", "a\"b", "a;b", "much_longer_than_twenty_"})
    void a_prefix_that_would_have_to_be_quoted_is_refused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcPipelineStore.on(EachDatabase.sqlite(), options -> options.tablePrefix(prefix)))
                .withMessageContaining("'" + prefix + "'");
    }

    private static List<String> query(DataSource source, String sql) throws SQLException {
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
}
