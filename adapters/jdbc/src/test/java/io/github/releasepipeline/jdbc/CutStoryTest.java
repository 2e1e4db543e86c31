package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connection is cut at one round trip after another while a change goes its way to an environment: nobody notices but who
 * is told that a commit was lost, and then doing the same again completes it. {@code -Dcuts.step=1} cuts at each.
 */
class CutStoryTest {
    private static final int STEP = Integer.getInteger("cuts.step", 5);

    private final PGSimpleDataSource database = (PGSimpleDataSource) PostgresServer.newDatabase();
    private final CuttingProxy proxy = new CuttingProxy(database.getPortNumbers()[0]);
    private final HikariDataSource pool = PostgresServer.pool(proxy.way(database), 4);
    private final JdbcPipelineStore direct = JdbcPipelineStore.on(database);

    @AfterEach
    void close() throws IOException {
        pool.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_change_arrives_whichever_round_trip_is_cut(CuttingProxy.Cut when) {
        int trips = story("counted", Integer.MAX_VALUE, when);
        assertThat(trips).isGreaterThan(50);
        for (int trip = 0; trip < trips; trip += STEP) {
            story(when + "-" + trip, trip, when);
        }
    }

    private int story(String pipeline, int cutAt, CuttingProxy.Cut when) {
        String name = pipeline.toLowerCase(Locale.ROOT);
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(pool).pipeline(name))) {
            ActingPipeline alice = nodes.start(wiring -> wiring).as(ALICE);
            long number = nodes.merged();
            proxy.arm(cutAt, when);
            insist(() -> alice.pullRequests().synchronize());
            ChangeSet set = insist(() -> alice.changeSets().create("New", wish -> wish.pullRequests(number)));
            Version version = insist(() -> alice.versions().publish(set.id()));
            Release release = insist(() -> alice.releases().request(version.id(), "first"));
            Release live = insist(() -> alice.releases().deploy(release.id())).await(Duration.ofMinutes(1));
            int trips = proxy.disarm();

            assertThat(live.succeeded()).as(name).isTrue();
            assertOnce(name);
            assertThat(alice.audit().verify().problems()).as(name).isEmpty();
            return trips;
        }
    }

    /** As a person does who reads that it may pass and that nobody knows what came of it. */
    private static <R> R insist(Supplier<R> command) {
        try {
            return command.get();
        } catch (AdapterException e) {
            assertThat(e).hasMessageContaining("outcome unknown");
            return command.get();
        }
    }

    /** What was tried again was not done twice. */
    private void assertOnce(String name) {
        JdbcPipelineStore store = direct.pipeline(name);
        PageRequest all = PageRequest.first(10);
        assertThat(store.tables().changeSets(PipelineFilter.all(), all).rows())
                .as(name)
                .hasSize(1);
        assertThat(store.tables().versions(PipelineFilter.all(), all).rows())
                .as(name)
                .hasSize(1);
        assertThat(store.tables().releases(PipelineFilter.all(), all).rows())
                .as(name)
                .hasSize(1);
    }
}
