package io.github.releasepipeline.jdbc;

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
        return inTransaction(transaction -> {
            R result = work.apply(transaction.within());
            transaction.commit();
            return result;
        });
    }

    /** Runs work in one transaction that it has to commit by itself; rolls back and passes on if it throws. */
    <R> R inTransaction(Function<Transaction, R> work) {
        if (!busy.add(Thread.currentThread())) {
            throw new IllegalStateException("A transaction of this store is already running in this thread;"
                    + " use its session instead of beginning another one");
        }
        try {
            return transaction(writers, work);
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
        transaction(readers, transaction -> {
            work.accept(transaction.snapshot());
            transaction.commit();
            return true;
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }

    private <R> R transaction(Jdbi jdbi, Function<Transaction, R> work) {
        return withHandle(jdbi, handle -> {
            Transaction transaction = new Transaction(handle, failures);
            try {
                return work.apply(transaction);
            } catch (RuntimeException | Error e) {
                transaction.rollback(e);
                throw e;
            }
        });
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
}
