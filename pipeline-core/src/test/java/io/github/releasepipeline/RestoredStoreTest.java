package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store is older than the target: it was restored from a backup. */
class RestoredStoreTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_target_that_is_ahead_of_the_store_is_reached_again_when_a_person_raises_the_token() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.development.probe("a key of the lost time", 40);
        Release refused = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        assertThat(refused.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        failed -> assertThat(failed.message()).contains("token 40"));
        // when
        assertThat(pipeline.as(BOB)
                        .environments()
                        .raiseToken("development", 40, "store restored")
                        .fencingToken())
                .isEqualTo(40);
        Release again = pipeline.as(ALICE).releases().retry(refused.id()).await(LONG);
        // then
        assertThat(again.succeeded()).isTrue();
        assertThat(again.lastAttempt().orElseThrow().fencingToken()).isEqualTo(41);
        assertThat(fixture.memory.audit().of(new EnvironmentId(new EnvironmentName("development"))))
                .filteredOn(record -> record.event().equals(new EnvironmentEvent.TokenRaised(40)))
                .singleElement()
                .extracting(AuditRecord::stamp)
                .satisfies(stamp -> {
                    assertThat(stamp.actor()).isEqualTo(BOB);
                    assertThat(stamp.reason()).contains("store restored");
                });
        fixture.auditIsIntact();
    }

    @Test
    void a_token_is_raised_with_a_reason_and_upwards_only() {
        Environments environments = fixture.start().as(ALICE).environments();
        assertThatThrownBy(() -> environments.raiseToken("development", 5, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> environments.raiseToken("development", 0, "why not"))
                .isInstanceOf(RefusedException.class);
        assertThat(environments.get("development").fencingToken()).isZero();
    }
}
