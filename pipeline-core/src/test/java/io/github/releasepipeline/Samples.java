package io.github.releasepipeline;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pull requests as a provider would report them. */
final class Samples {
    private Samples() {}

    static PullRequest approved(long number, ItemChange change, CommitId head, Instant at) {
        return of(number, List.of(change), head, at);
    }

    static PullRequest of(long number, List<ItemChange> changes, CommitId head, Instant at) {
        return new PullRequest(
                new PullRequestId("acme/flows", number),
                "Change " + number,
                "author-" + number,
                new Progress.Open(),
                List.of(),
                review(ReviewSummary.Decision.APPROVED),
                CheckSummary.none(),
                changes.stream().map(ChangedItem::of).toList(),
                head,
                "main",
                at,
                at,
                Optional.of(at),
                Optional.empty(),
                Optional.empty());
    }

    static ReviewSummary review(ReviewSummary.Decision decision) {
        return new ReviewSummary(decision, decision.name(), Optional.of(1), Optional.of(1), List.of());
    }

    static PullRequest with(PullRequest pr, Progress progress, Instant updatedAt) {
        return copy(pr, pr.title(), progress, pr.labels(), pr.review(), pr.head(), updatedAt);
    }

    static PullRequest with(PullRequest pr, ReviewSummary review) {
        return copy(pr, pr.title(), pr.progress(), pr.labels(), review, pr.head(), pr.updatedAt());
    }

    static PullRequest titled(PullRequest pr, String title, Instant updatedAt) {
        return copy(pr, title, pr.progress(), pr.labels(), pr.review(), pr.head(), updatedAt);
    }

    static PullRequest labelled(PullRequest pr, String... labels) {
        return copy(pr, pr.title(), pr.progress(), List.of(labels), pr.review(), pr.head(), pr.updatedAt());
    }

    static PullRequest pushed(PullRequest pr, CommitId head, Instant updatedAt) {
        return copy(pr, pr.title(), pr.progress(), pr.labels(), pr.review(), head, updatedAt);
    }

    static PullRequest onto(PullRequest pr, String baseBranch) {
        return new PullRequest(
                pr.id(),
                pr.title(),
                pr.author(),
                pr.progress(),
                pr.labels(),
                pr.review(),
                pr.checks(),
                pr.items(),
                pr.head(),
                baseBranch,
                pr.createdAt(),
                pr.updatedAt(),
                pr.firstCommitAt(),
                pr.link(),
                pr.revertedBy());
    }

    /** The same, changing no item. */
    static PullRequest without(PullRequest pr) {
        return changing(pr, List.of(), pr.revertedBy());
    }

    static PullRequest changing(PullRequest pr, List<ChangedItem> items, Optional<String> revertedBy) {
        return new PullRequest(
                pr.id(),
                pr.title(),
                pr.author(),
                pr.progress(),
                pr.labels(),
                pr.review(),
                pr.checks(),
                items,
                pr.head(),
                pr.baseBranch(),
                pr.createdAt(),
                pr.updatedAt(),
                pr.firstCommitAt(),
                pr.link(),
                revertedBy);
    }

    private static PullRequest copy(
            PullRequest pr,
            String title,
            Progress progress,
            List<String> labels,
            ReviewSummary review,
            CommitId head,
            Instant updatedAt) {
        return new PullRequest(
                pr.id(),
                title,
                pr.author(),
                progress,
                labels,
                review,
                pr.checks(),
                pr.items(),
                head,
                pr.baseBranch(),
                pr.createdAt(),
                updatedAt,
                pr.firstCommitAt(),
                pr.link(),
                pr.revertedBy());
    }
}
