package io.github.releasepipeline.notify;

import io.github.releasepipeline.audit.AuditRecord;

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
}
