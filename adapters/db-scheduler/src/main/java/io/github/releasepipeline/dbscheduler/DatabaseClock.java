package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The database's time, the same for all nodes whatever their own clocks say: measured now and then, and followed by a
 * monotonic clock in between. Thread-safe.
 */
final class DatabaseClock implements Clock {
    /** @param took how long the question and its answer took: the time is wrong by half of it at most */
    private record Measured(Instant time, long nanos, long took) {}

    private final DataSource database;
    private final LongSupplier nanos;
    private final Duration quick;
    private volatile Measured last;

    /** @param quick a measurement that takes longer says less than the one before, unless that took even longer */
    DatabaseClock(DataSource database, LongSupplier nanos, Duration quick) throws SQLException {
        this.database = database;
        this.nanos = nanos;
        this.quick = quick;
        this.last = measured();
    }

    /** Measures again. If it cannot, or was held up meanwhile, the time goes on as it did. */
    void measure() throws SQLException {
        Measured now = measured();
        if (now.took() <= Math.max(quick.toNanos(), last.took())) {
            last = now;
        }
    }

    @Override
    public Instant now() {
        Measured measured = last;
        return measured.time().plusNanos(nanos.getAsLong() - measured.nanos());
    }

    private Measured measured() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            long before = nanos.getAsLong();
            try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                long after = nanos.getAsLong();
                Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
                long took = after - before;
                return new Measured(time, before + took / 2, took);
            }
        }
    }
}
