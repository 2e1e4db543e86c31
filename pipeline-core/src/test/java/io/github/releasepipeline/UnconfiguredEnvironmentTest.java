package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.version.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Environments that nobody configured, or not any more. */
class UnconfiguredEnvironmentTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private Version version;
    private ReleaseId succeeded;
    private ReleaseId waiting;
    private Releases releases;

    @BeforeEach
    void take_staging_out_of_the_configuration() {
        Pipeline before = fixture.start();
        version = fixture.version(before);
        fixture.deployed(before, version, "staging");
        succeeded = fixture.deployed(before, fixture.version(before), "staging").id();
        waiting = before.as(ALICE).releases().request(version.id(), "staging").id();
        Pipeline after = fixture.build(fixture.bare(fixture.memory).environment("production", fixture.production));
        releases = after.as(ALICE).releases();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nothing_but_the_log_is_offered_of_a_release_whose_environment_is_gone() {
        assertThat(releases.actions(succeeded)).containsExactly(ReleaseAction.VIEW_LOGS);
    }

    @Test
    void a_request_whose_environment_is_gone_can_only_be_ended() {
        assertThat(releases.actions(waiting))
                .containsExactlyInAnyOrder(ReleaseAction.REJECT, ReleaseAction.WITHDRAW_VOTE, ReleaseAction.CANCEL);
        assertThat(releases.cancel(waiting, "never again").state().kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void an_explanation_says_that_the_environment_is_gone() {
        for (ReleaseId id : new ReleaseId[] {succeeded, waiting}) {
            assertThat(releases.explain(id).conditions())
                    .containsExactly(Condition.unmet(
                            "environment.unconfigured",
                            "Environment staging is not configured any more",
                            "configure it again"));
        }
    }

    @Test
    void nothing_is_rolled_back_in_an_environment_that_is_gone() {
        assertThat(releases.rollbackability(succeeded))
                .isEqualTo(new Rollbackability.Impossible("Environment staging is not configured any more"));
        assertThat(releases.rollbackTargets(succeeded)).isEmpty();
    }

    @Test
    void an_environment_that_is_not_configured_is_not_found_whatever_it_is_called() {
        for (String name : new String[] {"staging", "Production", ""}) {
            assertThatThrownBy(() -> releases.request(version.id(), name))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("There is no environment '" + name + "' among '[production]'");
        }
    }
}
