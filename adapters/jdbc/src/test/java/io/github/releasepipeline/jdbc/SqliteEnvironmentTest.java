package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.tck.DeploymentTargetContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class SqliteEnvironmentTest extends DeploymentTargetContract {
    private static final AtomicInteger FILES = new AtomicInteger();

    @TempDir
    static Path folder;

    @Override
    protected DeploymentTarget newTarget() {
        Path file = folder.resolve("environment-" + FILES.incrementAndGet() + ".db");
        return JdbcEnvironment.embedded(file, new EnvironmentName("production"));
    }
}
