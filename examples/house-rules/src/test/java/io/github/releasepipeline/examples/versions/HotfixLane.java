package io.github.releasepipeline.examples.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.EnvironmentItems;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.memory.GroupAccess;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy.Bypass;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A work tree in which people use git, two environments in tables, and a pipeline over them. */
final class HotfixLane implements AutoCloseable {
    private static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");

    final Git git;
    private final GitRepository repository;
    private final JdbcEnvironment staging;
    private final JdbcEnvironment production;
    private final Pipeline pipeline;

    /** Alice may do everything, Bob everything but go past an environment. */
    HotfixLane(Path folder, JdbcPipelineStore store) throws IOException {
        Files.createDirectories(folder.resolve("shop/flows"));
        git = new Git(folder.resolve("shop"));
        git.run("init", "-q", "-b", "main");
        git.run("commit", "-q", "--allow-empty", "-m", "Begin");
        repository = GitRepository.at(folder.resolve("shop"));
        staging = JdbcEnvironment.embedded(folder.resolve("staging.db"), new EnvironmentName("staging"));
        production = JdbcEnvironment.embedded(folder.resolve("production.db"), new EnvironmentName("production"));
        pipeline = Pipeline.builder()
                .sourceControl(GitPullRequests.of(repository, Optional.of("main"), List.of(FLOWS))
                        .alsoInto("release/*"))
                .repository(repository)
                .store(store)
                .items(FLOWS)
                .access(GroupAccess.builder()
                        .members("all", Actor.user("alice"))
                        .grant("all", Permission.values())
                        .members("most", Actor.user("bob"))
                        .grant("most", Permission.REQUEST_RELEASE, Permission.DEPLOY)
                        .build())
                .environment("staging", staging, env -> env.tier(Tier.STAGING))
                .environment(
                        "production",
                        production,
                        env -> env.tier(Tier.PRODUCTION).after("staging").bypass(Bypass.HOTFIXES))
                .build();
    }

    ActingPipeline as(String person) {
        return pipeline.as(Actor.user(person));
    }

    /** A commit on the branch that is checked out. */
    CommitId commit(String path, String content, String message) throws IOException {
        Files.writeString(git.folder().resolve(path), content);
        git.run("add", "-A");
        git.run("commit", "-q", "-m", message);
        return new CommitId(git.run("rev-parse", "HEAD"));
    }

    ChangeSet set(ChangeType type, long... numbers) {
        as("alice").pullRequests().synchronize();
        return as("alice")
                .changeSets()
                .create("Set of " + numbers[0], set -> set.type(type).pullRequests(numbers));
    }

    /** A version of what a squash brought that is there. */
    Version published(String number, long squash) {
        return as("alice")
                .versions()
                .publish(List.of(set(ChangeType.FEATURE, squash).id()), version -> version.number(number));
    }

    void deployed(VersionId version, String environment) {
        finished(as("alice").releases().request(version, environment));
    }

    Release finished(Release requested) {
        Release release = as("alice").releases().deploy(requested.id()).await(Duration.ofSeconds(60));
        assertThat(release.succeeded()).isTrue();
        return release;
    }

    /** What production serves. */
    Map<String, String> production() {
        EnvironmentItems active = production.active().orElseThrow();
        Map<String, String> items = new TreeMap<>();
        active.manifest()
                .byPath()
                .keySet()
                .forEach(path -> items.put(path, new String(active.read(path), StandardCharsets.UTF_8)));
        return items;
    }

    @Override
    public void close() {
        pipeline.close();
        production.close();
        staging.close();
        repository.close();
    }
}
