package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.github.FakeGitHub.FakeCheck;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Check runs, workflow runs, suites and statuses of the fake, and running them again. */
final class FakeChecks {
    private static final Pattern OF_COMMIT = Pattern.compile("/commits/([0-9a-f]+)/(check-runs|check-suites|status)");
    private static final Pattern AGAIN =
            Pattern.compile("/(?:actions/runs|check-suites)/(\\d+)/(rerun|rerun-failed-jobs|rerequest)");

    private final FakeGitHub fake;

    FakeChecks(FakeGitHub fake) {
        this.fake = fake;
    }

    Optional<Answer> answer(Asked asked, String rest) {
        Matcher ofCommit = OF_COMMIT.matcher(rest);
        Matcher again = AGAIN.matcher(rest);
        if (rest.startsWith("/statuses/")) {
            // An old address, still used by other clients.
            return Optional.of(FakeRest.page(asked, statuses(rest.substring("/statuses/".length()))));
        }
        if (ofCommit.matches()) {
            return Optional.of(ofCommit(asked, ofCommit.group(2), ofCommit.group(1)));
        }
        if (rest.equals("/actions/runs")) {
            return Optional.of(workflows(asked, asked.query("head_sha").orElseThrow()));
        }
        return again.matches() ? Optional.of(again(Long.parseLong(again.group(1)))) : Optional.empty();
    }

    private Answer ofCommit(Asked asked, String what, String head) {
        return switch (what) {
            case "check-runs" ->
                fake.rules.checksForbidden
                        ? forbidden("checks=read")
                        : list(asked, "check_runs", head, check -> !check.app().isEmpty());
            case "check-suites" ->
                fake.rules.checksForbidden
                        ? forbidden("checks=read")
                        : list(
                                asked,
                                "check_suites",
                                head,
                                check -> !check.app().isEmpty());
            default -> fake.rules.statusesForbidden ? forbidden("statuses=read") : status(head);
        };
    }

    private Answer workflows(Asked asked, String head) {
        return fake.rules.actionsForbidden
                ? forbidden("actions=read")
                : list(asked, "workflow_runs", head, check -> check.app().equals("github-actions"));
    }

    private Answer list(Asked asked, String field, String head, Predicate<FakeCheck> which) {
        ArrayNode all = Json.array();
        checks(head).stream().filter(which).forEach(check -> all.add(json(field, check, head)));
        Answer page = FakeRest.page(asked, all);
        ObjectNode json = Json.object().put("total_count", all.size());
        try {
            json.set(field, Json.read(page.body()));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        Answer answer = Answer.json(200, json);
        return page.headers().containsKey("Link")
                ? answer.header("Link", page.headers().get("Link"))
                : answer;
    }

    private ObjectNode json(String field, FakeCheck check, String head) {
        boolean completed = check.status().equals("completed");
        ObjectNode json = Json.object()
                .put("id", check.id())
                .put("node_id", "C")
                .put("head_sha", head)
                .put("head_branch", "topic")
                .put("name", check.name())
                .put("status", check.status())
                .put("conclusion", completed ? check.word() : null)
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z")
                .put("url", Shapes.URL);
        json.putArray("pull_requests");
        switch (field) {
            case "check_runs" -> run(json, check, completed);
            case "check_suites" -> suite(json, check);
            default -> workflow(json);
        }
        return json;
    }

    private static void run(ObjectNode json, FakeCheck check, boolean completed) {
        json.put("html_url", Shapes.URL)
                .put("details_url", Shapes.URL)
                .put("external_id", "")
                .put("started_at", "2026-01-01T00:00:00Z")
                .put("completed_at", completed ? "2026-01-01T00:00:00Z" : null);
        json.putObject("check_suite").put("id", check.id());
        json.putObject("output")
                .put("title", "fine")
                .putNull("summary")
                .putNull("text")
                .put("annotations_count", 0)
                .put("annotations_url", Shapes.URL);
        json.set("app", app(check.app()));
    }

    private void suite(ObjectNode json, FakeCheck check) {
        json.put("before", FakeCommit.sha1("b"))
                .put("after", FakeCommit.sha1("a"))
                .put("latest_check_runs_count", 1)
                .put("check_runs_url", Shapes.URL);
        json.set("app", app(check.app()));
        json.set("head_commit", commit());
        json.set("repository", Shapes.repository(fake));
    }

    private void workflow(ObjectNode json) {
        json.setAll(Shapes.urls(
                "html_url jobs_url logs_url check_suite_url artifacts_url cancel_url rerun_url workflow_url"));
        json.put("path", ".github/workflows/build.yml")
                .put("display_title", "Build")
                .put("run_number", 1)
                .put("event", "pull_request")
                .put("workflow_id", 1);
        json.set("head_commit", commit());
        json.set("repository", Shapes.repository(fake));
        json.set("head_repository", Shapes.repository(fake));
    }

    private static ObjectNode commit() {
        ObjectNode json = Json.object()
                .put("id", FakeCommit.sha1("a"))
                .put("tree_id", FakeCommit.sha1("t"))
                .put("message", "m")
                .put("timestamp", "2026-01-01T00:00:00Z");
        json.putNull("author");
        return json.putNull("committer");
    }

    private static ObjectNode app(String slug) {
        ObjectNode app = Json.object()
                .put("id", 1)
                .put("slug", slug)
                .put("node_id", "A")
                .put("name", slug)
                .put("description", "")
                .put("external_url", Shapes.URL)
                .put("html_url", Shapes.URL)
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z");
        app.set("owner", Shapes.user("acme"));
        app.putObject("permissions");
        app.putArray("events");
        return app;
    }

    /** The combined state is pending where there is no status. */
    private Answer status(String head) {
        ObjectNode json = Json.object()
                .put("sha", head)
                .put("state", "pending")
                .put("commit_url", Shapes.URL)
                .put("url", Shapes.URL);
        json.set("repository", Shapes.repository(fake));
        ArrayNode statuses = statuses(head);
        json.set("statuses", statuses);
        return Answer.json(200, json.put("total_count", statuses.size()));
    }

    private ArrayNode statuses(String head) {
        ArrayNode statuses = Json.array();
        for (FakeCheck check : checks(head)) {
            if (check.app().isEmpty()) {
                statuses.addObject()
                        .put("id", check.id())
                        .put("node_id", "S")
                        .put("context", check.name())
                        .put("state", check.word())
                        .put("description", "fine")
                        .put("target_url", Shapes.URL)
                        .putNull("avatar_url")
                        .put("url", Shapes.URL)
                        .put("created_at", "2026-01-01T00:00:00Z")
                        .put("updated_at", "2026-01-01T00:00:00Z");
            }
        }
        return statuses;
    }

    private Answer again(long id) {
        for (List<FakeCheck> checks : fake.checks.values()) {
            checks.replaceAll(
                    check -> check.id() == id ? new FakeCheck(id, check.app(), check.name(), "queued", "") : check);
        }
        return Answer.json(201, Json.object());
    }

    private List<FakeCheck> checks(String head) {
        return fake.checks.getOrDefault(head, List.of());
    }

    private static Answer forbidden(String permission) {
        return FakeGitHub.problem(403, "Resource not accessible by personal access token")
                .header("X-Accepted-GitHub-Permissions", permission);
    }
}
