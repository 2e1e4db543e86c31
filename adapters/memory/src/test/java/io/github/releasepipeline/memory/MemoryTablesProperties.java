package io.github.releasepipeline.memory;

import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.tck.PipelineTablesProperties;

class MemoryTablesProperties extends PipelineTablesProperties {
    @Override
    protected PipelineStore newStore() {
        return new MemoryPipelineStore();
    }
}
