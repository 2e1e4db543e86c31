package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PipelineStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Sees how long it takes until somebody goes on with what a node held when it was killed. */
final class Watch {
    /** Releases that a node holds, each with its token. */
    record Held(Map<ReleaseId, Long> tokens) {
        static final Held NOTHING = new Held(Map.of());
    }

    private static final Duration REACTION = Duration.ofSeconds(2);

    /** A machine that is busy with other things is slow to start processes and to commit. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(8);

    private final DataSource database;
    private final PipelineStore store;
    private final Tally tally;

    Watch(DataSource database, PipelineStore store, Tally tally) {
        this.database = database;
        this.store = store;
        this.tally = tally;
    }

    Held held(String node) {
        Map<ReleaseId, Long> tokens = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select task_instance from release_pipeline_work"
                        + " where task_name = 'release' and picked and picked_by = ?")) {
            query.setString(1, node);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ReleaseId id = new ReleaseId(rows.getString(1));
                    store.reader()
                            .find(id)
                            .ifPresent(found -> found.snapshot()
                                    .lastAttempt()
                                    .filter(attempt -> runs(found.snapshot()))
                                    .ifPresent(attempt -> tokens.put(id, attempt.fencingToken())));
                }
            }
            return new Held(tokens);
        } catch (SQLException | AdapterException e) {
            return Held.NOTHING; // the database is just restarting: nothing to be seen
        }
    }

    void goesOn(Held held, Duration lease) throws InterruptedException {
        long begin = System.nanoTime();
        Duration patience = lease.plus(REACTION).plus(ALLOWANCE);
        Map<ReleaseId, Long> left = new LinkedHashMap<>(held.tokens());
        while (!left.isEmpty()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            left.entrySet().removeIf(entry -> wentOn(entry.getKey(), entry.getValue(), waited));
            if (waited.compareTo(patience) > 0) {
                left.keySet()
                        .forEach(id -> tally.violation("nobody went on with release " + id + " within " + patience));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean wentOn(ReleaseId id, long token, Duration waited) {
        Release now = store.reader().find(id).orElseThrow().snapshot();
        boolean wentOn = !runs(now) || now.lastAttempt().orElseThrow().fencingToken() > token;
        if (wentOn) {
            tally.wentOnAfter(waited);
        }
        return wentOn;
    }

    private static boolean runs(Release release) {
        return release.state().kind() == ReleaseState.Kind.IN_PROGRESS;
    }
}
