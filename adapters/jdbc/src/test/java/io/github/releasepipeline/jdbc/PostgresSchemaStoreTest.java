package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.tck.PipelineStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The contract with a schema and a prefix of the host's own. */
class PostgresSchemaStoreTest extends PipelineStoreContract {
    private static final AtomicInteger PIPELINES = new AtomicInteger();
    private static final DataSource SOURCE = PostgresServer.pool(PostgresServer.newDatabase());

    @Override
    protected PipelineStore newStore() {
        return JdbcPipelineStore.on(
                        SOURCE, options -> options.schema("shipping").tablePrefix("rp_"))
                .pipeline("p" + PIPELINES.incrementAndGet());
    }
}
