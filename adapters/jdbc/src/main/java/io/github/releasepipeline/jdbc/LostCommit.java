package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.error.AdapterException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A commit whose answer did not come.
 *
 * @param record one of its audit records; empty if it appended none
 * @param error what to say if it is not found: it was not carried out, or not yet
 */
record LostCommit(Optional<AuditRecord> record, AdapterException error) {
    private static final int LOOKS = 5;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Looks whether it was carried out after all; the server may still be at it. */
    void requireStored(Database database, String pipeline) {
        for (int look = 1; look <= LOOKS; look++) {
            if (isStored(database, pipeline)) {
                return;
            }
            LockSupport.parkNanos(look * PAUSE.toNanos());
        }
        throw error;
    }

    private boolean isStored(Database database, String pipeline) {
        if (record.isEmpty()) {
            throw error;
        }
        try {
            return database.read(sql -> AuditRows.holds(sql, pipeline, record.get()));
        } catch (AdapterException e) {
            error.addSuppressed(e);
            throw error;
        }
    }
}
