package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.util.Optional;

/**
 * Tells the store of the host's own transactions, so that what the host does with the pipeline can be part of them: a command
 * is kept if the host commits, and was never given if the host does not. Called on the threads that use the pipeline.
 *
 * <p>Commands that need a plan (to request, deploy, retry or roll back a release, and where releases start by themselves, the last
 * approval and what else lets one start) ask the target what it holds while the host's transaction is open, and a target that is slow keeps it open.
 * {@link JdbcEnvironment#on} on the same source takes another connection for that: a pool needs two for each thread, or threads
 * that hold one each wait for each other.
 *
 * <p>With Spring, {@code current} answers {@code DataSourceUtils.getConnection(dataSource)} while
 * {@code TransactionSynchronizationManager.isActualTransactionActive()}, and {@code afterCommit} registers a synchronization.
 */
public interface HostTransactions {
    /** A host that has none of its own, or wants the pipeline to have nothing to do with them. */
    HostTransactions NONE = new HostTransactions() {
        @Override
        public Optional<Connection> current() {
            return Optional.empty();
        }

        @Override
        public void afterCommit(Runnable work) {
            throw new IllegalStateException("No transaction of the host was joined");
        }
    };

    /**
     * The connection of the transaction that the calling thread is in, with auto-commit off; empty if it is in none. The
     * store sets savepoints on it and does not commit, roll back or close it.
     */
    Optional<Connection> current();

    /**
     * Runs work after the calling thread's transaction was committed, on any thread that is in no transaction; never if it
     * is rolled back. Called within a transaction only. The work wakes what follows from a command: if it does not run, the
     * pipeline finds out by itself within its upkeep's interval.
     */
    void afterCommit(Runnable work);
}
