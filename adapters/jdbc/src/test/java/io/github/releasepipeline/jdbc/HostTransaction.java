package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A host that keeps its transaction in the thread, as most frameworks do. */
final class HostTransaction implements HostTransactions {
    private final DataSource source;
    private final ThreadLocal<Connection> open = new ThreadLocal<>();
    private final ThreadLocal<List<Runnable>> afterCommit = ThreadLocal.withInitial(ArrayList::new);

    HostTransaction(DataSource source) {
        this.source = source;
    }

    /** What a host does in a transaction. */
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    void commit(Work work) throws SQLException {
        run(work, true).forEach(Runnable::run);
    }

    /** The database commits, and the connection breaks with the answer. */
    void commitUnheard(Work work) throws SQLException {
        run(work, true);
    }

    void rollBack(Work work) throws SQLException {
        run(work, false);
    }

    private List<Runnable> run(Work work, boolean commit) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            open.set(connection);
            try {
                work.on(connection);
            } finally {
                open.remove();
                end(connection, commit);
            }
        }
        List<Runnable> left = List.copyOf(afterCommit.get());
        afterCommit.remove();
        return left;
    }

    private static void end(Connection connection, boolean commit) throws SQLException {
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    @Override
    public Optional<Connection> current() {
        return Optional.ofNullable(open.get());
    }

    @Override
    public void afterCommit(Runnable work) {
        afterCommit.get().add(work);
    }
}
