package io.github.releasepipeline.notify;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.policy.EnvironmentName;
import java.util.Optional;

/**
 * An event as it is offered to notifiers.
 *
 * @param record the event
 * @param environment the environment that it concerns; absent for change sets, versions and pull requests
 */
public record Notice(AuditRecord record, Optional<EnvironmentName> environment) {
    /** How much it matters. */
    public Severity severity() {
        return Severity.of(record.event());
    }
}
