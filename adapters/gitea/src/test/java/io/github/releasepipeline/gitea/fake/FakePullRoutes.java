package io.github.releasepipeline.gitea.fake;

import static io.github.releasepipeline.gitea.fake.FakeRoutes.ok;
import static io.github.releasepipeline.gitea.fake.FakeRoutes.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.gitea.fake.FakeRoutes.Request;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Endpoints of pull requests, their reviews, statuses and workflow runs. */
final class FakePullRoutes {
    private final FakeGitea gitea;
    private final FakeRoutes server;

    FakePullRoutes(FakeGitea gitea, FakeRoutes server) {
        this.gitea = gitea;
        this.server = server;
    }

    void addTo(Map<String, Function<Request, Answer>> routes) {
        routes.put("GET {repo}/pulls", this::list);
        routes.put("GET {repo}/pulls/{}", request -> of(request, pull -> ok(server.json(pull))));
        routes.put("GET {repo}/pulls/{}/reviews", request -> of(request, pull -> server.page(request, pull.reviews)));
        routes.put("GET {repo}/pulls/{}/files", request -> of(request, pull -> server.page(request, files(pull))));
        routes.put("GET {repo}/pulls/{}/commits", request -> of(request, pull -> server.page(request, commits(pull))));
        routes.put(
                "POST {repo}/pulls/{}/merge",
                request -> of(request, pull -> merge(pull, request.asked().json())));
        routes.put("GET {repo}/issues/{}/timeline", request -> of(request, pull -> timeline(request, pull)));
        routes.put("GET {repo}/commits/{}/status", this::status);
        routes.put("GET {repo}/actions/runs", this::runs);
        routes.put("POST {repo}/actions/runs/{}/rerun", this::rerun);
        routes.put("POST {repo}/actions/runs/{}/rerun-failed-jobs", this::rerun);
    }

    private Answer of(Request request, Function<FakePull, Answer> answer) {
        return Optional.ofNullable(gitea.pulls.get(request.number(1)))
                .map(answer)
                .orElseGet(() -> problem(404, "pull request does not exist"));
    }

    private Answer list(Request request) {
        String state = request.asked().query("state").orElse("open");
        List<FakePull> pulls = gitea.pulls.values().stream()
                .filter(pull -> state.equals("all") || pull.open == state.equals("open"))
                .toList();
        if (!request.asked().query("sort").equals(Optional.of("recentupdate"))) {
            throw new AssertionError("The fake sorts by recentupdate only");
        }
        return server.page(
                request,
                FakeRoutes.newestChangeFirst(pulls).stream().map(server::json).toList());
    }

    private List<ObjectNode> files(FakePull pull) {
        List<ObjectNode> files = new ArrayList<>();
        gitea.git.diff(pull.mergeBase, pull.head).forEach(change -> {
            ObjectNode row = Json.object().put("filename", change.path()).put("status", change.status());
            change.previous().ifPresent(path -> row.put("previous_filename", path));
            files.add(row);
        });
        return files;
    }

    private List<ObjectNode> commits(FakePull pull) {
        return gitea.git.range(pull.mergeBase, pull.head).stream()
                .map(commit -> commit.json(List.of()))
                .toList();
    }

    /** Its total counts the page only. */
    private Answer timeline(Request request, FakePull pull) {
        List<ObjectNode> page = server.pageOf(request, pull.timeline);
        return server.page(request, pull.timeline).header("X-Total-Count", String.valueOf(page.size()));
    }

    /** State and total of the page only, and null for no statuses, as the server does it. */
    private Answer status(Request request) {
        if (gitea.git.find(request.parameter(1)).isEmpty()) {
            return problem(404, "object does not exist");
        }
        Map<String, ObjectNode> latest = new LinkedHashMap<>();
        gitea.statuses.getOrDefault(request.parameter(1), List.of()).stream()
                .sorted(Comparator.comparing((ObjectNode row) -> row.path("id").asLong())
                        .reversed())
                .forEach(row -> latest.putIfAbsent(row.path("context").asText(), row));
        List<ObjectNode> page = server.pageOf(request, List.copyOf(latest.values()));
        ObjectNode json = Json.object()
                .put("sha", request.parameter(1))
                .put(
                        "state",
                        page.isEmpty() ? "pending" : page.get(0).path("status").asText())
                .put("total_count", page.size());
        if (page.isEmpty()) {
            json.putNull("statuses");
        } else {
            page.forEach(json.putArray("statuses")::add);
        }
        return ok(json);
    }

    private Answer merge(FakePull pull, JsonNode order) {
        if (pull.isMerged()) {
            return problem(405, "PR already merged");
        }
        if (!pull.open) {
            return problem(404, "The target couldn't be found.");
        }
        if (pull.isDraft()) {
            return problem(405, "Work in progress PRs cannot be merged");
        }
        if (!gitea.isMergeable(pull)) {
            pull.checking = Math.max(0, pull.checking - 1);
            return problem(405, "Please try again later");
        }
        if (!order.path("head_commit_id").asText().equals(pull.head)) {
            return problem(409, "head out of date");
        }
        String style = order.path(order.has("do") ? "do" : "Do").asText();
        gitea.merge(pull.number, style, "maintainer");
        return Answer.empty(200);
    }

    private Answer runs(Request request) {
        List<ObjectNode> runs = gitea.runs.stream()
                .filter(run -> request.asked()
                        .query("head_sha")
                        .map(run.path("head_sha").asText()::equals)
                        .orElse(true))
                .toList();
        ObjectNode json = Json.object().put("total_count", runs.size());
        server.pageOf(request, runs).forEach(json.putArray("workflow_runs")::add);
        return ok(json);
    }

    private Answer rerun(Request request) {
        for (ObjectNode run : gitea.runs) {
            if (run.path("id").asLong() == request.number(1)) {
                run.put("status", "queued").put("conclusion", "");
                boolean whole = request.asked().path().endsWith("/rerun");
                return whole ? Answer.json(201, run) : Answer.empty(201);
            }
        }
        return problem(404, "The target couldn't be found.");
    }
}
