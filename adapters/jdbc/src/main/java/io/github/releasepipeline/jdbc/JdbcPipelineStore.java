package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.JoiningStore;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.ReleaseLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A pipeline's store in SQLite or PostgreSQL. What was committed survives a crash of the process and of the machine; any
 * number of threads, processes and (with PostgreSQL) nodes may use the same database at once. What was seen last is kept in
 * memory, so that it need not be sent again, and no transaction relies on it: one that used it asks at its end whether it is
 * still so, and is a {@code ConcurrentUpdateException} if it is not. If the connection is lost during a commit, the store asks
 * on another one whether the transaction is there, by one of its audit records; only if it cannot find it, the outcome is
 * reported as unknown.
 *
 * <p>All tables begin with {@code release_pipeline_}, unless {@link StoreOptions} say otherwise; they are made and brought up to date when the store is opened.
 */
public final class JdbcPipelineStore implements JoiningStore {
    private static final String DEFAULT = "default";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Database database;
    private final String pipeline;
    private final Known known = new Known();
    private final KeptManifests manifests = new KeptManifests();
    private final Parsed parsed = new Parsed();

    private JdbcPipelineStore(Database database, String pipeline) {
        this.database = database;
        this.pipeline = pipeline;
    }

    /**
     * The embedded default: one SQLite file on a local disk. The file and its folders are made if they are not there.
     *
     * @throws AdapterException lasting, if the path cannot be such a file; retryable, if another process has locked it
     */
    public static JdbcPipelineStore embedded(Path file) {
        return embedded(file, options -> {});
    }

    /** The same, with options. */
    public static JdbcPipelineStore embedded(Path file, Consumer<StoreOptions> choose) {
        return open(Databases.file(file, chosen(choose), Databases.PATIENCE));
    }

    static JdbcPipelineStore embedded(Path file, Duration patience) {
        return open(Databases.file(file, new StoreOptions(), patience));
    }

    /**
     * The host's own PostgreSQL or SQLite. The source stays the host's: closing the store does not close it. A pool should
     * have a connection for each thread that works on the pipeline (two, if its transactions are joined and it also holds an
     * environment, see {@link HostTransactions}), and give new ones once a database that was away is back:
     * HikariCP does so for certain only if its transaction isolation is set ({@code TRANSACTION_READ_COMMITTED}). It should
     * have a timeout for reading from the network too, {@code socketTimeout} of PostgreSQL's driver, of 30 seconds for example:
     * without one, a release waits for ever on a connection that is dead without saying so.
     *
     * @throws AdapterException lasting, if it is another database or its tables cannot be made; retryable, if it cannot be
     *     reached now
     */
    public static JdbcPipelineStore on(DataSource source) {
        return on(source, options -> {});
    }

    /** The same, with options. */
    public static JdbcPipelineStore on(DataSource source, Consumer<StoreOptions> choose) {
        return open(Databases.on(source, chosen(choose)));
    }

    /**
     * A PostgreSQL with a pool of the store's own of up to ten connections, for hosts that have none. Closing the store closes the
     * pool. No answer is waited for longer than 30 seconds, unless the URL sets {@code socketTimeout}.
     *
     * @param url {@code jdbc:postgresql://host/database}; no password in it
     * @param password asked for at each new connection
     * @throws AdapterException lasting, if user or password are wrong or the tables cannot be made; retryable, if it cannot
     *     be reached now
     */
    public static JdbcPipelineStore postgres(String url, String user, Supplier<String> password) {
        return postgres(url, user, password, options -> {});
    }

    /** The same, with options. */
    public static JdbcPipelineStore postgres(
            String url, String user, Supplier<String> password, Consumer<StoreOptions> choose) {
        return open(Databases.postgres(url, user, password, chosen(choose)));
    }

    private static StoreOptions chosen(Consumer<StoreOptions> choose) {
        StoreOptions options = new StoreOptions();
        choose.accept(options);
        return options;
    }

    private static JdbcPipelineStore open(Database database) {
        try {
            new Migrations(database, "pipeline", List.of("001_pipeline")).run();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return new JdbcPipelineStore(database, DEFAULT);
    }

    /**
     * Another pipeline in the same database, wholly separate from all others. It is closed together with this one.
     *
     * @param name up to 63 of a-z, 0-9, {@code .}, {@code _} and {@code -}; the first one is called {@code default}
     */
    public JdbcPipelineStore pipeline(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a pipeline is up to 63 of a-z, 0-9, '.', '_' and '-', not '" + name + "'");
        }
        return new JdbcPipelineStore(database, name);
    }

    @Override
    public <R> R transact(Function<PipelineSession, R> work) {
        Outcome<R> outcome = database.inTransaction(transaction -> attempt(transaction, work));
        outcome.lost().ifPresent(commit -> commit.requireStored(database, pipeline));
        return outcome.result();
    }

    private <R> Outcome<R> attempt(Transaction transaction, Function<PipelineSession, R> work) {
        JdbcSession session = new JdbcSession(transaction, pipeline, seen());
        try {
            R result = work.apply(session);
            return new Outcome<>(result, session.commit());
        } catch (RuntimeException e) {
            throw session.explain(e);
        } finally {
            session.end();
        }
    }

    /** What the work answered, and whether the answer to its commit was lost. */
    private record Outcome<R>(R result, Optional<LostCommit> lost) {}

    /** What a host's transaction sees may never be committed, so it is not remembered. */
    private Known seen() {
        return inHostTransaction() ? new Known() : known;
    }

    @Override
    public boolean inHostTransaction() {
        return database.host().current().isPresent();
    }

    @Override
    public void afterHostCommit(Runnable work) {
        database.host().afterCommit(work);
    }

    @Override
    public PipelineReader reader() {
        return inHostTransaction()
                ? new JdbcReader(database::read, pipeline, new Known(), new KeptManifests())
                : new JdbcReader(database::read, pipeline, known, manifests);
    }

    @Override
    public PipelineTables tables() {
        return new JdbcTables(database, pipeline, parsed);
    }

    @Override
    public AuditTrail audit() {
        return new JdbcAuditTrail(database, pipeline);
    }

    @Override
    public ReleaseLogs logs() {
        return new LogRows(database, pipeline);
    }

    @Override
    public Outbox outbox() {
        return new Letters(database, pipeline);
    }

    @Override
    public void close() {
        database.close();
    }
}
