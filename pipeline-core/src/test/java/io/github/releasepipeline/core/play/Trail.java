package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.version.VersionEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the whole trail in the order of commits, and checks what held when things happened. */
final class Trail {
    private final Set<String> deployable = new HashSet<>();
    private final Set<String> degraded = new HashSet<>();
    private final Set<String> forced = new HashSet<>();
    private final Map<String, ReleaseEvent.Requested> requests = new HashMap<>();

    static void check(AuditTrail audit) {
        List<AuditRecord> records = new ArrayList<>();
        AllRows.<AuditRecord>forEach(page -> audit.newest(Optional.empty(), page), records::add);
        Collections.reverse(records);
        Trail trail = new Trail();
        records.forEach(trail::read);
    }

    private void read(AuditRecord record) {
        if (record.event() instanceof VersionEvent.Published || record.event() instanceof VersionEvent.Imported) {
            deployable.add(record.subject());
        } else if (record.event() instanceof VersionEvent.Deprecated
                || record.event() instanceof VersionEvent.Blocked) {
            deployable.remove(record.subject());
        } else if (record.event() instanceof EnvironmentEvent.Degraded) {
            degraded.add(record.subject());
        } else if (record.event() instanceof EnvironmentEvent.Repaired) {
            degraded.remove(record.subject());
        } else if (record.event() instanceof ReleaseEvent.Forced) {
            forced.add(record.subject());
        } else if (record.event() instanceof ReleaseEvent.Requested requested) {
            requests.put(record.subject(), requested);
        } else if (record.event() instanceof ReleaseEvent.AttemptStarted) {
            Optional.ofNullable(requests.get(record.subject()))
                    .filter(request -> request.releaseKind() == ReleaseKind.DEPLOY)
                    .ifPresent(request -> started(record, request));
        }
    }

    private void started(AuditRecord record, ReleaseEvent.Requested request) {
        assertThat(deployable)
                .as("a version is deployed only while it is published: %s", record)
                .contains(request.version().reference());
        assertThat(degraded.contains(new EnvironmentId(request.environment()).reference())
                        && !forced.contains(record.subject()))
                .as("a degraded environment is closed to deployments that nobody forced: %s", record)
                .isFalse();
        assertThat(request.number().isPreRelease())
                .as("a pre-release goes only where it may")
                .isIn(false, request.policy().preReleases() == EnvironmentPolicy.PreReleases.ALLOWED);
    }
}
