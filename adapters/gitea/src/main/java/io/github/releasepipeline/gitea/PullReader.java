package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.ItemPaths;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts together what several endpoints tell of one pull request. Thread-safe. */
final class PullReader {
    private static final Duration JUST = Duration.ofMinutes(10);

    private final String repository;
    private final PullApi api;
    private final Protections protections;
    private final ItemPaths items;
    private final PullMemory memory;
    private final Waits waits;
    private final Instant now;

    /** @param now decides what may be remembered */
    PullReader(String repository, PullApi api, ItemPaths items, PullMemory memory, Waits waits, Instant now) {
        this.repository = repository;
        this.api = api;
        this.protections = new Protections(api);
        this.items = items;
        this.memory = memory;
        this.waits = waits;
        this.now = now;
    }

    /**
     * What was read of one pull request.
     *
     * @param statuses of its head
     */
    record Reading(PullRequest pullRequest, List<ReviewRow> reviews, List<StatusRow> statuses) {
        Reading {
            reviews = List.copyOf(reviews);
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * Reads the rest of a listed pull request.
     *
     * @return empty if the server has lost the proposed commits, so that there is nothing to review or to merge
     */
    Optional<Reading> read(PullRow listed) {
        PullRow row = ripe(listed);
        return row.head().map(head -> read(row, head, memory.reviews(row, now, () -> api.reviews(row.number()))));
    }

    /** The same, for one that is looked at: its reviews are not taken from memory, and it has one head from first to last. */
    Optional<Reading> readFresh(PullRow listed) {
        PullRow row = ripe(listed);
        for (int attempt = 0; attempt < Waits.MOST; attempt++) {
            PullRow before = row;
            Optional<Reading> reading = before.head().map(head -> read(before, head, api.reviews(before.number())));
            row = ripe(api.pull(before.number()).orElse(before));
            if (row.head().equals(before.head())) {
                return reading;
            }
        }
        throw AdapterException.passing(
                repository + "#" + listed.number() + " is pushed to all the time; try again", null);
    }

    /** What was merged long ago and has no merge commit, came from elsewhere and will not get one. */
    private PullRow ripe(PullRow row) {
        return row.ended().filter(ended -> ended.plus(JUST).isAfter(now)).isPresent() ? settled(row) : row;
    }

    private Reading read(PullRow row, CommitId head, List<ReviewRow> reviews) {
        memory.seen(row);
        Protection protection = protections.of(row.baseBranch());
        List<StatusRow> statuses = api.statuses(head);
        Optional<PullMemory.Merge> merge =
                row.merged() ? Optional.of(memory.merge(row, () -> merge(row))) : Optional.empty();
        Optional<MergedRange> range = merge.flatMap(PullMemory.Merge::range);
        return new Reading(
                new PullRequest(
                        new PullRequestId(repository, row.number()),
                        row.title(),
                        row.author(),
                        progress(row, range),
                        row.labels(),
                        Reviews.summary(reviews, head, protection),
                        Statuses.summary(statuses, protection),
                        memory.items(row, now, () -> items.changed(api.files(row.number()))),
                        head,
                        row.baseBranch(),
                        row.createdAt(),
                        row.updatedAt(),
                        merge.flatMap(PullMemory.Merge::firstCommitAt),
                        row.link(),
                        Optional.empty()),
                reviews,
                statuses);
    }

    /** What the merge of a merged pull request brought. */
    Optional<MergedRange> range(PullRow row) {
        return memory.merge(row, () -> merge(row)).range();
    }

    private PullMemory.Merge merge(PullRow row) {
        List<CommitRow> proposed = api.commits(row.number());
        List<CommitRow> behind = row.mergeCommit()
                .map(merge -> api.log(merge, proposed.size() + 1))
                .orElse(List.of());
        return new PullMemory.Merge(
                Ranges.of(row, proposed, behind),
                proposed.stream().flatMap(commit -> commit.written().stream()).min(Comparator.naturalOrder()));
    }

    /** The server may say "merged" a little before it says by which commit. */
    PullRow settled(PullRow row) {
        PullRow seen = row;
        for (int attempt = 0; seen.merged() && seen.mergeCommit().isEmpty() && attempt < Waits.MOST; attempt++) {
            waits.before(attempt);
            seen = api.pull(row.number()).orElse(seen);
        }
        return seen;
    }

    private static Progress progress(PullRow row, Optional<MergedRange> range) {
        Instant ended = row.ended().orElse(row.updatedAt());
        if (range.isPresent()) {
            return new Progress.Merged(range.get(), ended, row.mergedBy());
        }
        if (!row.open()) {
            return new Progress.Closed(ended);
        }
        return row.draft() ? new Progress.Draft() : new Progress.Open();
    }
}
