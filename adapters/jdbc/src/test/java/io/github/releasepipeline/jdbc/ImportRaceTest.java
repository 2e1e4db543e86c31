package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.HistoryReport;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.source.TagRequest;
import io.github.releasepipeline.version.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** One node imports the history while another publishes the first version. */
class ImportRaceTest {
    @Test
    void a_first_version_that_is_published_while_history_is_imported_waits_and_is_proposed_again() throws Exception {
        DataSource database = PostgresServer.newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database))) {
            // given
            HeldStore held = new HeldStore();
            ActingPipeline importing =
                    nodes.start(held.on(nodes.store), wiring -> wiring).as(ALICE);
            ActingPipeline publishing = nodes.start(wiring -> wiring).as(ALICE);
            nodes.merged();
            nodes.repository.createTag(
                    new TagRequest("v1.0.0", nodes.repository.resolve("main"), "First", ALICE, nodes.clock.instant()));
            long number = nodes.merged();
            publishing.pullRequests().synchronize();
            ChangeSet set = publishing.changeSets().create("New", wish -> wish.pullRequests(number));
            // when
            Future<HistoryReport> history =
                    threads.submit(() -> importing.versions().importHistory());
            held.awaitHeld();
            Future<Version> first = threads.submit(() -> publishing.versions().publish(set.id()));
            await().atMost(Duration.ofSeconds(30)).until(() -> first.isDone() || waits(database));
            held.release();
            // then
            Version imported = history.get().imported().get(0);
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RefusedException.class)
                    .hasMessageContaining("became the version before it");
            Version next = publishing.versions().publish(List.of(set.id()), wish -> {});
            assertThat(next.previous()).contains(imported.id());
            assertThat(next.pullRequests()).containsExactly(number);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean waits(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted"
                                + " and database = (select oid from pg_database where datname = current_database())")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }
}
