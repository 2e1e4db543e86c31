package io.github.releasepipeline.tck;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds a pull request. */
public final class PullRequestSample {
    private final long number;
    private String title;
    private String author = "alice";
    private Progress progress = new Progress.Open();
    private List<String> labels = List.of();
    private ReviewSummary review = ReviewSummary.none();
    private CheckSummary checks = CheckSummary.none();
    private List<ChangedItem> items;
    private Instant createdAt;

    PullRequestSample(long number) {
        this.number = number;
        this.title = "Pull request " + number;
        this.items = List.of(ChangedItem.of(Sample.created("workflows/" + number + ".json")));
        this.createdAt = Sample.NOW.plus(Duration.ofMinutes(number));
    }

    /** What stands above it. */
    public PullRequestSample title(String text) {
        title = text;
        return this;
    }

    /** Who opened it. */
    public PullRequestSample author(String name) {
        author = name;
        return this;
    }

    /** How far it is. */
    public PullRequestSample progress(Progress now) {
        progress = now;
        return this;
    }

    /** It is merged: as the only commit since the one with the number before. */
    public PullRequestSample merged() {
        MergedRange range = new MergedRange(Sample.commit(number - 1), Sample.commit(number));
        return progress(new Progress.Merged(range, createdAt.plus(Duration.ofHours(1)), Optional.of("bob")));
    }

    /** Its labels. */
    public PullRequestSample labels(String... names) {
        labels = List.of(names);
        return this;
    }

    /** Its reviews. */
    public PullRequestSample review(ReviewSummary now) {
        review = now;
        return this;
    }

    /** Its reviews, as a decision alone. */
    public PullRequestSample review(ReviewSummary.Decision decision) {
        return review(new ReviewSummary(decision, decision.name(), Optional.empty(), Optional.empty(), List.of()));
    }

    /** Its checks. */
    public PullRequestSample checks(CheckSummary now) {
        checks = now;
        return this;
    }

    /** What it changes. */
    public PullRequestSample items(ItemChange... changes) {
        items = Stream.of(changes).map(ChangedItem::of).toList();
        return this;
    }

    /** When it was opened. */
    public PullRequestSample createdAt(Instant instant) {
        createdAt = instant;
        return this;
    }

    /** The pull request. */
    public PullRequest build() {
        return new PullRequest(
                new PullRequestId(Sample.REPOSITORY, number),
                title,
                author,
                progress,
                labels,
                review,
                checks,
                items,
                Sample.commit(number),
                "main",
                createdAt,
                createdAt.plus(Duration.ofMinutes(5)),
                Optional.of(createdAt.minus(Duration.ofDays(1))),
                Optional.empty(),
                Optional.empty());
    }
}
