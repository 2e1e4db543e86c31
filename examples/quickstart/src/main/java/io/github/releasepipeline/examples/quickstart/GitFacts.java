package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Bump;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * What a Git repository tells of its releases.
 *
 * @param name the repository's name
 * @param line its default branch
 * @param openCount how many pull requests are open
 * @param open the newest of them, newest first
 * @param mergedCount how many are merged
 * @param next what would be in the next version
 * @param versionCount how many tags are semantic versions
 * @param versions the newest of them, newest first
 * @param history figures over all of its history
 * @param rows how many of everything are told one by one
 */
record GitFacts(
        String name,
        FirstParentLine line,
        int openCount,
        List<PullRequest> open,
        int mergedCount,
        Next next,
        int versionCount,
        List<Tagged> versions,
        History history,
        int rows) {
    /**
     * The next version.
     *
     * @param since the newest version on the default branch; empty if there is none
     * @param number what it would be called
     * @param bump which part would be incremented
     * @param reason why
     * @param changes what changed since then
     * @param pullRequests what brought the changes, newest first
     * @param direct how many of the changes were made at least in part by commits outside of pull requests
     */
    record Next(
            Optional<Tagged> since,
            String number,
            Bump bump,
            String reason,
            List<ItemChange> changes,
            List<MergedPullRequest> pullRequests,
            int direct) {
        ItemCounts counts() {
            return GitFacts.counts(changes);
        }
    }

    /**
     * A tag that is a semantic version.
     *
     * @param tag its name
     * @param commit what it points at
     * @param at when it was made
     * @param items what it holds; of the shown ones only
     * @param since the version with the next lower number
     * @param changed what changed since that
     */
    record Tagged(
            String tag,
            CommitId commit,
            Instant at,
            Optional<ItemCounts> items,
            Optional<String> since,
            Optional<ItemCounts> changed) {}

    /**
     * Figures over all of the history.
     *
     * @param medianTimeToMerge from a pull request's first commit to its merge
     * @param p90TimeToMerge nine in ten do not take longer
     * @param months the last twelve, oldest first
     */
    record History(Optional<Duration> medianTimeToMerge, Optional<Duration> p90TimeToMerge, List<Month> months) {}

    /**
     * One month.
     *
     * @param month in UTC
     * @param merged how many pull requests were merged
     * @param versions how many versions were tagged
     * @param medianTimeToMerge of those merged in this month
     */
    record Month(YearMonth month, int merged, int versions, Optional<Duration> medianTimeToMerge) {}

    static ItemCounts counts(List<ItemChange> changes) {
        return ItemCounts.of(changes.stream().map(change -> change.id().kind()).toList());
    }
}
