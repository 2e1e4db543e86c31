package io.github.releasepipeline.jakarta.inject;

import io.github.releasepipeline.PipelineBuilder;

/**
 * Says of a pipeline what is the host's own: its items, environments and notifiers. The host writes one, with whatever it
 * needs injected; it is called once, before the pipeline is built.
 */
@FunctionalInterface
public interface PipelineSetup {
    /**
     * Adds to the builder. The store, the source control, the repository and the access policy are set already.
     *
     * @param pipeline the builder; {@code build()} is not this method's to call
     */
    void addTo(PipelineBuilder pipeline);
}
