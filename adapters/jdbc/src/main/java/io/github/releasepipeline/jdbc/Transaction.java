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
    private final Sql sql;
    private boolean begun;
    private boolean ended;

    Transaction(Handle handle, Failures failures) {
        this.handle = handle;
        this.failures = failures;
        this.sql = new Sql(handle, failures);
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
        return begun ? sql : begin(dialect()::begin);
    }

    /** For statements that all see the same moment, and only read. */
    Sql snapshot() {
        return begin(dialect()::beginSnapshot);
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
            OneTrip.run(connection(), script);
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
            dialect().commit(connection());
            ended = true;
        } catch (SQLException e) {
            throw lostOrFailed("the transaction", e);
        }
    }

    private PipelineException lostOrFailed(String about, SQLException e) {
        return Failures.isConnectionLost(e)
                ? AdapterException.passing(
                        failures.name()
                                + " was lost during the commit: outcome unknown, the transaction may be stored or not",
                        e)
                : failures.translate(about, e);
    }

    /** Undoes what was begun. Never throws: what goes wrong is added to the failure. */
    void rollback(Throwable failure) {
        if (!begun || ended) {
            return;
        }
        ended = true;
        try {
            dialect().rollback(connection());
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
