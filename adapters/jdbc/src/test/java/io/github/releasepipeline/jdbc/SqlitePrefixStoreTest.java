package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.tck.PipelineStoreContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a prefix of the host's own. */
class SqlitePrefixStoreTest extends PipelineStoreContract {
    private static final AtomicInteger FILES = new AtomicInteger();

    @TempDir
    static Path folder;

    @Override
    protected PipelineStore newStore() {
        return JdbcPipelineStore.embedded(
                folder.resolve("store-" + FILES.incrementAndGet() + ".db"), options -> options.tablePrefix("rp_"));
    }
}
