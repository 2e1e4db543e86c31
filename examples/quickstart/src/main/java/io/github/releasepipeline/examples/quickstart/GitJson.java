package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemCounts;

/** What a Git repository tells, for programs. */
final class GitJson {
    private GitJson() {}

    static JsonObject document(GitFacts facts) {
        return new JsonObject()
                .put("repository", facts.name())
                .put("branch", facts.line().branch())
                .put("commit", facts.line().tip())
                .put("first_parent_commits", facts.line().commits().size())
                .put("merge_commits", facts.line().merges())
                .put("open_pull_requests", facts.openCount())
                .put("merged_pull_requests", facts.mergedCount())
                .put("pull_requests", facts.open(), StoryJson::pullRequest)
                .put("next_version", next(facts.next(), facts.rows()))
                .put("version_count", facts.versionCount())
                .put("versions", facts.versions(), GitJson::tagged)
                .put("median_seconds_to_merge", facts.history().medianTimeToMerge())
                .put("p90_seconds_to_merge", facts.history().p90TimeToMerge())
                .put("months", facts.history().months(), GitJson::month);
    }

    private static JsonObject next(GitFacts.Next next, int rows) {
        return new JsonObject()
                .put("version", next.number())
                .put("type", next.bump())
                .put("reason", next.reason())
                .put("since", next.since().map(GitFacts.Tagged::tag))
                .put("items_changed", next.counts().byKind())
                .put("items_changed_directly", next.direct())
                .put("pull_request_count", next.pullRequests().size())
                .put(
                        "pull_requests",
                        next.pullRequests().stream()
                                .limit(rows)
                                .map(MergedPullRequest::number)
                                .toList());
    }

    private static JsonObject tagged(GitFacts.Tagged version) {
        return new JsonObject()
                .put("version", version.tag())
                .put("commit", version.commit())
                .put("at", version.at())
                .put("items", version.items().map(ItemCounts::byKind))
                .put("since", version.since())
                .put("items_changed", version.changed().map(ItemCounts::byKind));
    }

    private static JsonObject month(GitFacts.Month month) {
        return new JsonObject()
                .put("month", month.month())
                .put("merged_pull_requests", month.merged())
                .put("versions", month.versions())
                .put("median_seconds_to_merge", month.medianTimeToMerge());
    }
}
