package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages come out of indexes in their order: no page reads a whole table, and none sorts. */
class PagePlanTest {
    private static final int ROWS = 8_000;
    /** As long as that of an ordinary pull request: what a row weighs decides between index and scan. */
    private static final String DOCUMENT = "x".repeat(1_500);

    private static final PageRequest FIRST = PageRequest.first(50);
    private static final PageRequest LATER =
            new PageRequest(50, java.util.Optional.of(new Cursor("release", 4_000, "r-4000").text()));
    private static Database sqlite;
    private static Database postgres;

    @BeforeAll
    static void fill() {
        sqlite = filled(Databases.on(EachDatabase.sqlite(), new StoreOptions()));
        postgres = filled(Databases.on(PostgresServer.newDatabase(), new StoreOptions()));
    }

    @Test
    void the_first_page_of_each_table_reads_an_index() {
        PipelineFilter all = PipelineFilter.all();
        assertIndexed(JdbcTables.pullRequests("default", all, FIRST));
        assertIndexed(JdbcTables.changeSets("default", all, FIRST));
        assertIndexed(JdbcTables.versions("default", all, FIRST));
        assertIndexed(JdbcTables.releases("default", all, FIRST));
    }

    @Test
    void the_open_pull_requests_are_found_without_reading_the_closed_ones() {
        TableQuery open = JdbcTables.pullRequests(
                "default",
                PipelineFilter.all()
                        .pullRequests(
                                PullRequestStatus.OPEN,
                                PullRequestStatus.REVIEW_REQUESTED,
                                PullRequestStatus.CHANGES_REQUESTED,
                                PullRequestStatus.APPROVED),
                FIRST);
        assertIndexed(open);
        assertThat(plan(sqlite, "explain query plan " + open.text(), open.values(), 4))
                .anyMatch(line -> line.contains("release_pipeline_pull_request_open"));
        assertThat(plan(postgres, "explain " + open.text(), open.values(), 1))
                .anyMatch(line -> line.contains("release_pipeline_pull_request_open"));
    }

    @Test
    void a_page_by_author_environment_or_status_reads_an_index() {
        PipelineFilter alice = PipelineFilter.all().by("author-7");
        assertIndexed(JdbcTables.pullRequests("default", alice, FIRST));
        assertIndexed(JdbcTables.changeSets("default", alice, FIRST));
        assertIndexed(JdbcTables.versions("default", alice, FIRST));
        assertIndexed(JdbcTables.releases("default", alice, FIRST));
        assertIndexed(JdbcTables.releases("default", alice, LATER));
        PipelineFilter production = PipelineFilter.all().in(new EnvironmentName("env-3"));
        assertIndexed(JdbcTables.releases("default", production, FIRST));
        assertIndexed(JdbcTables.releases("default", production.by("author-7"), FIRST));
        PipelineFilter one = PipelineFilter.all()
                .pullRequests(PullRequestStatus.DRAFT)
                .changeSets(ChangeSetState.Kind.DRAFT)
                .versions(VersionState.Kind.BLOCKED)
                .releases(ReleaseState.Kind.PAUSED);
        assertIndexed(JdbcTables.pullRequests("default", one, FIRST));
        assertIndexed(JdbcTables.changeSets("default", one, FIRST));
        assertIndexed(JdbcTables.versions("default", one, FIRST));
        assertIndexed(JdbcTables.releases("default", one, FIRST));
        assertIndexed(JdbcTables.releases("default", one, LATER));
    }

    @Test
    void pull_requests_by_label_or_changed_item_are_found_by_an_index_and_read_by_their_key() {
        PipelineFilter rare = PipelineFilter.all().label("label-7");
        PipelineFilter item = PipelineFilter.all().item("workflows/7.json");
        for (PipelineFilter filter :
                List.of(rare, item, rare.item("workflows/7.json").by("author-7"))) {
            for (PageRequest page : List.of(FIRST, FIRST.after(new Cursor("pull_request", 4_000, "x4000").text()))) {
                TableQuery query = JdbcTables.pullRequests("default", filter, page);
                assertThat(plan(sqlite, "explain query plan " + query.text(), query.values(), 4))
                        .as("SQLite: %s", query.text())
                        .noneMatch(line -> line.contains("SCAN"));
                assertThat(plan(postgres, "explain " + query.text(), query.values(), 1))
                        .as("PostgreSQL: %s", query.text())
                        .noneMatch(line -> line.contains("Seq Scan"));
            }
        }
    }

