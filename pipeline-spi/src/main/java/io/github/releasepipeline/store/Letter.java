package io.github.releasepipeline.store;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;

/**
 * One event on its way to one notifier.
 *
 * @param sink name of the notifier
 * @param record the event
 * @param tries how often it was tried without success
 */
public record Letter(String sink, AuditRecord record, int tries) {
    /** Stable over all tries: a receiver that has seen it may drop it. */
    public String key() {
        return sink + "/" + record.id();
    }

    /** The release it is about; empty if it is about something else. */
    public Optional<ReleaseId> release() {
        return id("release").map(ReleaseId::new);
    }

    /** The version it is about; empty if it is about something else. */
    public Optional<VersionId> version() {
        return id("version").map(VersionId::new);
    }

    private Optional<String> id(String type) {
        String prefix = type + ":";
        return record.subject().startsWith(prefix)
                ? Optional.of(record.subject().substring(prefix.length()))
                : Optional.empty();
    }
}
