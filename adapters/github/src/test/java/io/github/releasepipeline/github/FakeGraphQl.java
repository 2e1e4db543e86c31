package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.github.FakeGitHub.FakeCheck;
import io.github.releasepipeline.github.FakeGitHub.FakeFile;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fake's GraphQL: answers the adapter's operations by name, with exactly the fields that they select. */
final class FakeGraphQl {
    private final FakeGitHub fake;

    FakeGraphQl(FakeGitHub fake) {
        this.fake = fake;
    }

    Answer answer(Asked asked) {
        if (fake.rules.graphQlForbidden) {
            return FakeGitHub.problem(403, "Resource not accessible by personal access token");
        }
        String query = asked.json().path("query").asText();
        JsonNode variables = asked.json().path("variables");
        ObjectNode reply = Json.object();
        ObjectNode data = Json.object();
        switch (Selection.operation(query)) {
            case "OpenPullRequests" ->
                page(
                        data,
                        variables,
                        fake.pulls.values().stream()
                                .filter(FakePull::open)
                                .sorted(Comparator.comparing(pull -> pull.number)));
            case "EndedPullRequests" ->
                page(
                        data,
                        variables,
                        fake.pulls.values().stream()
                                .filter(pull -> !pull.open())
                                .sorted(Comparator.comparing((FakePull pull) -> pull.updatedAt)
                                        .reversed()
                                        .thenComparing(pull -> pull.number)));
            case "OnePullRequest" -> one(reply, data, variables);
            case "MergeQueue" -> queue(data, variables);
            case "Enqueue" -> enqueue(data, variables);
            default -> throw new IllegalStateException("unknown operation in " + query);
        }
        reply.set("data", Selection.of(query).prune(data));
        if (fake.rules.checksForbidden && query.contains("statusCheckRollup")) {
            forbidden(reply);
        }
        return Answer.json(200, reply).header("X-RateLimit-Resource", "graphql");
    }

    /** Pages by value, as GitHub's cursors do: what moves meanwhile shifts nothing. */
    private void page(ObjectNode data, JsonNode variables, Stream<FakePull> sorted) {
        List<FakePull> all = sorted.toList();
        String after = variables.path("after").asText("");
        int from = 0;
        while (!after.isEmpty() && from < all.size() && !after.equals("c" + all.get(from).number)) {
            from++;
        }
        from = after.isEmpty() ? 0 : Math.min(from + 1, all.size());
        int to = Math.min(all.size(), from + variables.path("first").asInt());
        ObjectNode connection = data.putObject("repository").putObject("pullRequests");
        ObjectNode info = connection.putObject("pageInfo").put("hasNextPage", to < all.size());
        info.put("endCursor", to > from ? "c" + all.get(to - 1).number : null);
        ArrayNode nodes = connection.putArray("nodes");
        all.subList(from, to).forEach(pull -> nodes.add(node(pull)));
    }

    private void one(ObjectNode reply, ObjectNode data, JsonNode variables) {
        FakePull pull = fake.pulls.get(variables.path("number").asLong());
        if (pull == null) {
            data.putObject("repository").putNull("pullRequest");
            ObjectNode error = reply.putArray("errors").addObject();
            error.put("type", "NOT_FOUND").put("message", "Could not resolve to a PullRequest");
            error.putArray("path").add("repository").add("pullRequest");
            return;
        }
        data.putObject("repository").set("pullRequest", node(pull));
    }

    private void queue(ObjectNode data, JsonNode variables) {
        FakePull pull = fake.pulls.get(variables.path("number").asLong());
        ObjectNode json = data.putObject("repository").putObject("pullRequest").put("id", "PR_" + pull.number);
        entry(json, pull);
    }

    private void enqueue(ObjectNode data, JsonNode variables) {
        FakePull pull =
                fake.pulls.get(Long.parseLong(variables.path("id").asText().substring(3)));
        if (!pull.head().equals(variables.path("head").asText())) {
            data.putNull("enqueuePullRequest");
            return;
        }
        pull.queuePosition = 1;
        entry(data.putObject("enqueuePullRequest"), pull);
    }

    private static void entry(ObjectNode json, FakePull pull) {
        if (pull.queuePosition == 0) {
            json.putNull("mergeQueueEntry");
        } else {
            json.putObject("mergeQueueEntry")
                    .put("position", pull.queuePosition)
                    .put("state", "QUEUED");
        }
    }

    private ObjectNode node(FakePull pull) {
        ObjectNode json = Json.object()
                .put("number", pull.number)
                .put("title", pull.title)
                .put("body", pull.body)
                .put("url", "https://github.test/acme/flows/pull/" + pull.number)
                .put("state", pull.state)
                .put("isDraft", pull.draft)
                .put("createdAt", pull.createdAt.toString())
                .put("updatedAt", pull.updatedAt.toString())
                .put("closedAt", text(pull.endedAt))
                .put("mergedAt", pull.state.equals("MERGED") ? text(pull.endedAt) : null)
                .put("baseRefName", pull.base)
                .put("baseRefOid", pull.fork)
                .put("headRefOid", pull.head())
                .put("changedFiles", fake.files(pull).size())
                .put("reviewDecision", pull.decision);
        json.set("mergedBy", actor(pull.mergedBy, false));
        json.set("author", actor(pull.author, pull.bot));
        ArrayNode labels = json.putObject("labels").putArray("nodes");
        pull.labels.forEach(label -> labels.addObject().put("name", label));
        json.putObject("reviewRequests").put("totalCount", pull.reviewRequested ? 1 : 0);
        json.set("latestOpinionatedReviews", reviews(pull));
        json.set("files", files(pull));
        commits(json, pull);
        merge(json, pull);
        baseRef(json);
        ArrayNode reverts = json.putObject("reverts").putArray("nodes");
        reverts.addObject().putObject("source");
        pull.revertedBy.ifPresent(title -> reverts.addObject()
                .putObject("source")
                .put("number", 99)
                .put("title", title)
                .put("merged", true));
        return json;
    }

