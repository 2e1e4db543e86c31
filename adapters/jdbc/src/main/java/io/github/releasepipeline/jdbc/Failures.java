package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.PipelineException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns errors of a database into those of the library: somebody else was first, it may pass, or a person has to do
 * something. A transaction that fails before its commit has no effect; what a lost commit did is not known here.
 *
 * @param dialect which database
 * @param name how messages name it
 */
record Failures(Dialect dialect, String name) {
    private static final int MAX_DETAIL = 300;
    private static final int MAX_CAUSES = 20;
    /** What our own triggers say when a row would be replaced. */
    private static final String TAKEN = "is never replaced";

    private static final Set<String> SOMEBODY_ELSE_FIRST = Set.of(
            "23505", // unique violation
            "40001", // serialization failure
            "40P01", // deadlock
            "55P03"); // lock not available
    private static final Set<String> PASSING = Set.of(
            "25006", // read-only transaction: a standby, until it is promoted
            "53200", // out of memory
            "53300", // too many connections
            "55006", // object in use
            "57014", // cancelled, statement timeout
            "57P01", // administrator closed the connection
            "57P02", // crash of another process
            "57P03"); // starting up

    /** The library's error for an error of jdbi, which wraps that of the driver. */
    PipelineException translate(String about, JdbiException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return translate(about, sql);
            }
        }
        // Not the original as the cause: its message repeats the bound values.
        return AdapterException.lasting(
                name + " could not be used: " + error.getClass().getSimpleName(), null);
    }

    PipelineException translate(String about, SQLException error) {
        if (error instanceof SQLiteException sqlite) {
            return translate(about, sqlite);
        }
        if (error instanceof SQLTransientConnectionException && error.getCause() instanceof SQLException reason) {
            return translate(about, reason); // a pool that waited in vain tells why connections failed
        }
        String state = String.valueOf(error.getSQLState());
        if (SOMEBODY_ELSE_FIRST.contains(state)) {
            return new ConcurrentUpdateException(about, error);
        }
        return isPassing(error)
                ? AdapterException.withoutEffect(name + " cannot be reached or is busy: " + detail(error), error)
                : AdapterException.lasting(name + " refused: " + detail(error), error);
    }

    /** Whether the connection itself is gone, so that nobody knows what came of the statement. */
    static boolean isConnectionLost(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("08") || state.startsWith("57P") || isInputOrOutput(error);
    }

    /** A driver has states of its own for what it did not expect, and says by the cause that the connection broke. */
    private static boolean isInputOrOutput(SQLException error) {
        return Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(IOException.class::isInstance);
    }

    /** Whether an error was made of a lost connection. */
    static boolean isConnectionLost(AdapterException error) {
        return error.getCause() instanceof SQLException reason && isConnectionLost(reason);
    }

    private static boolean isPassing(SQLException error) {
        return isConnectionLost(error)
                || PASSING.contains(String.valueOf(error.getSQLState()))
                || error instanceof SQLTransientConnectionException;
    }

    private PipelineException translate(String about, SQLiteException error) {
        SQLiteErrorCode code = error.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                || (code == SQLiteErrorCode.SQLITE_CONSTRAINT_TRIGGER
                        && detail(error).contains(TAKEN))) {
            return new ConcurrentUpdateException(about, error);
        }
        return switch (code.code & 0xff) {
            case 5, 6, 15 -> // busy, locked, locking protocol
                AdapterException.withoutEffect(name + " is locked by another process: " + detail(error), error);
            case 8, 14 -> // read-only, cannot open
                AdapterException.lasting(
                        name + " cannot be opened or written: check that it and its folder are writable", error);
            case 11, 26 -> // corrupt, no database
                AdapterException.lasting(name + " is not a database, or is damaged: " + detail(error), error);
            case 13 -> AdapterException.lasting(name + " cannot grow: the disk is full", error);
            default -> AdapterException.lasting(name + " refused: " + detail(error), error);
        };
    }

    private static String detail(SQLException error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return message.length() > MAX_DETAIL ? message.substring(0, MAX_DETAIL) + "…" : message;
    }
}
