package io.github.releasepipeline.examples.crashtest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.DeploymentTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/** What every process of the test has in common. */
final class Setup {
    static final List<EnvironmentName> ENVIRONMENTS = List.of("blue", "green", "red", "gold").stream()
            .map(EnvironmentName::new)
            .toList();
    private static final EnvironmentName TRIED_OUT = new EnvironmentName("red");
    private static final int SHARE = 20;
    private static final EnvironmentName APPROVED = new EnvironmentName("gold");
    private static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");

    private Setup() {}

    /** Connections that notice within a few seconds that the database is gone. */
    static HikariDataSource pool(int port, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=3&socketTimeout=5");
        config.setUsername("postgres");
        // Else the pool asks its first connection for the default, and is of no use ever after if that one breaks
        // meanwhile.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** @param way how calls get to an environment's target */
    static PipelineBuilder pipeline(
            Path folder,
            PipelineStore store,
            DataSource database,
            BiFunction<EnvironmentName, CanaryTarget, DeploymentTarget> way) {
        GitRepository repository = GitRepository.at(folder.resolve("git"));
        PipelineBuilder pipeline = Pipeline.builder()
                .sourceControl(GitPullRequests.of(repository, List.of(FLOWS)))
                .repository(repository)
                .store(store)
                .items(FLOWS)
                .stowaways(Stowaways.WARN);
        for (EnvironmentName name : ENVIRONMENTS) {
            DeploymentTarget target = way.apply(name, JdbcEnvironment.on(database, name));
            pipeline.environment(name.value(), target, env -> {
                if (name.equals(APPROVED)) {
                    env.tier(Tier.STAGING).approvals(1);
                } else if (name.equals(TRIED_OUT)) {
                    env.canary(
                            SHARE,
                            canary -> canary.gate(
                                    new ErrorRate(),
                                    use -> use.every(Duration.ofSeconds(1))
                                            .timeout(Duration.ofMinutes(1))
                                            .greenFor(Duration.ofSeconds(1))));
                }
            });
        }
        return pipeline;
    }
}
