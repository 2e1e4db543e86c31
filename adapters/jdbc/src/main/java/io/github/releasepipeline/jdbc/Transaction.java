package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.PipelineException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/**
 * A transaction that begins as late as it can, so that one which only looks at what is committed and then writes a little
 * needs no round trip but that of its end. With SQLite it begins at once: there, who reads must already keep others from
 * writing.
 */
final class Transaction {
    private final Handle handle;
    private final Failures failures;
    private final Bounds bounds;
    private final Sql sql;
    private boolean begun;
    private boolean ended;
    private boolean outcomeUnknown;

    private Transaction(Handle handle, Failures failures, Bounds bounds, TableNames names) {
        this.handle = handle;
        this.failures = failures;
        this.bounds = bounds;
        this.sql = new Sql(handle, failures, names);
    }

    static Transaction ofItsOwn(Handle handle, Failures failures, TableNames names) {
        return new Transaction(handle, failures, failures.dialect(), names);
    }

    /** A part of the transaction that the host has begun on this connection. */
    static Transaction within(Handle handle, Failures failures, TableNames names) {
        Transaction transaction = new Transaction(handle, failures, new PartOfAnother(), names);
        transaction.within(); // what fails from here on is undone without the host's own work
        return transaction;
    }

    Dialect dialect() {
        return failures.dialect();
    }

    /** For statements that look at what is committed now. */
    Sql reading() {
        return dialect() == Dialect.POSTGRESQL ? sql : within();
    }

    /** For statements that write, or lock. */
    Sql within() {
        return begun ? sql : begin(bounds::begin);
    }

    /** For statements that all see the same moment, and only read. */
    Sql snapshot() {
        return begin(bounds::beginSnapshot);
    }

    /** Begins a transaction on a connection. */
    @FunctionalInterface
    private interface Beginning {
        void on(Connection connection) throws SQLException;
    }

    private Sql begin(Beginning beginning) {
        try {
            beginning.on(connection());
        } catch (SQLException e) {
            PipelineException failure = failures.translate("the database", e);
            discard(failure);
            throw failure;
        }
        begun = true;
        return sql;
    }

    /** Carries out what was put off, and commits. */
    void commit(Script script) {
        boolean atOnce = dialect() == Dialect.POSTGRESQL && !begun && OneTrip.fits(script);
        if (!atOnce) {
            script.run(within());
            commit();
        } else if (!script.isEmpty()) {
            commitAtOnce(script);
        }
    }

    private void commitAtOnce(Script script) {
        try {
            begun = true;
            connection().setAutoCommit(true); // a statement is a transaction then
            OneTrip.run(connection(), script, sql.names());
            ended = true;
        } catch (SQLException e) {
            throw lostOrFailed(script.about(), e);
        }
    }

    /** Commits, if it was begun. */
    void commit() {
        if (!begun) {
            return;
        }
        try {
            bounds.commit(connection());
            ended = true;
        } catch (SQLException e) {
            throw lostOrFailed("the transaction", e);
        }
    }

    private PipelineException lostOrFailed(String about, SQLException e) {
        outcomeUnknown = Failures.isConnectionLost(e);
        return outcomeUnknown
                ? AdapterException.passing(
                        failures.name()
                                + " was lost during the commit: outcome unknown, the transaction may be stored or not",
                        e)
                : failures.translate(about, e);
    }

    /** Whether the answer to the commit was lost. */
    boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }

    /** Undoes what was begun. Never throws: what goes wrong is added to the failure. */
    void rollback(Throwable failure) {
        if (!begun || ended) {
            return;
        }
        ended = true;
        try {
            bounds.rollback(connection());
        } catch (SQLException e) {
            failure.addSuppressed(e);
            discard(failure);
        }
    }

    private Connection connection() {
        return handle.getConnection();
    }

    /** A connection that cannot even roll back is not given to anybody else. */
    private void discard(Throwable failure) {
        try {
            connection().close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
