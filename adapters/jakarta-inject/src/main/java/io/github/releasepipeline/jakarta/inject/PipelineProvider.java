package io.github.releasepipeline.jakarta.inject;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.PipelineStore;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/**
 * Provides the one pipeline of a container, made of the container's parts.
 *
 * <p>{@code jakarta.inject} has no word for the end of a container, so the host says it once: where it binds {@link
 * Pipeline} to this provider, it also lets its container call {@link #close()} when it shuts down (a disposer method in
 * CDI, a destroy method in Spring).
 *
 * <p>The access policy has no default here: a host that lets everybody do everything says so.
 */
@Singleton
public class PipelineProvider implements Provider<Pipeline>, AutoCloseable {
    private final Pipeline pipeline;

    /**
     * Builds the pipeline. Called by the container.
     *
     * @throws ConfigurationException listing every mistake in the set-up
     */
    @Inject
    public PipelineProvider(
            PipelineStore store,
            SourceControl source,
            ItemRepository repository,
            AccessPolicy access,
            PipelineSetup setup) {
        PipelineBuilder builder = Pipeline.builder()
                .store(store)
                .sourceControl(source)
                .repository(repository)
                .access(access);
        setup.addTo(builder);
        pipeline = builder.build();
    }

    /** The pipeline, the same each time. */
    @Override
    public Pipeline get() {
        return pipeline;
    }

    /** Closes the pipeline and with it the store. Idempotent. */
    @Override
    public void close() {
        pipeline.close();
    }
}
