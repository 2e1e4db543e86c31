package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.tck.PipelineStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

class PostgresStoreTest extends PipelineStoreContract {
    private static final AtomicInteger PIPELINES = new AtomicInteger();
    private static final DataSource SOURCE = PostgresServer.pool(PostgresServer.newDatabase());

    /** All facts share one database and so prove that pipelines do not see each other. */
    @Override
    protected PipelineStore newStore() {
        return JdbcPipelineStore.on(SOURCE).pipeline("p" + PIPELINES.incrementAndGet());
    }
}
