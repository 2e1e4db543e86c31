package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Automatic rules on real databases: two nodes at the same moment, and a node that dies at any point. */
class AutomationNodesTest {
    /** How far apart the transactions are before which a node dies: 1 tries each, as the core does in memory. */
    private static final int STEP = Integer.getInteger("automation.step", 6);

    private static final AutoChangeSetRule GROUPS = AutoChangeSetRule.grouping("invoices", "Invoices");
    private static final AutoChangeSetRule DEPLOYS =
            AutoChangeSetRule.versioning("hotfix", "Hotfix", "first", "second");

    static Stream<DataSource> databases() {
        return Stream.of(EachDatabase.sqlite(), PostgresServer.pool(PostgresServer.newDatabase()));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void two_nodes_that_see_the_same_merges_at_the_same_moment_make_one_set_for_each_rule(DataSource database)
            throws Exception {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database))) {
            AutoChangeSetRule other = AutoChangeSetRule.grouping("pages", "Pages");
            List<Pipeline> both = List.of(
                    nodes.start(wiring -> wiring.autoChangeSetRules(GROUPS, other)),
                    nodes.start(wiring -> wiring.autoChangeSetRules(GROUPS, other)));
            both.get(0).as(ALICE).pullRequests().synchronize();
            for (int round = 1; round <= 5; round++) {
                nodes.merged("invoices");
                nodes.merged("pages");
                synchronizeAtOnce(both);
            }

            assertThat(nodes.sets())
                    .extracting(set -> set.name() + " "
                            + set.pullRequests().stream().sorted().toList())
                    .containsExactlyInAnyOrder("Invoices [1, 3, 5, 7, 9]", "Pages [2, 4, 6, 8, 10]");
            assertThat(both.get(1).as(ALICE).audit().verify().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void two_nodes_that_go_on_at_the_same_moment_make_one_version_for_each_merge_and_deploy_each_once(
            DataSource database) throws Exception {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database))) {
            List<Pipeline> both =
                    List.of(nodes.start(AutomationNodesTest::deploying), nodes.start(AutomationNodesTest::deploying));
            both.get(0).as(ALICE).pullRequests().synchronize();
            for (int merge = 1; merge <= 3; merge++) {
                nodes.merged("hotfix");
            }
            synchronizeAtOnce(both);
            patiently().until(() -> {
                both.get(0).maintain();
                return nodes.store.tables().automationsUnderWay().isEmpty();
            });

            assertThat(nodes.sets())
                    .extracting(ChangeSet::pullRequests)
                    .containsExactlyInAnyOrder(List.of(1L), List.of(2L), List.of(3L));
            assertThat(versions(nodes))
                    .extracting(version -> version.number() + " " + version.pullRequests())
                    .containsExactlyInAnyOrder("v0.1.0 [1]", "v0.1.1 [2]", "v0.1.2 [3]");
            assertThat(releases(nodes).stream()
                            .map(release -> release.number() + " to " + release.environment())
                            .toList())
                    .doesNotHaveDuplicates()
                    .contains("v0.1.2 to second");
            assertThat(both.get(1).as(ALICE).audit().verify().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatever_a_node_that_dies_leaves_behind_another_completes_once(DataSource database) {
        boolean died = true;
        for (int point = 0; died; point += STEP) {
            try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database).pipeline("p" + point))) {
                died = dies(nodes, point);
                Pipeline other = nodes.start(AutomationNodesTest::deploying);
                other.as(ALICE).pullRequests().synchronize();
                patiently().until(() -> {
                    other.maintain();
                    return nodes.store.tables().automationsUnderWay().isEmpty();
                });
                completedOnce(nodes);
                assertThat(died || point > 15).isTrue();
            }
        }
    }

    /** A merge is seen by a process that dies after some transactions, unless everything is done by then. */
    private static boolean dies(Nodes nodes, int point) {
        DyingStore dying = new DyingStore(nodes.store);
        Pipeline node = nodes.start(dying, AutomationNodesTest::deploying);
        node.as(ALICE).pullRequests().synchronize();
        nodes.merged("hotfix");
        dying.dieAfter(point);
        try {
            node.as(ALICE).pullRequests().synchronize();
        } catch (DyingStore.Death e) {
            return true;
        }
        patiently()
                .until(() -> dying.isDead()
                        || nodes.store.tables().automationsUnderWay().isEmpty());
        return dying.isDead();
    }

    private static void completedOnce(Nodes nodes) {
        assertThat(nodes.sets())
                .singleElement()
                .satisfies(set -> assertThat(set.state().kind()).isEqualTo(ChangeSetState.Kind.VERSIONED));
        assertThat(versions(nodes)).hasSize(1);
        assertThat(nodes.repository.tags()).hasSize(1);
        assertThat(releases(nodes))
                .hasSize(2)
                .allSatisfy(release -> assertThat(release.succeeded()).isTrue());
    }

    private static PipelineBuilder deploying(PipelineBuilder wiring) {
        return wiring.autoChangeSetRules(DEPLOYS);
    }

    private static void synchronizeAtOnce(List<Pipeline> both) throws Exception {
        List<Callable<List<Long>>> readings = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Pipeline pipeline = both.get(thread % 2);
            readings.add(() -> pipeline.as(ALICE).pullRequests().synchronize());
        }
        assertThat(Nodes.atOnce(readings)).hasSize(4);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    private static List<Version> versions(Nodes nodes) {
        return nodes.store
                .tables()
                .versions(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    private static List<Release> releases(Nodes nodes) {
        return nodes.store
                .tables()
                .releases(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }
}
