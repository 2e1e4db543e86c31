package io.github.releasepipeline.memory;

import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.tck.DeploymentTargetContract;

class ScriptedTargetContractTest extends DeploymentTargetContract {
    @Override
    protected DeploymentTarget newTarget() {
        return new ScriptedTarget();
    }
}
