package io.github.releasepipeline.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.tck.WorkSharingContract;
import io.github.releasepipeline.work.WorkSharing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DbSchedulerWorkTest extends WorkSharingContract {
    private static final List<HikariDataSource> POOLS = new ArrayList<>();

    @AfterAll
    static void disconnect() {
        POOLS.forEach(HikariDataSource::close);
    }

    @Override
    protected WorkSharing open() {
        try {
            HikariDataSource database = Postgres.pool(Postgres.fresh());
            POOLS.add(database);
            return DbSchedulerWork.on(
                    database,
                    work -> work.lease(Duration.ofSeconds(2))
                            .releasesAtOnce(threads())
                            .poll(Duration.ofMillis(200)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nodes_that_share_a_database_share_their_work() {
        try (WorkSharing work = open()) {
            assertThat(work.isAlone()).isFalse();
        }
    }
}