    @Test
    void the_versions_next_to_a_number_and_the_audit_trail_are_read_from_indexes() {
        VersionNumber number = new VersionNumber("", 1, 2, 3, "", "");
        for (LineQuery query : List.of(
                LineQuery.newest("default", ""),
                LineQuery.below("default", number),
                LineQuery.above("default", number),
                LineQuery.hotfixes("default", "", 50))) {
            assertIndexed(query.text(), query.values());
        }
        assertIndexed(
                "select position from release_pipeline_audit where pipeline = 'default' order by position desc limit 51",
                new Row());
    }

    @Test
    void a_scan_of_the_audit_trail_reads_an_index_part_by_part() {
        Row first = Row.of("pipeline", "default").and("limit", 100);
        assertIndexed(AuditScan.recordsStatement(false), first);
        assertIndexed(
                AuditScan.recordsStatement(true), first.and("subject", "s-4000").and("sequence", 1L));
    }

    @Test
    void figures_are_read_from_the_tallies_of_some_days_and_from_indexes_of_facts() {
        Row window = Row.of("pipeline", "default").and("environment", "env-3");
        Row days = Row.of("from", 100).and("to", 130).and(window);
        Row micros = Row.of("from", 4_000L * FactRows.DAY)
                .and("to", 4_030L * FactRows.DAY)
                .and("latest", 4_037L * FactRows.DAY)
                .and("within", 7 * FactRows.DAY)
                .and("limit", 50)
                .and(window);
        for (boolean inEnvironment : List.of(false, true)) {
            assertNoScan(JdbcFigures.daysStatement(inEnvironment), days);
            assertNoScan(JdbcFigures.factsStatement(inEnvironment, List.of(FactKind.values())), micros);
            assertNoScan(JdbcFigures.listStatement(FactKind.SUCCEEDED, inEnvironment, false), micros);
            assertNoScan(
                    JdbcFigures.listStatement(FactKind.SUCCEEDED, inEnvironment, true),
                    Row.of("after", 4_010L * FactRows.DAY)
                            .and("after_place", "r-1")
                            .and(micros));
            assertNoScan(JdbcFigures.hotfixedStatement(inEnvironment), micros);
        }
        assertNoScan(JdbcFigures.STOCK, window);
    }

    @Test
    void seals_logs_and_what_is_dropped_of_them_are_read_from_indexes() {
        Row values = Row.of("pipeline", "default")
                .and("limit", 100)
                .and("subject", "s-4000")
                .and("length", 1L);
        assertIndexed(AuditScan.sealsStatement(false), values);
        assertIndexed(AuditScan.sealsStatement(true), values);
        assertNoScan(
                LogRows.DROP, Row.of("pipeline", "default").and("before", 40L).and("max", 100));
    }

    @Test
    void what_waits_in_the_outbox_is_found_without_reading_all_letters() {
        Row values = Row.of("pipeline", "default")
                .and("sink", "sink-2")
                .and("now", Long.MAX_VALUE)
                .and("max", 1);
        assertNoScan(Letters.SINKS, values);
        assertNoScan(Letters.DUE_OF_SINK, values);
    }

    /** It may sort what it has found. */
    private static void assertNoScan(String statement, Row values) {
        assertThat(plan(sqlite, "explain query plan " + statement, values, 4))
                .as("SQLite: %s", statement)
                .noneMatch(line -> line.matches("SCAN release_pipeline.*|SCAN [a-z]") && !line.contains("USING INDEX"));
        assertThat(plan(postgres, "explain " + statement, values, 1))
                .as("PostgreSQL: %s", statement)
                .noneMatch(line -> line.contains("Seq Scan"));
    }

    private static void assertIndexed(TableQuery query) {
        assertIndexed(query.text(), query.values());
    }

