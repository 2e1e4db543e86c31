package io.github.releasepipeline.jakarta.inject;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.target.DeploymentTarget;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The beans of a host that runs in a CDI container. */
final class Host {
    static final List<ItemKind> KINDS = List.of(ItemKind.of("workflow", "workflows/**/*.json"));

    private Host() {}

    /** What the container makes of the host's own parts, and of the pipeline. */
    @Singleton
    static class Parts {
        @Produces
        @Singleton
        ItemRepository repository(Path folder) {
            return GitRepository.at(folder);
        }

        @Produces
        @Singleton
        SourceControl source(ItemRepository repository) {
            return GitPullRequests.of((GitRepository) repository, KINDS);
        }

        @Produces
        @Singleton
        PipelineStore store(ClosableStore store) {
            return store;
        }

        @Produces
        @Singleton
        @ForEnvironment("staging")
        DeploymentTarget staging() {
            return new ScriptedTarget();
        }

        @Produces
        @Singleton
        @ForEnvironment("production")
        DeploymentTarget production() {
            return new ScriptedTarget();
        }

        @Produces
        @Singleton
        Pipeline pipeline(PipelineProvider provider) {
            return provider.get();
        }

        void close(@Disposes Pipeline pipeline) {
            pipeline.close();
        }
    }

    /** Only Alice may do anything. */
    @Singleton
    static class OnlyAlice implements AccessPolicy {
        @Override
        public Optional<String> refusal(Actor actor, Permission permission, String scope) {
            return actor.id().equals("alice") ? Optional.empty() : Optional.of("only alice may");
        }

        @Override
        public Set<String> groups(Actor actor) {
            return Set.of();
        }
    }

    /** Two environments, each with the target that is meant for it. */
    @Singleton
    static class Setup implements PipelineSetup {
        final DeploymentTarget staging;
        final DeploymentTarget production;
        private final Heard heard;

        @Inject
        Setup(
                @ForEnvironment("staging") DeploymentTarget staging,
                @ForEnvironment("production") DeploymentTarget production,
                Heard heard) {
            this.staging = staging;
            this.production = production;
            this.heard = heard;
        }

        @Override
        public void addTo(PipelineBuilder pipeline) {
            pipeline.items(KINDS.toArray(ItemKind[]::new))
                    .environment("staging", staging)
                    .environment("production", production, environment -> environment.after("staging"))
                    .notifier(heard);
        }
    }

    /** Wants the pipeline later. */
    @Singleton
    static class Later {
        final Provider<Pipeline> pipeline;

        @Inject
        Later(Provider<Pipeline> pipeline) {
            this.pipeline = pipeline;
        }
    }

    /** Forgets the items, and puts an environment after one that is not there. */
    @Singleton
    static class MistakenSetup implements PipelineSetup {
        @Override
        public void addTo(PipelineBuilder pipeline) {
            pipeline.environment("production", new ScriptedTarget(), environment -> environment.after("staging"));
        }
    }
}
