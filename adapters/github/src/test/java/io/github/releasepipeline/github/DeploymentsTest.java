package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.github.MirroredDeployment.State;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.CommitId;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentsTest {
    private final Forge forge = new Forge();
    private final FakeGitHub fake = forge.fake;
    private final GitHubDeployments deployments = forge.gitHub.deployments();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void a_release_is_one_deployment_with_a_status_for_each_state() {
        long id = deployments.mirror(release("r1", State.IN_PROGRESS));

        assertThat(deployments.mirror(release("r1", State.SUCCESS))).isEqualTo(id);
        assertThat(fake.deployments.deployments).hasSize(1);
        assertThat(fake.deployments.statuses.get(id))
                .extracting(status -> status.path("state").asText())
                .containsExactly("success", "in_progress");
    }

    @Test
    void github_merges_nothing_and_asks_for_no_checks() {
        deployments.mirror(release("r1", State.QUEUED));

        assertThat(forge.server.exchanges().stream()
                        .map(exchange -> exchange.asked())
                        .filter(asked -> asked.toString().equals("POST /repos/acme/flows/deployments")))
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.json().path("auto_merge").isBoolean()).isTrue();
                    assertThat(asked.json().path("auto_merge").booleanValue()).isFalse();
                    assertThat(asked.json().path("required_contexts").isEmpty()).isTrue();
                    assertThat(asked.json().path("production_environment").booleanValue())
                            .isTrue();
                });
    }

    @Test
    void telling_a_state_again_tells_nothing_new() {
        long id = deployments.mirror(release("r1", State.FAILURE));
        deployments.mirror(release("r1", State.FAILURE));

        assertThat(fake.deployments.statuses.get(id)).hasSize(1);
    }

    @Test
    void two_releases_of_one_commit_are_two_deployments() {
        assertThat(deployments.mirror(release("r1", State.SUCCESS)))
                .isNotEqualTo(deployments.mirror(release("r2", State.SUCCESS)));
    }

    @Test
    void a_lost_answer_leaves_one_deployment() {
        fake.strike(asked -> {
            if (asked.toString().equals("POST /repos/acme/flows/deployments")) {
                fake.fault = null;
                fake.apply(asked);
                return Optional.of(Answer.lost());
            }
            return Optional.empty();
        });

        deployments.mirror(release("r1", State.SUCCESS));

        assertThat(fake.deployments.deployments).hasSize(1);
    }

    @Test
    void a_long_description_is_cut() {
        long id = deployments.mirror(release("r1", State.ERROR));

        assertThat(fake.deployments.statuses.get(id).get(0).path("description").asText())
                .hasSize(140)
                .endsWith("…");
    }

    private MirroredDeployment release(String id, State state) {
        return new MirroredDeployment(
                id,
                new CommitId(fake.main),
                "production",
                true,
                state,
                "x".repeat(200),
                Optional.of(URI.create("https://platform.test/releases/" + id)));
    }
}
