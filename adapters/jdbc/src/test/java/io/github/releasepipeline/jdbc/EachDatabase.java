package io.github.releasepipeline.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** New, empty databases of each sort, to be given to a test of both. */
final class EachDatabase {
    private EachDatabase() {}

    static Stream<DataSource> empty() {
        return Stream.of(sqlite(), PostgresServer.newDatabase());
    }

    static SQLiteDataSource sqlite() {
        try {
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + Files.createTempDirectory("database").resolve("store.db"));
            source.setBusyTimeout(20_000);
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
