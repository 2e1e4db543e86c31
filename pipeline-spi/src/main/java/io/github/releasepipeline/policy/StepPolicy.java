package io.github.releasepipeline.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the steps of releases are run in an environment. Copied into each release with the rest of its policy.
 *
 * @param limits by the names of the steps, {@code DEPLOY_ARTIFACTS}; the standard ones for all others
 * @param afterFailure what follows a failure
 * @param canary which part of the traffic a version gets first; absent if it gets all at once
 * @param watch how long a version is watched after its activation; absent if it counts as verified with it
 */
public record StepPolicy(
        Map<String, StepLimits> limits,
        AfterFailure afterFailure,
        Optional<CanaryPolicy> canary,
        Optional<WatchPolicy> watch) {
    private static final StepPolicy STANDARD =
            new StepPolicy(Map.of(), AfterFailure.STAY, Optional.empty(), Optional.empty());

    /** Copies the map. */
    public StepPolicy {
        limits = Map.copyOf(limits);
    }

    /** Nothing but standard limits: a failure is left as it is, there is no canary, and nothing is watched. */
    public static StepPolicy standard() {
        return STANDARD;
    }

    /**
     * The limits of a step.
     *
     * @param step one of the release's steps
     */
    public StepLimits limits(Enum<?> step) {
        return limits.getOrDefault(step.name(), StepLimits.standard());
    }

    /** The same with these limits for a step. */
    public StepPolicy limit(Enum<?> step, StepLimits value) {
        Map<String, StepLimits> more = new HashMap<>(limits);
        more.put(step.name(), value);
        return new StepPolicy(more, afterFailure, canary, watch);
    }

    /** The same, and this follows a failure. */
    public StepPolicy afterFailure(AfterFailure value) {
        return new StepPolicy(limits, value, canary, watch);
    }

    /** The same, and versions get a part of the traffic first. */
    public StepPolicy canary(CanaryPolicy value) {
        return new StepPolicy(limits, afterFailure, Optional.of(value), watch);
    }

    /** The same, and versions are watched. */
    public StepPolicy watch(WatchPolicy value) {
        return new StepPolicy(limits, afterFailure, canary, Optional.of(value));
    }
}
