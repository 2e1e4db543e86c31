package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.github.Opinions.Opinion;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.ItemPaths;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads pull requests by REST, request by request, for accounts and servers that do not give them by GraphQL. */
final class RestReader {
    private static final Set<String> OUTSIDERS =
            Set.of("NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "CONTRIBUTOR", "MANNEQUIN");

    private final Connection connection;
    private final String repository;
    private final ItemPaths paths;
    private final Files files;
    private final Ranges ranges;
    private final RestChecks checks;

    RestReader(
            Connection connection, String repository, ItemPaths paths, Files files, Ranges ranges, RestChecks checks) {
        this.connection = connection;
        this.repository = repository;
        this.paths = paths;
        this.files = files;
        this.ranges = ranges;
        this.checks = checks;
    }

    /**
     * Reads the rest of a pull request.
     *
     * @param pull as its own page tells it; entries of lists lack some fields
     */
    PullRequest read(JsonNode pull, Deadline deadline) {
        long number = Fields.number(pull, "number");
        CommitId head = Fields.commit(pull.path("head"), "sha");
        String base = Json.text(pull.path("base"), "ref").orElse("");
        Rules rules = rules(base, deadline);
        return new PullRequest(
                new PullRequestId(repository, number),
                Json.text(pull, "title").orElse(""),
                People.name(pull.path("user")),
                progress(pull, number, deadline),
                NodeReader.names(pull.path("labels")),
                review(pull, number, head, rules, deadline),
                checks.of(head, rules, deadline),
                paths.changed(
                        files.ofRest(number, head, pull.path("changed_files").asLong(), deadline)),
                head,
                base,
                Fields.instant(pull, "created_at"),
                Fields.instant(pull, "updated_at"),
                firstCommitAt(number, deadline),
                Fields.uri(pull, "html_url"),
                Optional.empty());
    }

    private Progress progress(JsonNode pull, long number, Deadline deadline) {
        Optional<Instant> mergedAt = Json.instant(pull, "merged_at");
        if (mergedAt.isPresent()) {
            MergedRange range = Fields.optionalCommit(pull, "merge_commit_sha")
                    .map(top -> ranges.of(number, top, deadline))
                    .orElseGet(() -> new MergedRange(
                            Fields.commit(pull.path("base"), "sha"), Fields.commit(pull.path("head"), "sha")));
            Optional<String> by = Optional.of(pull.path("merged_by"))
                    .filter(JsonNode::isObject)
                    .map(People::name);
            return new Progress.Merged(range, mergedAt.get(), by);
        }
        if (pull.path("state").asText().equals("closed")) {
            return new Progress.Closed(
                    Json.instant(pull, "closed_at").orElseGet(() -> Fields.instant(pull, "updated_at")));
        }
        return pull.path("draft").asBoolean() ? new Progress.Draft() : new Progress.Open();
    }

    private ReviewSummary review(JsonNode pull, long number, CommitId head, Rules rules, Deadline deadline) {
        boolean requested = !pull.path("requested_reviewers").isEmpty()
                || !pull.path("requested_teams").isEmpty();
        List<JsonNode> all = connection.all(connection.get("/pulls/{}/reviews", number), Optional.empty(), deadline);
        return new Opinions(latest(all, People.name(pull.path("user"))), requested, rules.approvals())
                .summary(Optional.empty(), head);
    }

    /** Comments change no opinion, a dismissal takes one back, the author's own and unfinished reviews do not count. */
    private static List<Opinion> latest(List<JsonNode> reviews, String author) {
        Map<String, Opinion> latest = new LinkedHashMap<>();
        for (JsonNode review : reviews) {
            String reviewer = People.name(review.path("user"));
            String state = Json.text(review, "state").orElse("");
            if (!state.equals("PENDING")
                    && !state.equals("COMMENTED")
                    && !reviewer.equals(author)
                    && !isOutsider(review)) {
                latest.remove(reviewer);
                latest.put(
                        reviewer,
                        new Opinion(
                                reviewer,
                                state,
                                Json.instant(review, "submitted_at").orElse(Instant.EPOCH),
                                Fields.optionalCommit(review, "commit_id")));
            }
        }
        return new ArrayList<>(latest.values());
    }

    /** Only who may write has a say. REST does not tell for each review; belonging to the repository is the nearest. */
    private static boolean isOutsider(JsonNode review) {
        return OUTSIDERS.contains(Json.text(review, "author_association").orElse(""));
    }

    private Rules rules(String base, Deadline deadline) {
        Reply reply = connection.send(connection.get("/rules/branches/{}", base).accept(403, 404), deadline);
        return reply.status() == 200 ? Rules.ofRest(reply.json()) : Rules.UNKNOWN;
    }

    private Optional<Instant> firstCommitAt(long number, Deadline deadline) {
        JsonNode commits =
                connection.read(connection.get("/pulls/{}/commits", number).query("per_page", 1), deadline);
        return Json.instant(commits.path(0).path("commit").path("author"), "date");
    }
}