    private static JsonNode reviews(FakePull pull) {
        Map<String, FakePull.Review> latest = new LinkedHashMap<>();
        pull.reviews.stream()
                .filter(review -> !review.state().equals("COMMENTED"))
                .filter(review -> review.association().equals("MEMBER"))
                .forEach(review -> latest.put(review.reviewer(), review));
        ObjectNode json = Json.object();
        ArrayNode nodes = json.putArray("nodes");
        for (FakePull.Review review : latest.values()) {
            ObjectNode node = nodes.addObject()
                    .put("state", review.state())
                    .put("submittedAt", review.at().toString());
            node.set("author", actor(review.reviewer(), false));
            node.putObject("commit").put("oid", review.commit());
        }
        return json;
    }

    private JsonNode files(FakePull pull) {
        List<FakeFile> files = fake.files(pull);
        ObjectNode json = Json.object();
        json.putObject("pageInfo").put("hasNextPage", files.size() > 100);
        ArrayNode nodes = json.putArray("nodes");
        for (FakeFile file : files.subList(0, Math.min(100, files.size()))) {
            String type =
                    file.status().equals("removed") ? "DELETED" : file.status().toUpperCase(Locale.ROOT);
            nodes.addObject().put("path", file.path()).put("changeType", type);
        }
        return json;
    }

    private void commits(ObjectNode json, FakePull pull) {
        FakeCommit oldest = fake.commits.get(pull.commits.get(0));
        FakeCommit newest = fake.commits.get(pull.head());
        ObjectNode first = json.putObject("oldest").put("totalCount", pull.commits.size());
        first.putArray("nodes")
                .addObject()
                .putObject("commit")
                .put("authoredDate", oldest.date().toString());
        ObjectNode commit =
                json.putObject("newest").putArray("nodes").addObject().putObject("commit");
        commit.put("oid", newest.id())
                .put("message", newest.message())
                .put("authoredDate", newest.date().toString());
        List<FakeCheck> checks = fake.checks.getOrDefault(pull.head(), List.of());
        if (checks.isEmpty() || fake.rules.checksForbidden) {
            commit.putNull("statusCheckRollup");
            return;
        }
        ObjectNode contexts = commit.putObject("statusCheckRollup").putObject("contexts");
        contexts.putObject("pageInfo").put("hasNextPage", checks.size() > 100);
        ArrayNode nodes = contexts.putArray("nodes");
        checks.stream().limit(100).forEach(check -> nodes.add(context(check)));
    }

    private static JsonNode context(FakeCheck check) {
        if (check.app().isEmpty()) {
            return Json.object()
                    .put("__typename", "StatusContext")
                    .put("context", check.name())
                    .put("state", check.word().toUpperCase(Locale.ROOT))
                    .put("description", "fine")
                    .put("targetUrl", Shapes.URL)
                    .put("createdAt", "2026-01-01T00:00:00Z");
        }
        boolean completed = check.status().equals("completed");
        ObjectNode json = Json.object()
                .put("__typename", "CheckRun")
                .put("databaseId", check.id())
                .put("name", check.name())
                .put("status", check.status().toUpperCase(Locale.ROOT))
                .put("conclusion", completed ? check.word().toUpperCase(Locale.ROOT) : null)
                .put("detailsUrl", Shapes.URL)
                .put("completedAt", completed ? "2026-01-01T00:00:00Z" : null)
                .put("title", "fine");
        json.putObject("checkSuite").putObject("app").put("slug", check.app());
        return json;
    }

    private void merge(ObjectNode json, FakePull pull) {
        if (pull.mergeCommit == null) {
            json.putNull("mergeCommit");
            return;
        }
        FakeCommit commit = fake.commits.get(pull.mergeCommit);
        ObjectNode merge = json.putObject("mergeCommit")
                .put("oid", commit.id())
                .put("message", commit.message())
                .put("authoredDate", commit.date().toString());
        ArrayNode parents = merge.putObject("parents").putArray("nodes");
        commit.parents().forEach(parent -> parents.addObject().put("oid", parent));
    }

    private void baseRef(ObjectNode json) {
        ObjectNode ref = json.putObject("baseRef");
        ref.putNull("refUpdateRule");
        ArrayNode rules = ref.putObject("rules").putArray("nodes");
        rules.addObject().putNull("parameters");
        if (fake.rules.approvals > 0) {
            rules.addObject()
                    .putObject("parameters")
                    .put("__typename", "PullRequestParameters")
                    .put("requiredApprovingReviewCount", fake.rules.approvals);
        }
        if (!fake.rules.checks.isEmpty()) {
            ArrayNode checks = rules.addObject()
                    .putObject("parameters")
                    .put("__typename", "RequiredStatusChecksParameters")
                    .putArray("requiredStatusChecks");
            fake.rules.checks.forEach(name -> checks.addObject().put("context", name));
        }
    }

    private static void forbidden(ObjectNode reply) {
        ObjectNode error = reply.putArray("errors").addObject();
        error.put("type", "FORBIDDEN").put("message", "Resource not accessible by personal access token");
        error.putArray("path")
                .add("repository")
                .add("pullRequests")
                .add("nodes")
                .add(0)
                .add("newest")
                .add("nodes")
                .add(0)
                .add("commit")
                .add("statusCheckRollup");
    }

    private static @Nullable JsonNode actor(@Nullable String login, boolean bot) {
        return login == null
                ? null
                : Json.object().put("__typename", bot ? "Bot" : "User").put("login", login);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
