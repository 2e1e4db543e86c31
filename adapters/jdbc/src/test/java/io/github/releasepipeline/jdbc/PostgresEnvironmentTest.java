package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.tck.DeploymentTargetContract;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

class PostgresEnvironmentTest extends DeploymentTargetContract {
    private static final AtomicInteger ENVIRONMENTS = new AtomicInteger();
    private static final DataSource SOURCE = PostgresServer.pool(PostgresServer.newDatabase());

    /** All facts share one database and so prove that environments do not disturb each other. */
    @Override
    protected DeploymentTarget newTarget() {
        return JdbcEnvironment.on(SOURCE, new EnvironmentName("e" + ENVIRONMENTS.incrementAndGet()));
    }
}
