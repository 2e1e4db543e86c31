package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One call of the store after another does not get through while a worker runs. */
class StoreOutageTest {
    private static final int CALLS = 7;

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"PRE_DEPLOYMENT_CHECKS", "BACKUP", "DEPLOY_ARTIFACTS", "POST_DEPLOYMENT_CHECKS", "ACTIVATE"})
    void a_call_of_the_store_that_fails_once_after_any_step_fails_nothing_and_loses_no_line(Step step) {
        for (int wanted = 1; wanted <= CALLS; wanted++) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                // given
                FaultyStore store = new FaultyStore(fixture.memory);
                Pipeline pipeline = fixture.start(store, wiring -> {});
                AtomicInteger left = new AtomicInteger(wanted);
                fixture.development.after(step, () -> {
                    store.before(number -> failAtZero(left.decrementAndGet()));
                    store.reading(() -> failAtZero(left.decrementAndGet()));
                });
                Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "development");
                // when
                Release release = deployment.await(LONG);
                // then
                assertThat(release.succeeded())
                        .as("call %d after %s: %s", wanted, step, fixture.log(deployment.id()))
                        .isTrue();
                assertThat(fixture.log(deployment.id()))
                        .as("call %d after %s", wanted, step)
                        .hasSize(17);
            }
        }
    }

    private static void failAtZero(int left) {
        if (left == 0 && Thread.currentThread().getName().equals("test-worker")) {
            throw FaultyStore.unreachable();
        }
    }
}
