package io.github.releasepipeline.core.changeset;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeSetState.Kind;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.core.machine.TransitionTable;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.Optional;

/** The moves of a change set. */
public final class ChangeSetMachine implements Machine<ChangeSetId, ChangeSet> {
    /** Which state may follow which. */
    public static final TransitionTable<Kind> TABLE = new TransitionTable<Kind>()
            .begin(ChangeSetEvent.Created.class, Kind.DRAFT)
            .stay(Kind.DRAFT, ChangeSetEvent.Edited.class)
            .edge(Kind.DRAFT, ChangeSetEvent.Proposed.class, Kind.PENDING_REVIEW)
            .edge(Kind.DRAFT, ChangeSetEvent.Readied.class, Kind.READY)
            .edge(Kind.DRAFT, ChangeSetEvent.Abandoned.class, Kind.ABANDONED)
            .edge(Kind.PENDING_REVIEW, ChangeSetEvent.Edited.class, Kind.DRAFT)
            .edge(Kind.PENDING_REVIEW, ChangeSetEvent.SentBack.class, Kind.DRAFT)
            .edge(Kind.PENDING_REVIEW, ChangeSetEvent.Readied.class, Kind.READY)
            .edge(Kind.PENDING_REVIEW, ChangeSetEvent.Abandoned.class, Kind.ABANDONED)
            .edge(Kind.READY, ChangeSetEvent.Edited.class, Kind.DRAFT)
            .edge(Kind.READY, ChangeSetEvent.Versioned.class, Kind.VERSIONED)
            .edge(Kind.READY, ChangeSetEvent.Abandoned.class, Kind.ABANDONED)
            .edge(Kind.VERSIONED, ChangeSetEvent.Unversioned.class, Kind.READY);

    /** The one instance. */
    public static final ChangeSetMachine MACHINE = new ChangeSetMachine();

    private ChangeSetMachine() {}

    @Override
    public ChangeSet fold(ChangeSetId id, Optional<ChangeSet> before, DomainEvent event, Stamp stamp) {
        ChangeSet after = after(id, before, (ChangeSetEvent) event, stamp);
        TABLE.check(before.map(set -> set.state().kind()), event, after.state().kind());
        return after;
    }

    private static ChangeSet after(ChangeSetId id, Optional<ChangeSet> before, ChangeSetEvent event, Stamp stamp) {
        if (event instanceof ChangeSetEvent.Created created) {
            return new ChangeSet(
                    id,
                    created.changeSetName(),
                    created.description(),
                    created.type(),
                    created.pullRequests(),
                    stamp.actor(),
                    stamp.at(),
                    new ChangeSetState.Draft());
        }
        ChangeSet set = before.orElseThrow(() -> new IllegalStateException("No change set " + id + " before " + event));
        if (event instanceof ChangeSetEvent.Edited edited) {
            return new ChangeSet(
                    id,
                    edited.changeSetName(),
                    edited.description(),
                    edited.type(),
                    edited.pullRequests(),
                    set.createdBy(),
                    set.createdAt(),
                    new ChangeSetState.Draft());
        }
        return in(set, state(event, stamp));
    }

    private static ChangeSetState state(ChangeSetEvent event, Stamp stamp) {
        if (event instanceof ChangeSetEvent.Proposed) {
            return new ChangeSetState.PendingReview(stamp.actor(), stamp.at());
        }
        if (event instanceof ChangeSetEvent.SentBack) {
            return new ChangeSetState.Draft();
        }
        if (event instanceof ChangeSetEvent.Versioned versioned) {
            return new ChangeSetState.Versioned(versioned.tag(), stamp.at());
        }
        if (event instanceof ChangeSetEvent.Abandoned) {
            return new ChangeSetState.Abandoned(stamp.actor(), stamp.reason().orElse(""), stamp.at());
        }
        return new ChangeSetState.Ready(stamp.actor(), stamp.at());
    }

    private static ChangeSet in(ChangeSet set, ChangeSetState state) {
        return new ChangeSet(
                set.id(),
                set.name(),
                set.description(),
                set.type(),
                set.pullRequests(),
                set.createdBy(),
                set.createdAt(),
                state);
    }
}
