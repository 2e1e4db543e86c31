package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.MergedRange;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A merged pull request as the first-parent history of a branch shows it.
 *
 * @param into the branch that it was merged into
 * @param base that branch before
 * @param merge that branch after
 * @param head what was merged, if the merge tells: its second parent, or the trailer that our own squashes carry
 * @param at time of the merge in seconds since 1970
 * @param place its place among the pull requests of that branch, oldest first
 */
record Merged(
        long number, TargetBranch into, ObjectId base, ObjectId merge, Optional<ObjectId> head, long at, int place) {
    private static final int SOON = 500;

    /** Whether it came into the same branch after another one and not much later. */
    boolean isSoonAfter(Merged other) {
        return into.equals(other.into) && place > other.place && place - other.place <= SOON;
    }

    MergedRange range() {
        return new MergedRange(ObjectIds.of(base), ObjectIds.of(merge));
    }

    Merged numbered(long theNumber) {
        return new Merged(theNumber, into, base, merge, head, at, place);
    }

    Merged endingWith(Merged next) {
        return new Merged(number, into, base, next.merge, next.head, next.at, place);
    }
}
