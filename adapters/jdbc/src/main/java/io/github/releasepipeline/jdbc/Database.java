package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.CloseException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/** Transactions and reads on one database, whichever it is. */
final class Database implements AutoCloseable {
    private static final int READ_ATTEMPTS = 5;
    private static final Duration READ_PAUSE = Duration.ofMillis(20);

    private final Failures failures;
    private final TableNames names;
    private final HostTransactions host;
    private final Jdbi writers;
    private final Jdbi readers;
    private final Runnable onClose;
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Database(
            Failures failures,
            StoreOptions options,
            ConnectionFactory writers,
            ConnectionFactory readers,
            Runnable onClose) {
        this.failures = failures;
        this.names = options.names();
        this.host = options.host();
        this.writers = jdbi(writers, names);
        this.readers = jdbi(readers, names);
        this.onClose = onClose;
    }

    private static Jdbi jdbi(ConnectionFactory connections, TableNames names) {
        Jdbi jdbi = Jdbi.create(connections);
        // Statements are final text but for the names of tables: '<' is a comparison and no template.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine((statement, context) -> names.in(statement));
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

    TableNames names() {
        return names;
    }

    HostTransactions host() {
        return host;
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
            Optional<Connection> joined = host.current();
            return joined.isPresent()
                    ? within(joined.get(), handle -> attempt(Transaction.within(handle, failures, names), work))
                    : transaction(writers, work);
        } finally {
            busy.remove(Thread.currentThread());
        }
    }

    /**
     * Reads what is committed; each statement on its own. A pool may hand out connections that died meanwhile, so a lost one
     * is no reason yet to give up.
     */
    <R> R read(Function<Sql, R> work) {
        Optional<Connection> joined = host.current();
        return joined.isPresent()
                ? within(joined.get(), handle -> work.apply(new Sql(handle, failures, names)))
                : readCommitted(work);
    }

    private <R> R readCommitted(Function<Sql, R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return withHandle(readers, handle -> work.apply(new Sql(handle, failures, names)));
            } catch (AdapterException e) {
                if (attempt == READ_ATTEMPTS || !Failures.isConnectionLost(e)) {
                    throw e;
                }
                LockSupport.parkNanos(attempt * READ_PAUSE.toNanos());
            }
        }
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
        return withHandle(jdbi, handle -> attempt(Transaction.ofItsOwn(handle, failures, names), work));
    }

    private static <R> R attempt(Transaction transaction, Function<Transaction, R> work) {
        try {
            return work.apply(transaction);
        } catch (RuntimeException | Error e) {
            transaction.rollback(e);
            throw e;
        }
    }

    /** Works on the connection of the host's transaction. If that is lost, it is the host that has to begin again. */
    private <R> R within(Connection joined, Function<Handle, R> work) {
        try {
            return withHandle(jdbi(new Lent(joined), names), work);
        } catch (AdapterException e) {
            throw e.withoutEffect()
                    ? AdapterException.passing("The host's transaction failed and has to be begun again", e)
                    : e;
        }
    }

    /** A connection that is not ours to close. */
    private record Lent(Connection connection) implements ConnectionFactory {
        @Override
        public Connection openConnection() {
            return connection;
        }

        @Override
        public void closeConnection(Connection returned) {
            // The host ends its transaction and gives the connection back.
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
        } catch (RuntimeException e) { // of a host's pool
            throw AdapterException.withoutEffect(failures.name() + " gives no connection: " + e.getMessage(), e);
        }
        try {
            return work.apply(handle);
        } finally {
            giveBack(handle);
        }
    }

    private static void giveBack(Handle handle) {
        try {
            handle.close();
        } catch (CloseException e) {
            // What was done with the connection stands, also if it is found to be dead now. Its pool knows, and tells.
        }
    }
}
