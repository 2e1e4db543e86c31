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

    /** Two nodes and three versions. */
    private record Story(Nodes nodes, Pipeline here, Pipeline elsewhere, Version one, Version two, Version three)
            implements AutoCloseable {
        static Story on(DataSource database) {
            Nodes nodes = new Nodes(JdbcPipelineStore.on(database));
            Pipeline here = nodes.start(wiring -> wiring);
            Pipeline elsewhere = nodes.start(JdbcPipelineStore.on(database), wiring -> wiring);
            return new Story(nodes, here, elsewhere, version(nodes, here), version(nodes, here), version(nodes, here));
        }

        @Override
        public void close() {
            nodes.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_deployment_is_planned_upon_what_another_node_has_made_active_meanwhile(DataSource database) {
        try (Story story = Story.on(database)) {
            // given
            deployed(story.here(), story.one());
            ReleaseId waiting = requested(story.here(), story.three()).id();
            // when
            deployed(story.elsewhere(), story.two());
            Release release = story.here().as(ALICE).releases().deploy(waiting).await(LONG);
            // then
            assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
            assertThat(release.plan().rollbackTarget())
                    .as("it would go back to what was active")
                    .contains(story.two().id());
            assertThat(story.here().as(ALICE).audit().verify().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_request_is_planned_upon_what_another_node_has_made_active_meanwhile(DataSource database) {
        try (Story story = Story.on(database)) {
            deployed(story.here(), story.one());
            deployed(story.elsewhere(), story.two());
            assertThat(requested(story.here(), story.three()).plan().rollbackTarget())
                    .contains(story.two().id());
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_release_that_another_node_queued_starts_when_the_slot_is_freed_here(DataSource database) {
        try (Story story = Story.on(database)) {
            // given
            ReleaseId second = requested(story.elsewhere(), story.two()).id();
            story.nodes()
                    .first
                    .before(
                            Step.ACTIVATE,
                            () -> story.elsewhere().as(ALICE).releases().deploy(second));
            // when
            deployed(story.here(), story.one());
            // then
            Release release = story.here().as(ALICE).releases().follow(second).await(LONG);
            assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
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

    private static Release requested(Pipeline pipeline, Version version) {
        return pipeline.as(ALICE).releases().request(version.id(), "first");
    }

    private static void deployed(Pipeline pipeline, Version version) {
        ReleaseId id = requested(pipeline, version).id();
        assertThat(pipeline.as(ALICE).releases().deploy(id).await(LONG).state().kind())
                .isEqualTo(Kind.SUCCEEDED);
    }
}
