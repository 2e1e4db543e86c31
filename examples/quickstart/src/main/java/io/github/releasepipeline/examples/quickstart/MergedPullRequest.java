package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a merged pull request: thousands of them fit into memory without their items.
 *
 * @param number its number
 * @param title its title
 * @param author who proposed it
 * @param labels its labels
 * @param items how many items of each kind it changed
 * @param range what its merge brought
 * @param at when it was merged
 * @param took how long that was after its first commit
 */
record MergedPullRequest(
        long number,
        String title,
        String author,
        List<String> labels,
        ItemCounts items,
        MergedRange range,
        Instant at,
        Duration took) {
    /** Empty if it is not merged. */
    static Optional<MergedPullRequest> of(PullRequest pullRequest) {
        if (!(pullRequest.progress() instanceof PullRequest.Progress.Merged merged)) {
            return Optional.empty();
        }
        Instant begin = pullRequest.firstCommitAt().orElse(pullRequest.createdAt());
        return Optional.of(new MergedPullRequest(
                pullRequest.number(),
                pullRequest.title(),
                pullRequest.author(),
                pullRequest.labels(),
                pullRequest.itemCounts(),
                merged.range(),
                merged.at(),
                Duration.between(begin, merged.at())));
    }
}
