package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.tck.PipelineTablesProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

class SqliteTablesProperties extends PipelineTablesProperties {
    @Override
    protected PipelineStore newStore() {
        try {
            return JdbcPipelineStore.embedded(
                    Files.createTempDirectory("tables").resolve("store.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
