package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.notify.ApprovalDesk;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;

/** Hands in votes in the name of those who gave them. */
record Votes(Pipeline pipeline) implements ApprovalDesk {
    @Override
    public Release approve(Actor actor, ReleaseId release, Digest seen, String comment) {
        return pipeline.as(actor).releases().approve(release, seen, comment);
    }

    @Override
    public Release reject(Actor actor, ReleaseId release, Digest seen, String reason) {
        return pipeline.as(actor).releases().reject(release, seen, reason);
    }
}
