package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import java.time.Instant;
import java.util.List;

/** Builds a change set. */
public final class ChangeSetSample {
    private final ChangeSetId id;
    private final List<Long> pullRequests;
    private String description = "";
    private Actor createdBy = Sample.ALICE;
    private Instant createdAt = Sample.NOW;
    private ChangeSetState state = new ChangeSetState.Draft();

    ChangeSetSample(String id, List<Long> pullRequests) {
        this.id = new ChangeSetId(id);
        this.pullRequests = pullRequests;
    }

    /** What stands in it. */
    public ChangeSetSample description(String text) {
        description = text;
        return this;
    }

    /** Who made it. */
    public ChangeSetSample createdBy(Actor actor) {
        createdBy = actor;
        return this;
    }

    /** When it was made. */
    public ChangeSetSample createdAt(Instant instant) {
        createdAt = instant;
        return this;
    }

    /** How far it is. */
    public ChangeSetSample state(ChangeSetState now) {
        state = now;
        return this;
    }

    /** It is given up. */
    public ChangeSetSample abandoned() {
        return state(new ChangeSetState.Abandoned(Sample.BOB, "not needed", Sample.NOW));
    }

    /** The change set. */
    public ChangeSet build() {
        return new ChangeSet(
                id, "Set " + id, description, ChangeType.FEATURE, pullRequests, createdBy, createdAt, state);
    }
}
