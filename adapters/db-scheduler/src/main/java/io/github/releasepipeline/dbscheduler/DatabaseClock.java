package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The database's time, the same for all nodes whatever their own clocks say: measured now and then, and followed by a
 * monotonic clock in between. Thread-safe.
 */
final class DatabaseClock implements Clock {
    private record Measured(Instant time, long nanos) {}

    private final DataSource database;
    private final LongSupplier nanos;
    private volatile Measured last;

    DatabaseClock(DataSource database, LongSupplier nanos) throws SQLException {
        this.database = database;
        this.nanos = nanos;
        this.last = measured();
    }

    /** Measures again. If it cannot, the time goes on as it did. */
    void measure() throws SQLException {
        last = measured();
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
                return new Measured(time, before + (after - before) / 2);
            }
        }
    }
}
