package io.github.releasepipeline.notify;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;

/**
 * Where a notifier that asks people hands in their answers; the pipeline gives one. It asks the access policy and every rule as
 * if the person had called the pipeline themselves. Who the person is has to be proved before. Thread-safe.
 *
 * <p>Each method throws {@link RefusedException} if they may not or the release is not waiting for it any more, and
 * {@link NotFoundException} if there is no such release: nothing has changed then.
 */
public interface ApprovalDesk {
    /**
     * A vote for a release.
     *
     * @param seen digest of the plan that the person was shown: for another one the vote does not count
     * @param comment theirs, possibly empty
     */
    Release approve(Actor actor, ReleaseId release, Digest seen, String comment);

    /**
     * A vote against a release, which ends it.
     *
     * @param seen digest of the plan that the person was shown: against another one the vote does not count
     * @param reason theirs, not blank
     */
    Release reject(Actor actor, ReleaseId release, Digest seen, String reason);
}
