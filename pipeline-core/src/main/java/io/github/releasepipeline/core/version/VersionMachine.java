package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.core.machine.TransitionTable;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import io.github.releasepipeline.version.VersionState.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The moves of a version. */
public final class VersionMachine implements Machine<VersionId, Version> {
    /** Which state may follow which. */
    public static final TransitionTable<Kind> TABLE = new TransitionTable<Kind>()
            .begin(VersionEvent.Drafted.class, Kind.DRAFT)
            .begin(VersionEvent.Imported.class, Kind.PUBLISHED)
            .stay(Kind.DRAFT, VersionEvent.NotesWarned.class)
            .edge(Kind.DRAFT, VersionEvent.Published.class, Kind.PUBLISHED)
            .edge(Kind.DRAFT, VersionEvent.Discarded.class, Kind.DISCARDED)
            .stay(Kind.PUBLISHED, VersionEvent.Delivered.class)
            .edge(Kind.PUBLISHED, VersionEvent.Deprecated.class, Kind.DEPRECATED)
            .edge(Kind.PUBLISHED, VersionEvent.Blocked.class, Kind.BLOCKED)
            .stay(Kind.DEPRECATED, VersionEvent.Delivered.class)
            .edge(Kind.DEPRECATED, VersionEvent.Blocked.class, Kind.BLOCKED)
            .stay(Kind.BLOCKED, VersionEvent.Delivered.class);

    /** The one instance. */
    public static final VersionMachine MACHINE = new VersionMachine();

    private VersionMachine() {}

    @Override
    public Version fold(VersionId id, Optional<Version> before, DomainEvent event, Stamp stamp) {
        Version after = event instanceof VersionEvent.Drafted drafted
                ? drafted(id, drafted, stamp)
                : event instanceof VersionEvent.Imported imported
                        ? imported(id, imported)
                        : after(before.orElseThrow(() -> new IllegalStateException("No version " + id)), event, stamp);
        TABLE.check(
                before.map(version -> version.state().kind()),
                event,
                after.state().kind());
        return after;
    }

    private static Version drafted(VersionId id, VersionEvent.Drafted drafted, Stamp stamp) {
        return new Version(
                id,
                drafted.number(),
                drafted.bump(),
                drafted.bumpReason(),
                drafted.commit(),
                drafted.previous(),
                drafted.changeSets(),
                drafted.pullRequests(),
                drafted.manifest(),
                drafted.items(),
                drafted.changedItems(),
                drafted.notes(),
                drafted.hotfix(),
                drafted.missingHotfixes(),
                stamp.actor(),
                stamp.at(),
                Optional.empty(),
                new VersionState.Draft());
    }

    private static Version imported(VersionId id, VersionEvent.Imported imported) {
        return new Version(
                id,
                imported.number(),
                Bump.IMPORTED,
                "found as tag " + imported.number().tag(),
                imported.commit(),
                imported.previous(),
                List.of(),
                imported.pullRequests(),
                imported.manifest(),
                imported.items(),
                imported.changedItems(),
                imported.notes(),
                Optional.empty(),
                List.of(),
                imported.taggedBy(),
                imported.taggedAt(),
                Optional.empty(),
                new VersionState.Published(imported.taggedAt()));
    }

    private static Version after(Version version, DomainEvent event, Stamp stamp) {
        if (event instanceof VersionEvent.Delivered delivered) {
            return with(version, Optional.of(delivered.release()), version.state());
        }
        if (event instanceof VersionEvent.NotesWarned) {
            return version;
        }
        Instant published = version.state().published().orElse(stamp.at());
        String reason = stamp.reason().orElse("");
        VersionState state = event instanceof VersionEvent.Published
                ? new VersionState.Published(stamp.at())
                : event instanceof VersionEvent.Deprecated
                        ? new VersionState.Deprecated(published, stamp.actor(), reason, stamp.at())
                        : event instanceof VersionEvent.Blocked
                                ? new VersionState.Blocked(published, stamp.actor(), reason, stamp.at())
                                : new VersionState.Discarded(reason, stamp.at());
        return with(version, version.deliveredBy(), state);
    }

    private static Version with(Version version, Optional<String> deliveredBy, VersionState state) {
        return new Version(
                version.id(),
                version.number(),
                version.bump(),
                version.bumpReason(),
                version.commit(),
                version.previous(),
                version.changeSets(),
                version.pullRequests(),
                version.manifest(),
                version.items(),
                version.changedItems(),
                version.notes(),
                version.hotfix(),
                version.missingHotfixes(),
                version.createdBy(),
                version.createdAt(),
                deliveredBy,
                state);
    }
}
