package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.PipelineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/** Transactions and reads on one database, whichever it is. */
final class Database implements AutoCloseable {
    private final Failures failures;
    private final Jdbi writers;
    private final Jdbi readers;
    private final Runnable onClose;
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Database(Failures failures, ConnectionFactory writers, ConnectionFactory readers, Runnable onClose) {
        this.failures = failures;
        this.writers = jdbi(writers);
        this.readers = jdbi(readers);
        this.onClose = onClose;
    }

    private static Jdbi jdbi(ConnectionFactory connections) {
        Jdbi jdbi = Jdbi.create(connections);
        // Statements are final text: '<' is a comparison and no template.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        // Transactions begin and end here, not there.
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        return jdbi;
    }

    Dialect dialect() {
        return failures.dialect();
    }

    /** How messages name it. */
    String name() {
        return failures.name();
    }

    /** Runs work in one transaction; commits if it returns, rolls back and passes on if it throws. */
    <R> R transact(Function<Sql, R> work) {
        if (!busy.add(Thread.currentThread())) {
            throw new IllegalStateException("A transaction of this store is already running in this thread;"
                    + " use its session instead of beginning another one");
        }
        try {
            return withHandle(writers, handle -> {
                begin(handle, dialect()::begin);
                R result = rolledBackOnFailure(handle, work);
                commit(handle);
                return result;
            });
        } finally {
            busy.remove(Thread.currentThread());
        }
    }

    /** Reads what is committed; each statement on its own. */
    <R> R read(Function<Sql, R> work) {
        return withHandle(readers, handle -> work.apply(new Sql(handle, failures)));
    }

    /** Reads the committed state of one moment, with as many statements as it takes. */
    void readSnapshot(Consumer<Sql> work) {
        withHandle(readers, handle -> {
            begin(handle, dialect()::beginSnapshot);
            boolean done = rolledBackOnFailure(handle, sql -> {
                work.accept(sql);
                return true;
            });
            commit(handle);
            return done;
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }

    private <R> R withHandle(Jdbi jdbi, Function<Handle, R> work) {
        if (closed) {
            throw new IllegalStateException("The store is closed");
        }
        Handle handle;
        try {
            handle = jdbi.open();
        } catch (JdbiException e) {
            throw failures.translate("the database", e);
        }
        try (handle) {
            return work.apply(handle);
        }
    }

    /** Begins or ends a transaction on a connection. */
    @FunctionalInterface
    private interface Command {
        void run(Connection connection) throws SQLException;
    }

    private void begin(Handle handle, Command command) {
        try {
            command.run(handle.getConnection());
        } catch (SQLException e) {
            PipelineException failure = failures.translate("the database", e);
            discard(handle.getConnection(), failure);
            throw failure;
        }
    }

    private <R> R rolledBackOnFailure(Handle handle, Function<Sql, R> work) {
        try {
            return work.apply(new Sql(handle, failures));
        } catch (RuntimeException | Error e) {
            rollback(handle, e);
            throw e;
        }
    }

    private void commit(Handle handle) {
        try {
            dialect().commit(handle.getConnection());
        } catch (SQLException e) {
            PipelineException failure = Failures.isConnectionLost(e)
                    ? AdapterException.passing(
                            name()
                                    + " was lost during the commit: outcome unknown, the transaction may be stored or not",
                            e)
                    : failures.translate("the transaction", e);
            rollback(handle, failure);
            throw failure;
        }
    }

    private void rollback(Handle handle, Throwable failure) {
        Connection connection = handle.getConnection();
        try {
            dialect().rollback(connection);
        } catch (SQLException e) {
            failure.addSuppressed(e);
            discard(connection, failure);
        }
    }

    /** A connection that cannot even roll back is not given to anybody else. */
    private static void discard(Connection connection, Throwable failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
