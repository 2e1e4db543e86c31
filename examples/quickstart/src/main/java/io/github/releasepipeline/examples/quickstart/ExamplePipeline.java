package io.github.releasepipeline.examples.quickstart;

import static io.github.releasepipeline.policy.Tier.PRODUCTION;
import static io.github.releasepipeline.policy.Tier.STAGING;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.gates.ItemDemands;
import io.github.releasepipeline.gates.ItemValidation;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.json.JsonComparer;
import io.github.releasepipeline.policy.EnvironmentName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The wiring: one Git repository, an embedded database, and three environments in another one. */
final class ExamplePipeline implements AutoCloseable {
    private static final ItemKind[] KINDS = {
        ItemKind.of("workflow", "workflows/**/*.json"), ItemKind.of("agent", "agents/**/*.json")
    };

    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final DataFolder data;

    ExamplePipeline(DataFolder data) {
        this.data = data;
    }

    /** Opens everything and puts it together. */
    Pipeline open() {
        GitRepository repository = GitRepository.at(data.repository());
        closing.push(repository::close);
        JdbcEnvironment development = environment("development");
        JdbcEnvironment staging = smokeTested(environment("staging"));
        JdbcEnvironment production = smokeTested(environment("production"));
        Pipeline pipeline = Pipeline.builder()
                .sourceControl(GitPullRequests.of(repository, List.of(KINDS)))
                .repository(repository)
                .store(JdbcPipelineStore.embedded(data.database()))
                .items(KINDS)
                .compareItems(JsonComparer.standard())
                .maintainedByHost() // the story tells what a killed run left behind before that is put right
                .environment("development", development)
                .environment(
                        "staging",
                        staging,
                        env -> env.tier(STAGING).after("development").approvals(1))
                .environment(
                        "production",
                        production,
                        env -> env.tier(PRODUCTION)
                                .after("staging")
                                .approvals(2)
                                .gate(ItemValidation.named("Workflow validation")
                                        .kind("workflow", ItemDemands::graph))
                                .gate(new SecretScan()))
                .build();
        closing.push(pipeline::close);
        return pipeline;
    }

    private JdbcEnvironment environment(String name) {
        JdbcEnvironment environment = JdbcEnvironment.embedded(data.environments(), new EnvironmentName(name));
        closing.push(environment::close);
        return environment;
    }

    private static JdbcEnvironment smokeTested(JdbcEnvironment environment) {
        return environment
                .smokeTest("every workflow loads", SmokeTests::workflowsLoad)
                .smokeTest("every agent loads", SmokeTests::agentsLoad)
                .smokeTest("every agent that is called is there", SmokeTests::calledAgentsAreThere);
    }

    /** Closes everything, the newest first. */
    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
