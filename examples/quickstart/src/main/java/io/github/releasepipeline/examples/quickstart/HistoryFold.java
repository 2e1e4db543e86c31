package io.github.releasepipeline.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes figures of the merges and versions of a repository. */
final class HistoryFold {
    private static final int MONTHS = 12;

    private HistoryFold() {}

    /** @param end the last month that is told is the one of this instant */
    static GitFacts.History of(Instant end, List<MergedPullRequest> merged, List<SemverTag> versions) {
        Map<YearMonth, Integer> tagged = new TreeMap<>();
        versions.forEach(version -> tagged.merge(month(version.tag().at()), 1, Integer::sum));
        List<GitFacts.Month> months = new ArrayList<>();
        for (int back = MONTHS - 1; back >= 0; back--) {
            YearMonth month = month(end).minusMonths(back);
            List<MergedPullRequest> then =
                    merged.stream().filter(pr -> month(pr.at()).equals(month)).toList();
            months.add(new GitFacts.Month(month, then.size(), tagged.getOrDefault(month, 0), percentile(then, 50)));
        }
        return new GitFacts.History(percentile(merged, 50), percentile(merged, 90), months);
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC));
    }

    /** By the nearest rank. */
    private static Optional<Duration> percentile(List<MergedPullRequest> merged, int percent) {
        List<Duration> sorted =
                merged.stream().map(MergedPullRequest::took).sorted().toList();
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(Math.max(1, rank) - 1));
    }
}
