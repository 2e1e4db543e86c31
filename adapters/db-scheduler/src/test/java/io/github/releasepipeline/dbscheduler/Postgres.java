package io.github.releasepipeline.dbscheduler;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One PostgreSQL for all tests of this module, with a database for each. */
final class Postgres {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private Postgres() {}

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The name of a new database with nothing in it. */
    static String fresh() throws SQLException {
        String name = "work_" + NUMBERS.incrementAndGet();
        sql("postgres", "create database " + name);
        return name;
    }

    static void sql(String database, String statement) throws SQLException {
        try (Connection connection = plain(database).getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    static DataSource plain(String database) {
        return Server.RUNNING.getDatabase("postgres", database);
    }

    /** As a node has it. */
    static HikariDataSource pool(String database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(plain(database));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }
}
