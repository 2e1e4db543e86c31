package io.github.releasepipeline.examples.quickstart;

import static io.github.releasepipeline.changeset.ChangeType.FEATURE;
import static io.github.releasepipeline.policy.Tier.PRODUCTION;
import static io.github.releasepipeline.policy.Tier.STAGING;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The README's sample; {@code ReadmeIT} runs it and compares the two texts. */
final class ReadmeSample {
    private ReadmeSample() {}

    static void run(Path clone, Path database, DeploymentTarget staging, DeploymentTarget production) {
        // sample:begin
        var workflows = ItemKind.of("workflow", "workflows/**/*.json");
        var agents = ItemKind.of("agent", "agents/**/*.json");
        var git = GitRepository.at(clone);

        try (Pipeline pipeline = Pipeline.builder()
                .sourceControl(GitPullRequests.of(git, List.of(workflows, agents)))
                .repository(git)
                .store(JdbcPipelineStore.embedded(database))
                .items(workflows, agents)
                .environment("staging", staging, env -> env.tier(STAGING))
                .environment(
                        "production",
                        production,
                        env -> env.tier(PRODUCTION)
                                .after("staging")
                                .approvals(2)
                                .gate(new SecretScan()))
                .build()) { // reports every wiring mistake at once

            var alice = pipeline.as(Actor.user("alice"));
            alice.pullRequests().synchronize();

            ChangeSet invoices = alice.changeSets()
                    .create(
                            "Invoice Processing v2",
                            set -> set.description("Improved invoice extraction and classification")
                                    .type(FEATURE)
                                    .pullRequests(342, 341, 339));
            Version version = alice.versions().publish(invoices.id(), Bump.MINOR); // tagged, immutable

            Release trial = alice.releases().request(version.id(), "staging");
            alice.releases().deploy(trial.id()).await(Duration.ofMinutes(5));

            Release release = alice.releases().request(version.id(), "production"); // waits for two approvals
            pipeline.as(Actor.user("bob")).releases().approve(release.id(), "smoke tests green");
            pipeline.as(Actor.user("carol")).releases().approve(release.id(), "error budget fine");

            Release live = alice.releases()
                    .deploy(release.id())
                    .onLog(line -> System.out.println(line.format(ZoneId.systemDefault()))) // replays, then follows
                    .await(Duration.ofMinutes(30));
            if (!live.succeeded()) {
                alice.releases().rollback(live.id(), "high error rate in invoice-classification");
            }
        }
        // sample:end
    }
}