    private static void assertIndexed(String statement, Row values) {
        assertThat(plan(sqlite, "explain query plan " + statement, values, 4))
                .as("SQLite: %s", statement)
                .noneMatch(line -> line.contains("SCAN") || line.contains("TEMP B-TREE"))
                .anyMatch(line -> line.contains("USING"));
        assertThat(plan(postgres, "explain " + statement, values, 1))
                .as("PostgreSQL: %s", statement)
                .noneMatch(line -> line.contains("Seq Scan"))
                .anyMatch(line -> line.contains("Index"));
    }

    private static List<String> plan(Database database, String statement, Row values, int column) {
        return database.read(sql -> sql.list(statement, values, row -> row.getString(column)));
    }

    private static Database filled(Database database) {
        new Migrations(database, "pipeline", List.of("001_pipeline")).run();
        String numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + ROWS + ")";
        String common = "'default', %s || i, 1, 0, '', i, 'author-' || (i %% 100)";
        Stream.of(
                        "insert into release_pipeline_pull_request (pipeline, id, revision, chain_length, chain_hash, created_at,"
                                + " author, place, status, items, document) " + numbers + " select "
                                + common.formatted("'pr-'") + ", 'x' || i, 'S' || (i % 7), i % 2, '" + DOCUMENT
                                + "' from n",
                        "insert into release_pipeline_pull_request_label (pipeline, label, pull_request) " + numbers
                                + " select 'default', 'label-' || (i % 200), 'pr-' || i from n",
                        "insert into release_pipeline_pull_request_item (pipeline, path, pull_request) " + numbers
                                + " select 'default', 'workflows/' || (i % 500) || '.json', 'pr-' || i from n",
                        "insert into release_pipeline_change_set (pipeline, id, revision, chain_length, chain_hash, created_at,"
                                + " author, state, document) " + numbers + " select " + common.formatted("'cs-'")
                                + ", 'S' || (i % 5), '{}' from n",
                        "insert into release_pipeline_version (pipeline, id, revision, chain_length, chain_hash, created_at,"
                                + " author, state, unique_tag, line, precedence, hotfix, content, standing) "
                                + numbers
                                + " select " + common.formatted("'v-'")
                                + ", 'S' || (i % 5), 'v' || i, '', 'p' || i, case when i % 50 = 0 then 1 else 0 end, '', ''"
                                + " from n",
                        "insert into release_pipeline_release (pipeline, id, revision, chain_length, chain_hash, created_at,"
                                + " author, environment, state, document) " + numbers + " select "
                                + common.formatted("'r-'")
                                + ", 'env-' || (i % 10), 'S' || (i % 12), '{}' from n",
                        "insert into release_pipeline_fact (pipeline, subject, kind, part, environment, at, took) "
                                + numbers
                                + " select 'default', 'r-' || i, case i % 8 when 0 then 'HOTFIX' when 1 then 'PRODUCTION'"
                                + " when 2 then 'RECOVERED' else 'SUCCEEDED' end, '', 'env-' || (i % 10), i * "
                                + FactRows.DAY + ", i from n",
                        "insert into release_pipeline_tally (pipeline, day, environment, kind, class, facts, took) "
                                + numbers + " select 'default', i, 'env-' || (i % 10), 'SUCCEEDED', 0, 1, 0 from n",
                        "insert into release_pipeline_seal (pipeline, subject, length, hash, checkpoint) " + numbers
                                + " select 'default', 's-' || i, 1, '', 1 from n",
                        "insert into release_pipeline_release_log (pipeline, release_id, sequence, at, entry) "
                                + numbers + " select 'default', 'r-' || i, 1, i, '{}' from n",
                        "insert into release_pipeline_audit (pipeline, subject, sequence, event, canonical, hash) "
                                + numbers + " select 'default', 's-' || i, 1, 'e', '', '' from n",
                        "insert into release_pipeline_letter (pipeline, sink, subject, sequence, due_at, tries, buried) "
                                + numbers
                                + " select 'default', 'sink-' || (i % 3), 's-' || (i % 100), i, i, 0, 0 from n",
                        "analyze")
                .forEach(statement -> assertThat(database.<Boolean>transact(sql -> {
                            sql.execute(statement);
                            return true;
                        }))
                        .isTrue());
        return database;
    }
}
