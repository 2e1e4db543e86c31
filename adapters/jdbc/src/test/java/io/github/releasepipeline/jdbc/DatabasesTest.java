package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DatabasesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_pool_of_our_own_whose_first_connection_breaks_at_once_gives_others() throws IOException, SQLException {
        // given
        PGSimpleDataSource database = (PGSimpleDataSource) PostgresServer.newDatabase();
        try (CuttingProxy proxy = new CuttingProxy(database.getPortNumbers()[0])) {
            HikariConfig config =
                    Databases.poolOn(proxy.way(database).getURL(), String.valueOf(database.getUser()), () -> "");
            config.setConnectionTimeout(LONG.toMillis());
            proxy.arm(0, CuttingProxy.Cut.BEFORE);
            // when
            try (HikariDataSource pool = new HikariDataSource(config);
                    Connection next = pool.getConnection()) {
                // then
                assertThat(proxy.disarm()).as("one was cut").isPositive();
                assertThat(next.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }
}
