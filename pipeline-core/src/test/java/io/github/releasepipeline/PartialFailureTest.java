package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.ItemByItem;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that takes one item after the other, and fails at any of them. */
class PartialFailureTest {
    private static final int ITEMS = 3;

    private final PipelineFixture fixture = new PipelineFixture();
    private final Shelf shelf = new Shelf();
    private Pipeline pipeline;
    private Version first;
    private Version second;

    /** The paths that are written, one by one. */
    private static final class Shelf implements ItemByItem.Place {
        private final Set<String> written = new TreeSet<>();
        private int failsAt;
        private int stuckAt;
        private final List<String> order = new ArrayList<>();

        @Override
        public Optional<String> write(ItemOperation operation, Artifacts artifacts) throws IOException {
            written.add(operation.id().path());
            order.add(operation.id().path());
            if (written.size() == failsAt) {
                throw new IOException("disk full");
            }
            return Optional.empty();
        }

        @Override
        public void putBack(ItemOperation operation) throws IOException {
            if (order.indexOf(operation.id().path()) == stuckAt - 1) {
                throw new IOException("still full");
            }
            written.remove(operation.id().path());
        }
    }

    @BeforeEach
    void start() {
        pipeline = fixture.build(fixture.bare(fixture.memory).environment("development", piecemeal()));
        first = fixture.version(pipeline);
        fixture.deployed(pipeline, first, "development");
        long[] numbers = LongStream.rangeClosed(1, ITEMS)
                .map(i -> fixture.merged(pipeline))
                .toArray();
        second = pipeline.as(ALICE)
                .versions()
                .publish(pipeline.as(ALICE)
                        .changeSets()
                        .create(
                                "Three flows",
                                set -> set.type(ChangeType.FEATURE).pullRequests(numbers))
                        .id());
        shelf.written.clear();
        shelf.order.clear();
    }

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void when_an_item_fails_those_before_it_are_put_back_and_the_environment_is_as_it_was(int failing) {
        shelf.failsAt = failing;
        // when
        Release release = deploySecond();
        // then
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo(Step.DEPLOY_ARTIFACTS);
            assertThat(failed.failure()).isEqualTo(FailureKind.ERRORED);
        });
        assertThat(shelf.written).isEmpty();
        assertThat(environment().degradation()).isEmpty();
        assertThat(environment().active()).map(ActiveVersion::version).contains(first.id());
        shelf.failsAt = 0;
        assertThat(pipeline.as(ALICE).releases().retry(release.id()).await(LONG).succeeded())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "2,2", "3,1", "3,2", "3,3"})
    void what_cannot_be_put_back_is_named_and_closes_the_environment_to_deployments(int failing, int stuck) {
        shelf.failsAt = failing;
        shelf.stuckAt = stuck;
        // when
        Release release = deploySecond();
        // then
        assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.FAILED);
        String left = shelf.order.get(stuck - 1);
        assertThat(shelf.written).containsExactly(left);
        assertThat(environment().degradation()).map(Degradation::items).contains(List.of(new ItemId("workflow", left)));
        assertThat(fixture.log(release.id()))
                .anyMatch(line -> line.contains("✗ Could not put back workflow "))
                .anyMatch(line -> line.contains("! Put back " + (failing - 1) + " of " + failing));
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().request(first.id(), "development"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("degraded");
    }

    @Test
    void a_degraded_environment_is_opened_by_a_rollback() {
        Release failed = degrade();
        // when
        Release rollback = pipeline.as(ALICE)
                .releases()
                .rollback(failed.id(), "half of it is there")
                .await(LONG);
        // then
        assertThat(rollback.succeeded()).isTrue();
        assertThat(environment().degradation()).isEmpty();
        assertThat(pipeline.as(ALICE).releases().get(failed.id()).state().kind())
                .isEqualTo(ReleaseState.Kind.ROLLED_BACK);
    }

    @Test
    void a_degraded_environment_is_opened_when_somebody_says_that_it_is_repaired() {
        degrade();
        pipeline.as(ALICE).environments().repaired("development", "put back by hand");
        assertThat(deploySecond().succeeded()).isTrue();
    }

    @Test
    void a_degraded_environment_takes_a_release_that_somebody_forces_with_a_reason() {
        degrade();
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().requestForced(second.id(), "development", " "))
                .hasMessage("A reason is mandatory here");
        Release forced = pipeline.as(ALICE).releases().requestForced(second.id(), "development", "customers wait");
        // when
        Release release = pipeline.as(ALICE).releases().deploy(forced.id()).await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(release.reason()).contains("customers wait");
        assertThat(environment().degradation()).isEmpty();
        assertThat(environment().active()).map(ActiveVersion::version).contains(second.id());
    }

    @Test
    void a_release_that_failed_and_degraded_its_environment_can_be_forced_and_retried() {
        Release failed = degrade();
        assertThat(pipeline.as(ALICE).releases().actions(failed.id())).contains(ReleaseAction.FORCE);
        pipeline.as(ALICE).releases().force(failed.id(), "the disk is larger now");
        assertThat(pipeline.as(ALICE).releases().actions(failed.id())).doesNotContain(ReleaseAction.FORCE);
        // when
        Release release = pipeline.as(ALICE).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(environment().degradation()).isEmpty();
    }

    @Test
    void a_release_is_forced_past_what_is_wrong_now_and_not_past_what_goes_wrong_later() {
        Release failed = degrade();
        pipeline.as(ALICE).releases().force(failed.id(), "the disk is larger now");
        pipeline.as(ALICE).environments().repaired("development", "put back by hand");
        fixture.clock.advance(Duration.ofSeconds(1));
        degrade();
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().retry(failed.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("degraded");
    }

    @Test
    void an_environment_that_is_not_degraded_needs_no_force() {
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().requestForced(second.id(), "development", "now"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not degraded");
    }

    private Release degrade() {
        shelf.failsAt = 2;
        shelf.stuckAt = 1;
        Release failed = deploySecond();
        assertThat(environment().degradation()).isPresent();
        shelf.failsAt = 0;
        shelf.stuckAt = 0;
        shelf.written.clear();
        return failed;
    }

    private Release deploySecond() {
        return fixture.deploy(pipeline, second, "development").await(LONG);
    }

    private Environment environment() {
        return pipeline.as(ALICE).environments().get("development");
    }

    /** The development target, but that it brings items in one by one. */
    private DeploymentTarget piecemeal() {
        return (DeploymentTarget) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeploymentTarget.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("stage")) {
                        StepCall call = (StepCall) arguments[0];
                        StepOutcome outcome = ItemByItem.bringIn((Artifacts) arguments[1], shelf, call.log());
                        if (outcome instanceof StepOutcome.Failed) {
                            return outcome;
                        }
                    }
                    return method.invoke(fixture.development, arguments);
                });
    }
}
