package io.github.releasepipeline.source;

import java.util.List;

/** What came of a merge order. All but {@link Merged} leave the base branch as it was. */
public sealed interface MergeOutcome {
    /**
     * Done, now or before.
     *
     * @param range what the merge brought
     */
    record Merged(MergedRange range) implements MergeOutcome {}

    /**
     * Accepted; the provider merges later.
     *
     * @param detail what it waits for
     */
    record Queued(String detail) implements MergeOutcome {}

    /**
     * The head is another commit than the one that was reviewed.
     *
     * @param actualHead the head now
     */
    record HeadMoved(CommitId actualHead) implements MergeOutcome {}

    /**
     * The two sides changed the same lines.
     *
     * @param paths where, as far as known
     */
    record Conflict(List<String> paths) implements MergeOutcome {
        /** Copies the list. */
        public Conflict {
            paths = List.copyOf(paths);
        }
    }

    /**
     * The provider's rules do not allow it now.
     *
     * @param reason its words
     */
    record NotAllowed(String reason) implements MergeOutcome {}
}
