package io.github.releasepipeline.gitea;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Remembers what was read of pull requests for as long as it cannot have changed: merges for ever, items and reviews while
 * head and time of the last change stay the same. Statuses change without a trace and are never remembered. Thread-safe.
 */
final class PullMemory {
    private static final int MOST = 2_000;

    /**
     * Times of changes are whole seconds, and clocks differ: what changed just now may change again unnoticed. So what is
     * pushed between the look at the list and the read of the files is never remembered under the old head.
     */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private final Recent<Look, List<ReviewRow>> reviews = new Recent<>(MOST);
    private final Recent<Look, List<ChangedItem>> items = new Recent<>(MOST);
    private final Recent<MergeKey, Merge> merges = new Recent<>(MOST);

    private final Recent<Long, CommitId> heads = new Recent<>(MOST);

    /** A look at a pull request. */
    private record Look(
            long number,
            Optional<CommitId> head,
            Optional<CommitId> base,
            Optional<CommitId> merge,
            Instant updatedAt) {}

    private record MergeKey(long number, CommitId merge) {}

    /**
     * What is known of a merge.
     *
     * @param range what it brought
     * @param firstCommitAt when the oldest of the proposed commits was written
     */
    record Merge(Optional<MergedRange> range, Optional<Instant> firstCommitAt) {}

    /** A pull request was seen. */
    void seen(PullRow row) {
        if (row.open()) {
            row.head().ifPresent(head -> heads.keep(row.number(), head));
        } else {
            heads.forget(row.number());
        }
    }

    /** Which open pull requests had a commit as their head when they were last seen. */
    Set<Long> withHead(CommitId head) {
        return heads.questions(head);
    }

    List<ReviewRow> reviews(PullRow row, Instant now, Supplier<List<ReviewRow>> read) {
        return reviews.get(look(row, now), read);
    }

    List<ChangedItem> items(PullRow row, Instant now, Supplier<List<ChangedItem>> read) {
        return items.get(look(row, now), read);
    }

    private static Optional<Look> look(PullRow row, Instant now) {
        return row.updatedAt().plus(SETTLED).isBefore(now)
                ? Optional.of(new Look(row.number(), row.head(), row.mergeBase(), row.mergeCommit(), row.updatedAt()))
                : Optional.empty();
    }

    Merge merge(PullRow row, Supplier<Merge> read) {
        return merges.get(row.mergeCommit().map(merge -> new MergeKey(row.number(), merge)), read);
    }
}
