package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** How db-scheduler is set up. */
final class Scheduling {
    /** A dead node is noticed two of these after its lease at most. */
    private static final Duration SLOWEST_BEAT = Duration.ofMillis(750);

    private static final int FEWEST_BEATS = 4;

    /** Waited for twice. */
    private static final Duration HALF_OF_GRACE = Duration.ofSeconds(15);

    private Scheduling() {}

    static Scheduler scheduler(DataSource database, DbSchedulerOptions options, Clock clock, Tasks tasks) {
        Duration beat = beat(options.lease());
        return Scheduler.create(database, tasks.all())
                .tableName(options.table())
                .schedulerName(new SchedulerName.Fixed(options.node()))
                .clock(clock)
                .serializer(Order.TEXT)
                // Found out by asking the database otherwise, which need not be there yet.
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .commitWhenAutocommitDisabled(true)
                // Never more than there are threads: what is held and not driven does not beat.
                .pollUsingLockAndFetch(0.5, 1.0)
                .threads(options.releasesAtOnce())
                .executorService(Threads.drivers(options.releasesAtOnce()))
                .dueExecutor(Executors.newSingleThreadExecutor(Threads.named("release-pipeline-due")))
                .housekeeperExecutor(Threads.timers("release-pipeline-beat", 2))
                .pollingInterval(options.poll())
                .enableImmediateExecution()
                .heartbeatInterval(beat)
                .missedHeartbeatsLimit(beats(options.lease(), beat))
                .shutdownMaxWait(HALF_OF_GRACE)
                .build();
    }

    static Duration beat(Duration lease) {
        Duration quick = lease.dividedBy(FEWEST_BEATS);
        return quick.compareTo(SLOWEST_BEAT) < 0 ? quick : SLOWEST_BEAT;
    }

    /** As many as fit into a lease. */
    static int beats(Duration lease, Duration beat) {
        return Math.toIntExact(lease.dividedBy(beat));
    }
}
