package io.github.releasepipeline.examples.house.violations;

import io.github.releasepipeline.store.PipelineStore;

/** Writes past the engine. */
public final class CallsTheStore {
    boolean write(PipelineStore store) {
        return store.transact(session -> true);
    }
}
