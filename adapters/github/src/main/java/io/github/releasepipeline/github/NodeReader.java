package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.github.Checks.Reported;
import io.github.releasepipeline.github.Opinions.Opinion;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.ItemPaths;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads pull requests from nodes of GraphQL. */
final class NodeReader {
    private final String repository;
    private final ItemPaths paths;
    private final Files files;
    private final Ranges ranges;
    private final RestChecks restChecks;

    NodeReader(String repository, ItemPaths paths, Files files, Ranges ranges, RestChecks restChecks) {
        this.repository = repository;
        this.paths = paths;
        this.files = files;
        this.ranges = ranges;
        this.restChecks = restChecks;
    }

    /** @param checksForbidden whether the answer left out checks because the token may not read them */
    PullRequest read(JsonNode node, boolean checksForbidden, Deadline deadline) {
        long number = Fields.number(node, "number");
        CommitId head = Fields.commit(node, "headRefOid");
        Rules rules = Rules.ofRef(node.path("baseRef"));
        return new PullRequest(
                new PullRequestId(repository, number),
                Json.text(node, "title").orElse(""),
                People.name(node.path("author")),
                progress(node, number, deadline),
                names(node.path("labels").path("nodes")),
                review(node, head, rules),
                checks(node, head, rules, checksForbidden, deadline),
                paths.changed(files.of(node, number, head, deadline)),
                head,
                Json.text(node, "baseRefName").orElse(""),
                Fields.instant(node, "createdAt"),
                Fields.instant(node, "updatedAt"),
                Json.instant(commit(node.path("oldest")), "authoredDate"),
                Fields.uri(node, "url"),
                revertedBy(node));
    }

    private Progress progress(JsonNode node, long number, Deadline deadline) {
        return switch (Json.text(node, "state").orElse("")) {
            case "MERGED" ->
                new Progress.Merged(
                        range(node, number, deadline),
                        Json.instant(node, "mergedAt").orElseGet(() -> Fields.instant(node, "updatedAt")),
                        Optional.of(node.path("mergedBy"))
                                .filter(JsonNode::isObject)
                                .map(People::name));
            case "CLOSED" ->
                new Progress.Closed(Json.instant(node, "closedAt").orElseGet(() -> Fields.instant(node, "updatedAt")));
            default -> node.path("isDraft").asBoolean() ? new Progress.Draft() : new Progress.Open();
        };
    }

    private MergedRange range(JsonNode node, long number, Deadline deadline) {
        JsonNode merge = node.path("mergeCommit");
        JsonNode parents = merge.path("parents").path("nodes");
        if (!merge.isObject() || parents.isEmpty()) {
            // Merged long ago, or by a push: all that is left is what the pull request itself said.
            return new MergedRange(Fields.commit(node, "baseRefOid"), Fields.commit(node, "headRefOid"));
        }
        JsonNode head = commit(node.path("newest"));
        boolean likeHead = Json.text(merge, "message").equals(Json.text(head, "message"))
                && Json.instant(merge, "authoredDate").equals(Json.instant(head, "authoredDate"));
        Ranges.Top top = new Ranges.Top(
                Fields.commit(merge, "oid"), Fields.commit(parents.path(0), "oid"), parents.size(), likeHead);
        return ranges.of(number, top, node.path("oldest").path("totalCount").asLong(), deadline);
    }

    private static ReviewSummary review(JsonNode node, CommitId head, Rules rules) {
        List<Opinion> opinions = new ArrayList<>();
        for (JsonNode review : node.path("latestOpinionatedReviews").path("nodes")) {
            opinions.add(new Opinion(
                    People.name(review.path("author")),
                    Json.text(review, "state").orElse(""),
                    Json.instant(review, "submittedAt").orElse(Instant.EPOCH),
                    Fields.optionalCommit(review.path("commit"), "oid")));
        }
        boolean requested = node.path("reviewRequests").path("totalCount").asLong() > 0;
        return new Opinions(opinions, requested, rules.approvals()).summary(Json.text(node, "reviewDecision"), head);
    }

    private CheckSummary checks(JsonNode node, CommitId head, Rules rules, boolean forbidden, Deadline deadline) {
        JsonNode rollup = commit(node.path("newest")).path("statusCheckRollup");
        JsonNode contexts = rollup.path("contexts");
        boolean unreadable = forbidden && !contexts.isObject();
        if (unreadable || contexts.path("pageInfo").path("hasNextPage").asBoolean()) {
            return restChecks.of(head, rules, deadline);
        }
        Checks checks = new Checks();
        contexts.path("nodes").forEach(context -> checks.add(reported(context)));
        return checks.summary(rules.checks());
    }

    private static Reported reported(JsonNode context) {
        if (context.path("__typename").asText().equals("StatusContext")) {
            return new Reported(
                    "",
                    Json.text(context, "context").orElse(""),
                    Json.text(context, "state").orElse("").toLowerCase(Locale.ROOT),
                    Json.text(context, "description").orElse(""),
                    Fields.uri(context, "targetUrl"),
                    Json.instant(context, "createdAt").orElse(Instant.EPOCH),
                    0);
        }
        return new Reported(
                Json.text(context.path("checkSuite").path("app"), "slug").orElse(""),
                Json.text(context, "name").orElse(""),
                Json.text(context, "conclusion")
                        .or(() -> Json.text(context, "status"))
                        .orElse("")
                        .toLowerCase(Locale.ROOT),
                Json.text(context, "title").orElse(""),
                Fields.uri(context, "detailsUrl"),
                Json.instant(context, "completedAt").orElse(Instant.MAX),
                context.path("databaseId").asLong());
    }

    /** GitHub's own button names the pull request that reverts another in this way. */
    private static Optional<String> revertedBy(JsonNode node) {
        String title = "Revert \"" + Json.text(node, "title").orElse("") + "\"";
        for (JsonNode event : node.path("reverts").path("nodes")) {
            JsonNode source = event.path("source");
            if (source.path("merged").asBoolean()
                    && source.path("title").asText().equals(title)) {
                return Optional.of("#" + source.path("number").asLong());
            }
        }
        return Optional.empty();
    }

    static List<String> names(JsonNode labels) {
        List<String> names = new ArrayList<>();
        labels.forEach(label -> Json.text(label, "name").ifPresent(names::add));
        return names;
    }

    private static JsonNode commit(JsonNode commits) {
        return commits.path("nodes").path(0).path("commit");
    }
}
