package io.github.releasepipeline.gitea;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a merge brought, whichever way it was made; the server tells only its last commit. */
final class Ranges {
    private Ranges() {}

    /**
     * What a merged pull request brought.
     *
     * @param proposed its commits
     * @param behind the merge's last commit and its ancestors, newest first, at least one more than were proposed
     * @return empty if the server does not know enough
     */
    static Optional<MergedRange> of(PullRow pull, List<CommitRow> proposed, List<CommitRow> behind) {
        Optional<CommitId> merge = pull.mergeCommit();
        if (merge.isEmpty() || behind.isEmpty()) {
            // Merged in a way that left no trace here; then at least the proposal itself is on the base branch.
            return pull.mergeBase().flatMap(base -> pull.head().map(head -> new MergedRange(base, head)));
        }
        Optional<CommitId> base = merge.equals(pull.head()) ? pull.mergeBase() : Optional.empty();
        return base.or(() -> base(proposed, behind))
                .or(pull::mergeBase)
                .map(from -> new MergedRange(from, merge.get()));
    }

    private static Optional<CommitId> base(List<CommitRow> proposed, List<CommitRow> behind) {
        CommitRow first = behind.get(0);
        if (first.parents().size() > 1) {
            return Optional.of(first.parents().get(0));
        }
        Set<String> works = proposed.stream().map(CommitRow::work).collect(Collectors.toSet());
        int rebased = 0;
        while (rebased < proposed.size()
                && rebased < behind.size()
                && works.contains(behind.get(rebased).work())) {
            rebased++;
        }
        // A squash is the work of no proposed commit, or of the only one: it brought one commit either way.
        CommitRow oldest = behind.get(Math.max(0, rebased - 1));
        return oldest.parents().stream().findFirst();
    }
}
