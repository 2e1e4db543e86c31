package io.github.releasepipeline.audit;

import java.time.Instant;

/**
 * A rollback as the audit trail tells it to people and programs; the component names are those of its JSON form, in snake
 * case there.
 *
 * @param event always {@code release.rollback}
 * @param versionFrom tag of the version that was rolled away from
 * @param versionTo tag of the version that was rolled back to
 * @param environment where
 * @param initiatedBy who
 * @param reason why
 * @param timestamp when it was asked for
 */
public record RollbackRecord(
        String event,
        String versionFrom,
        String versionTo,
        String environment,
        String initiatedBy,
        String reason,
        Instant timestamp) {}
