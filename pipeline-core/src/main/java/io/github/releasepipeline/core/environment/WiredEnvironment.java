package io.github.releasepipeline.core.environment;

import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.QualityGate;
import java.util.Map;

/**
 * An environment as it is configured.
 *
 * @param name its name
 * @param policy what it demands
 * @param target what holds its items
 * @param gates its quality gates by name, in order
 */
public record WiredEnvironment(
        EnvironmentName name, EnvironmentPolicy policy, DeploymentTarget target, Map<String, QualityGate> gates) {
    /** Its id. */
    public EnvironmentId id() {
        return new EnvironmentId(name);
    }
}
