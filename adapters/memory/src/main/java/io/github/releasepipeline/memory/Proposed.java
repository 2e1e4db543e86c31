package io.github.releasepipeline.memory;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pull request while it changes. Guarded by its {@link MemorySourceControl}. */
final class Proposed {
    final PullRequestId id;
    final String title;
    final String author;
    /** The base branch. */
    final String branch;
    /** Where the head left it. */
    final CommitId base;

    final Instant createdAt;
    final List<Activity> activity = new ArrayList<>();
    private final Map<String, ReviewSummary.Review> reviews = new LinkedHashMap<>();
    private final Map<String, CheckSummary.Check> checks = new LinkedHashMap<>();
    List<String> labels;
    Progress progress;
    CommitId head;
    Optional<String> revertedBy = Optional.empty();
    /** Place of its last change among all changes of the repository. */
    long changed;

    private Instant updatedAt;

    Proposed(
            PullRequestId id,
            String title,
            String author,
            List<String> labels,
            String branch,
            CommitId base,
            CommitId head,
            Instant at) {
        this.id = id;
        this.title = title;
        this.author = author;
        this.labels = List.copyOf(labels);
        this.branch = branch;
        this.base = base;
        this.head = head;
        this.progress = new Progress.Open();
        this.createdAt = at;
        this.updatedAt = at;
    }

    void happened(Instant at, String actor, String type, String detail) {
        activity.add(new Activity(at, actor, type, detail));
        updatedAt = at;
    }

    /** A new head; what was said of the old one does not count for it. */
    void push(CommitId newHead) {
        head = newHead;
        reviews.clear();
        checks.clear();
    }

    void review(ReviewSummary.Review review) {
        reviews.remove(review.reviewer());
        reviews.put(review.reviewer(), review);
    }

    void check(CheckSummary.Check check) {
        checks.put(check.name(), check);
    }

    void restartChecks() {
        checks.replaceAll((name, check) ->
                new CheckSummary.Check(name, CheckSummary.Status.PENDING, "pending", "", check.link()));
    }

    PullRequest snapshot(List<ChangedItem> items, int approvalsNeeded) {
        return new PullRequest(
                id,
                title,
                author,
                progress,
                labels,
                summary(approvalsNeeded),
                new CheckSummary(List.copyOf(checks.values())),
                items,
                head,
                branch,
                createdAt,
                updatedAt,
                Optional.of(createdAt),
                Optional.empty(),
                revertedBy);
    }

    private ReviewSummary summary(int needed) {
        int given = (int) reviews.values().stream()
                .filter(review -> review.decision() == Decision.APPROVED)
                .count();
        Decision decision = decision(given, needed);
        return new ReviewSummary(
                decision, decision.name(), Optional.of(given), Optional.of(needed), List.copyOf(reviews.values()));
    }

    private Decision decision(int given, int needed) {
        if (reviews.values().stream().anyMatch(review -> review.decision() == Decision.CHANGES_REQUESTED)) {
            return Decision.CHANGES_REQUESTED;
        }
        if (given >= needed && given > 0) {
            return Decision.APPROVED;
        }
        return reviews.isEmpty() ? Decision.NONE : Decision.REVIEW_REQUESTED;
    }
}
