package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepOutcome;
import org.junit.jupiter.api.Test;

/**
 * Facts about a target that can give a part of the traffic to what is staged. How much traffic arrives where is for each
 * target's own tests.
 */
abstract class CanaryFacts extends TargetSafetyFacts {
    @Test
    void what_is_active_stays_active_while_what_is_staged_gets_a_part_of_the_traffic() {
        deploy(ONE);
        assertDone(stage(TWO));

        assertDone(canary(TWO, 10));
        assertDone(canary(TWO, 50));

        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void a_canary_that_is_activated_gets_everything() {
        deploy(ONE);
        assertDone(stage(TWO));
        assertDone(canary(TWO, 10));

        assertDone(activate(TWO));

        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_canary_that_is_taken_back_leaves_what_is_active_and_can_be_staged_again() {
        deploy(ONE);
        assertDone(stage(TWO));
        assertDone(canary(TWO, 10));

        assertDone(restore(ONE, new RestoreSource.FromArtifacts(ONE.against(active()))));
        assertThat(active()).isEqualTo(ONE.manifest());
        assertThat(canary(TWO, 10)).as("TWO was dropped").isInstanceOf(StepOutcome.Failed.class);

        assertDone(stage(TWO));
        assertDone(canary(TWO, 10));
        assertDone(activate(TWO));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_canary_makes_way_for_what_is_staged_next() {
        deploy(ONE);
        assertDone(stage(TWO));
        assertDone(canary(TWO, 10));

        assertDone(stage(THREE));

        assertThat(active()).isEqualTo(ONE.manifest());
        assertDone(activate(THREE));
        assertThat(active()).isEqualTo(THREE.manifest());
    }

    @Test
    void nothing_but_what_is_staged_gets_a_part_of_the_traffic() {
        CanaryTarget gradual = gradual();
        deploy(ONE);
        assertThat(gradual.canary(call(Step.CANARY, TWO), 10)).isInstanceOf(StepOutcome.Failed.class);
        assertThat(gradual.canary(call(Step.CANARY, ONE), 10))
                .as("what is active has all of it")
                .isInstanceOf(StepOutcome.Failed.class);

        assertDone(stage(THREE));
        assertThat(gradual.canary(call(Step.CANARY, TWO), 10)).isInstanceOf(StepOutcome.Failed.class);
        assertDone(activate(THREE));
    }

    @Test
    void a_repeated_canary_answers_as_the_first_time_and_is_known_to_a_probe() {
        CanaryTarget gradual = gradual();
        deploy(ONE);
        assertDone(stage(TWO));
        StepOutcome first = gradual.canary(call(Step.CANARY, TWO, "canary", 1), 10);
        deploy(THREE);

        assertThat(gradual.canary(call(Step.CANARY, TWO, "canary", 1), 10)).isEqualTo(first);

        assertThat(target.probe("canary", 1)).isEqualTo(new Probe.Ended(first));
        assertThat(active()).isEqualTo(THREE.manifest());
    }

    private StepOutcome canary(TextArtifacts version, int percent) {
        return gradual().canary(call(Step.CANARY, version), percent);
    }

    private CanaryTarget gradual() {
        assumeTrue(target instanceof CanaryTarget, "it cannot give a part of the traffic to a version");
        return (CanaryTarget) target;
    }
}
