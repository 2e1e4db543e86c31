package io.github.releasepipeline.target;

/**
 * A target that can give a part of the traffic to what is staged. Its environment may demand a canary: the steps "canary" and
 * "canary analysis" come before "activate" then.
 */
public interface CanaryTarget extends DeploymentTarget {
    /**
     * Routes a part of the traffic to what is staged, and the rest to what is active. What is active stays so, also for
     * {@link DeploymentTarget#observe}. Another percentage takes the place of an earlier one.
     *
     * <p>The part ends with the next call that changes something: {@link DeploymentTarget#activate} gives everything to
     * what was staged, {@link DeploymentTarget#restore}, {@link DeploymentTarget#stage} and
     * {@link DeploymentTarget#deactivate} take it away from it. What began there can end there.
     *
     * @param call the step is {@code CANARY}; {@link StepOutcome.Failed} if other items than those of its manifest are staged
     * @param percent which part, from 1 to 99
     */
    StepOutcome canary(StepCall call, int percent);
}
