package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs checks again: failed jobs of GitHub Actions, whole workflows that passed, suites of other apps. A commit status
 * cannot be run again: GitHub does not know who made it.
 */
final class CheckRuns {
    private static final Set<String> FAILED =
            Set.of("failure", "timed_out", "cancelled", "startup_failure", "action_required", "stale");

    private final Connection connection;

    CheckRuns(Connection connection) {
        this.connection = connection;
    }

    Optional<String> runAgain(long number, CommitId head, Deadline deadline) {
        Reply pull =
                connection.send(connection.get("/pulls/{}", number).asFresh().accept(404), deadline);
        if (pull.status() == 404) {
            throw new NotFoundException("pull request", connection.repo() + "#" + number);
        }
        CommitId now = Fields.commit(pull.json().path("head"), "sha");
        if (!now.equals(head)) {
            return Optional.of("the head is " + now.abbreviated() + " now");
        }
        List<String> reasons = new ArrayList<>();
        int started = workflows(head, reasons, deadline) + suites(head, reasons, deadline);
        if (started > 0) {
            return Optional.empty();
        }
        statuses(head, reasons, deadline);
        return Optional.of(reasons.isEmpty() ? "it has no checks" : String.join("; ", reasons));
    }

    private int workflows(CommitId head, List<String> reasons, Deadline deadline) {
        int started = 0;
        for (JsonNode run : list(
                connection.get("/actions/runs").query("head_sha", head),
                "workflow_runs",
                "workflows",
                reasons,
                deadline)) {
            String name = Json.text(run, "name").orElse("a workflow");
            if (!run.path("status").asText().equals("completed")) {
                reasons.add(name + ": is running");
                continue;
            }
            String what = FAILED.contains(run.path("conclusion").asText()) ? "rerun-failed-jobs" : "rerun";
            started += start(
                    connection.of("POST", "/actions/runs/{}/" + what, Fields.number(run, "id")),
                    name,
                    reasons,
                    deadline);
        }
        return started;
    }

    private int suites(CommitId head, List<String> reasons, Deadline deadline) {
        int started = 0;
        for (JsonNode suite : list(
                connection.get("/commits/{}/check-suites", head), "check_suites", "check suites", reasons, deadline)) {
            String app = Json.text(suite.path("app"), "slug").orElse("an app");
            boolean empty = suite.path("latest_check_runs_count").asLong(1) == 0;
            if (!app.equals("github-actions") && !empty) {
                started += start(
                        connection.of("POST", "/check-suites/{}/rerequest", Fields.number(suite, "id")),
                        app,
                        reasons,
                        deadline);
            }
        }
        return started;
    }

    private void statuses(CommitId head, List<String> reasons, Deadline deadline) {
        list(connection.get("/commits/{}/status", head), "statuses", "commit statuses", reasons, deadline)
                .forEach(status -> reasons.add(Json.text(status, "context").orElse("a status")
                        + ": a commit status can only be run again where it is made"));
    }

    private List<JsonNode> list(Call call, String field, String what, List<String> reasons, Deadline deadline) {
        Reply reply = connection.send(call.query("per_page", 100).accept(403, 404), deadline);
        List<JsonNode> entries = new ArrayList<>();
        if (reply.status() == 200) {
            reply.json().path(field).forEach(entries::add);
        } else {
            reasons.add("the token may not read " + what);
        }
        return entries;
    }

    /** Starting twice starts once more at worst; so an answer that was lost is an error the caller sees. */
    private int start(Call call, String name, List<String> reasons, Deadline deadline) {
        Reply reply = connection.send(call.accept(403, 404, 409, 422), deadline);
        if (reply.status() / 100 == 2) {
            return 1;
        }
        reasons.add(name + ": " + Json.text(reply.json(), "message").orElse("GitHub answered " + reply.status())
                + new GitHubDialect()
                        .missingPermission(reply)
                        .map(text -> " (permission needed: " + text + ")")
                        .orElse(""));
        return 0;
    }
}
