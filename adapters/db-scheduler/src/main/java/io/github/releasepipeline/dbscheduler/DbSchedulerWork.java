package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import io.github.releasepipeline.work.WorkSharing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the running releases among all nodes that use one PostgreSQL, by db-scheduler: each has one row in a table, which
 * one node holds while it drives the release. A node that is silent for longer than the lease has lost what it held; another
 * one goes on within the lease and two seconds, under the next token. Times are the database's, so the clocks of nodes do
 * not matter.
 *
 * <p>The source stays the host's, and needs two connections for this beside those of the store. Give it a timeout for reading
 * from the network that is shorter than the lease: a connection that is dead without saying so keeps this node from telling
 * that it is alive.
 */
public final class DbSchedulerWork implements WorkSharing {
    private static final Logger LOG = LoggerFactory.getLogger(DbSchedulerWork.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(25);
    private static final Duration LAST_RETRY = Duration.ofSeconds(1);

    private final DataSource database;
    private final DbSchedulerOptions options;
    private final DatabaseClock clock;
    private final ScheduledThreadPoolExecutor timers = Threads.timers("release-pipeline-keeper", 2);
    private final Map<ReleaseId, Run> kept = new ConcurrentHashMap<>();
    private volatile @Nullable Orders orders;
    private volatile @Nullable Scheduler scheduler;
    private volatile boolean closed;

    private DbSchedulerWork(DataSource database, DbSchedulerOptions options, DatabaseClock clock) {
        this.database = database;
        this.options = options;
        this.clock = clock;
    }

    /**
     * With a table {@code release_pipeline_work}, made if it is not there, and a lease of ten seconds.
     *
     * @throws AdapterException lasting, if this is no PostgreSQL or the table cannot be made; retryable, if it cannot be
     *     reached now
     */
    public static DbSchedulerWork on(DataSource database) {
        return on(database, options -> {});
    }

    /** The same, with other options. */
    public static DbSchedulerWork on(DataSource database, Consumer<DbSchedulerOptions> choose) {
        DbSchedulerOptions options = new DbSchedulerOptions();
        choose.accept(options);
        WorkTable.make(database, options.table());
        try {
            Duration quick = Scheduling.beat(options.lease());
            return new DbSchedulerWork(database, options, new DatabaseClock(database, System::nanoTime, quick));
        } catch (SQLException e) {
            throw AdapterException.passing("The database does not tell its time: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void begin(Runner runner) {
        Tasks tasks = new Tasks(runner, clock, options.lease(), this::lookAfter);
        Scheduler made = Scheduling.scheduler(database, options, clock, tasks);
        scheduler = made;
        orders = new Orders(made, clock);
        made.start();
        Duration interval = options.lease().dividedBy(2);
        ScheduledFuture<?> unused =
                timers.scheduleWithFixedDelay(() -> look(runner, made), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void submit(Run run) {
        place(run, FIRST_RETRY);
    }

    /** Tries until the order is in the table, a newer one has come, or this process ends. */
    private void place(Run run, Duration retry) {
        Orders open = orders;
        if (closed || open == null) {
            LOG.atInfo().addKeyValue("release", run.release()).log("Not ordered here: this process is closing");
            return;
        }
        Run newest = kept.merge(run.release(), run, (before, now) -> now.token() >= before.token() ? now : before);
        if (!newest.equals(run)) {
            return;
        }
        if (placed(open, run)) {
            kept.remove(run.release(), run);
        } else {
            Duration next = retry.multipliedBy(2);
            after(retry, () -> {
                if (run.equals(kept.get(run.release()))) {
                    place(run, next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY);
                }
            });
        }
    }

    private static boolean placed(Orders orders, Run run) {
        try {
            return orders.place(run);
        } catch (RuntimeException e) {
            LOG.atInfo().addKeyValue("release", run.release()).log("Could not be ordered yet: {}", e.toString());
            return false;
        }
    }

    @Override
    public void ensure(Run run) {
        Orders open = orders;
        if (open == null) {
            throw new IllegalStateException("Nothing can be run before begin(…)");
        }
        // Who started it may be just about to submit it.
        open.takeOverAfter(run, options.lease().dividedBy(2));
    }

    private void look(Runner runner, Scheduler made) {
        attempt("measure the database's time", clock::measure);
        attempt("look for what is running", () -> runner.look(this::ensure));
        attempt("see to it that somebody tends", () -> Tasks.orderTending(made, clock));
    }

    /** Work that may fail now and is done again. */
    private interface Attempt {
        void make() throws SQLException;
    }

    private void attempt(String what, Attempt attempt) {
        try {
            if (!closed) {
                attempt.make();
            }
        } catch (SQLException | RuntimeException | Error e) { // nobody looks any more when this is thrown
            LOG.atWarn().addKeyValue("what", what).log("Not possible now; tried again: {}", e.toString());
        }
    }

    /** Looks for work when a release that waits here is due, and not only with the next round. */
    private void lookAfter(Duration time) {
        Scheduler begun = scheduler;
        if (begun != null) {
            after(time, begun::triggerCheckForDueExecutions);
        }
    }

    private void after(Duration time, Runnable work) {
        try {
            ScheduledFuture<?> unused = timers.schedule(work, time.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("This process is closing");
        }
    }

    @Override
    public void close() {
        Scheduler begun;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            begun = scheduler;
        }
        timers.shutdown();
        if (begun != null) {
            begun.stop();
        }
    }
}
