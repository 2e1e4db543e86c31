package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.JoiningStore;
import io.github.releasepipeline.tck.JoiningStoreContract;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A host of a database, for the contract. */
record JoinedHost(HostTransaction transaction, JoiningStore store) implements JoiningStoreContract.Host {
    static JoinedHost on(DataSource source) {
        HostTransaction transaction = new HostTransaction(source);
        return new JoinedHost(transaction, JdbcPipelineStore.on(source, options -> options.joining(transaction)));
    }

    @Override
    public void commit(Runnable work) {
        try {
            transaction.commit(connection -> work.run());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void rollBack(Runnable work) {
        try {
            transaction.rollBack(connection -> work.run());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
