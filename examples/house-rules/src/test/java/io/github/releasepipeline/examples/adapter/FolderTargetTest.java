package io.github.releasepipeline.examples.adapter;

import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.tck.DeploymentTargetContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderTargetTest extends DeploymentTargetContract {
    @TempDir
    Path folder;

    @Override
    protected DeploymentTarget newTarget() {
        return new FolderTarget(folder);
    }
}
