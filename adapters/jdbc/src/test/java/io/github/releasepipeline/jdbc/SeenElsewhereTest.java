package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes with stores of their own on one database, of which one has seen what is not so any more. */
class SeenElsewhereTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_deployment_is_planned_upon_what_another_node_has_made_active_meanwhile(DataSource database) {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database))) {
            // given
            Pipeline here = nodes.start(wiring -> wiring);
            Pipeline elsewhere = nodes.start(JdbcPipelineStore.on(database), wiring -> wiring);
            Version one = version(nodes, here);
            Version two = version(nodes, here);
            Version three = version(nodes, here);
            deployed(here, one);
            ReleaseId waiting =
                    here.as(ALICE).releases().request(three.id(), "first").id();
            // when
            deployed(elsewhere, two);
            Release release = here.as(ALICE).releases().deploy(waiting).await(LONG);
            // then
            assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
            assertThat(release.plan().rollbackTarget())
                    .as("it would go back to what was active")
                    .contains(two.id());
            assertThat(here.as(ALICE).audit().verify().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_request_is_planned_upon_what_another_node_has_made_active_meanwhile(DataSource database) {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database))) {
            Pipeline here = nodes.start(wiring -> wiring);
            Pipeline elsewhere = nodes.start(JdbcPipelineStore.on(database), wiring -> wiring);
            Version one = version(nodes, here);
            Version two = version(nodes, here);
            Version three = version(nodes, here);
            deployed(here, one);
            deployed(elsewhere, two);
            assertThat(here.as(ALICE)
                            .releases()
                            .request(three.id(), "first")
                            .plan()
                            .rollbackTarget())
                    .contains(two.id());
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_release_that_another_node_queued_starts_when_the_slot_is_freed_here(DataSource database) {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(database))) {
            // given
            Pipeline here = nodes.start(wiring -> wiring);
            Pipeline elsewhere = nodes.start(JdbcPipelineStore.on(database), wiring -> wiring);
            Version one = version(nodes, here);
            Version two = version(nodes, here);
            ReleaseId second =
                    elsewhere.as(ALICE).releases().request(two.id(), "first").id();
            nodes.first.before(
                    Step.ACTIVATE, () -> elsewhere.as(ALICE).releases().deploy(second));
            // when
            deployed(here, one);
            // then
            assertThat(here.as(ALICE)
                            .releases()
                            .follow(second)
                            .await(LONG)
                            .state()
                            .kind())
                    .isEqualTo(Kind.SUCCEEDED);
        }
    }

    private static Version version(Nodes nodes, Pipeline pipeline) {
        long number = nodes.merged();
        pipeline.as(ALICE).pullRequests().synchronize();
        return pipeline.as(ALICE)
                .versions()
                .publish(pipeline.as(ALICE)
                        .changeSets()
                        .create(
                                "Set of " + number,
                                set -> set.type(ChangeType.FEATURE).pullRequests(number))
                        .id());
    }

    private static void deployed(Pipeline pipeline, Version version) {
        ReleaseId id =
                pipeline.as(ALICE).releases().request(version.id(), "first").id();
        assertThat(pipeline.as(ALICE).releases().deploy(id).await(LONG).state().kind())
                .isEqualTo(Kind.SUCCEEDED);
    }
}
