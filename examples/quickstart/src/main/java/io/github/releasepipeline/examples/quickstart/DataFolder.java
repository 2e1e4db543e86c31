package io.github.releasepipeline.examples.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The folder that keeps everything between two runs. One process uses it at a time. */
final class DataFolder implements AutoCloseable {
    private static final int SQLITE_BUSY = 5;

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** The named folder, made if it is not there; without a name, a new temporary one. */
    static DataFolder claim(Optional<Path> named) {
        Path folder = named.orElseGet(DataFolder::temporary).toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel lock = FileChannel.open(
                    folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                lock.close();
                throw new UserMistake("The data folder '" + folder + "' is in use by another process");
            }
            return new DataFolder(folder, lock);
        } catch (IOException e) {
            throw new UserMistake("The data folder '" + folder + "' cannot be used: " + e);
        }
    }

    /** The system gives the lock back when the process ends, however it ends. */
    private static boolean locked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) { // another run in this very process
            return false;
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("release-pipeline-");
        } catch (IOException e) {
            throw new UserMistake("No temporary folder can be made (" + e.getMessage() + "); name one with --data");
        }
    }

    /** Says quickly if somebody else writes to a database; the database itself would wait for a while. */
    void requireUnlocked() {
        for (Path database : List.of(database(), environments())) {
            if (Files.exists(database)) {
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                        Statement statement = connection.createStatement()) {
                    statement.execute("pragma busy_timeout = 1000");
                    statement.execute("begin immediate");
                    statement.execute("rollback");
                } catch (SQLException e) {
                    throw new UserMistake(
                            e.getErrorCode() == SQLITE_BUSY
                                    ? "The database '" + database + "' is locked by another process"
                                    : "The database '" + database + "' cannot be used: " + e.getMessage());
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** The Git repository with the workflows and agents. */
    Path repository() {
        return folder.resolve("repository");
    }

    /** The pipeline's database. */
    Path database() {
        return folder.resolve("pipeline.db");
    }

    /** What is deployed in development, staging and production. */
    Path environments() {
        return folder.resolve("environments.db");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
