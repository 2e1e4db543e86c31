package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    @Test
    void who_waits_for_a_lock_hears_so_before_the_connection_counts_as_dead() throws SQLException {
        PGSimpleDataSource database = (PGSimpleDataSource) PostgresServer.newDatabase();
        HikariConfig config = Databases.poolOn(database.getURL(), String.valueOf(database.getUser()), () -> "");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery("show lock_timeout")) {
            setting.next();
            assertThat(setting.getString(1)).isEqualTo("20s");
            assertThat(config.getDataSourceProperties()).containsEntry("socketTimeout", "30");
        }
    }
}
