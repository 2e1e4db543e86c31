package io.github.releasepipeline.jdbc;

import java.util.Optional;

/** How a store lives in a database that belongs to the host. Used by one thread. */
public final class StoreOptions {
    private TableNames names = TableNames.USUAL;
    private HostTransactions host = HostTransactions.NONE;

    StoreOptions() {}

    /**
     * The schema of all tables, with PostgreSQL; it is made if it is not there. Without it they are where the connection's
     * search path leads.
     *
     * @param name up to 20 of a-z, 0-9 and {@code _}
     */
    public StoreOptions schema(String name) {
        names = new TableNames(Optional.of(name), names.prefix());
        return this;
    }

    /**
     * What the names of all tables begin with, {@code release_pipeline_} unless said here. Stores with different prefixes have
     * nothing to do with each other.
     *
     * @param prefix up to 20 of a-z, 0-9 and {@code _}
     */
    public StoreOptions tablePrefix(String prefix) {
        names = new TableNames(names.schema(), prefix);
        return this;
    }

    /** Takes part in the host's transactions, see {@link HostTransactions}. Without it, every command is a transaction of its own. */
    public StoreOptions joining(HostTransactions transactions) {
        host = transactions;
        return this;
    }

    TableNames names() {
        return names;
    }

    HostTransactions host() {
        return host;
    }
}
