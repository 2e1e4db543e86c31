package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.github.Checks.Reported;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks by REST, for tokens that GraphQL does not give them, and for more than 100. */
final class RestChecks {
    private final Connection connection;

    RestChecks(Connection connection) {
        this.connection = connection;
    }

    CheckSummary of(CommitId head, Rules rules, Deadline deadline) {
        Checks checks = new Checks();
        if (!runs(checks, head, deadline) && !workflows(checks, head, deadline)) {
            checks.unreadable("check runs (checks=read or actions=read)");
        }
        if (!statuses(checks, head, deadline)) {
            checks.unreadable("commit statuses (statuses=read)");
        }
        return checks.summary(rules.checks());
    }

    private boolean runs(Checks checks, CommitId head, Deadline deadline) {
        Call first = connection.get("/commits/{}/check-runs", head).query("filter", "latest");
        return readable(
                first,
                deadline,
                "check_runs",
                run -> checks.add(new Reported(
                        Json.text(run.path("app"), "slug").orElse(""),
                        Json.text(run, "name").orElse(""),
                        word(run),
                        Json.text(run.path("output"), "title").orElse(""),
                        Fields.uri(run, "details_url"),
                        Json.instant(run, "completed_at").orElse(Instant.MAX),
                        run.path("id").asLong())));
    }

    /** Fine-grained personal tokens cannot have checks=read, but they can have actions=read. */
    private boolean workflows(Checks checks, CommitId head, Deadline deadline) {
        Call first = connection.get("/actions/runs").query("head_sha", head);
        return readable(
                first,
                deadline,
                "workflow_runs",
                run -> checks.add(new Reported(
                        "github-actions",
                        Json.text(run, "name").orElse(""),
                        word(run),
                        "",
                        Fields.uri(run, "html_url"),
                        Json.text(run, "status").filter("completed"::equals).isPresent()
                                ? Json.instant(run, "updated_at").orElse(Instant.EPOCH)
                                : Instant.MAX,
                        run.path("id").asLong())));
    }

    /** The combined state is "pending" where there is no status at all, so only the statuses themselves are read. */
    private boolean statuses(Checks checks, CommitId head, Deadline deadline) {
        return readable(
                connection.get("/commits/{}/status", head),
                deadline,
                "statuses",
                status -> checks.add(new Reported(
                        "",
                        Json.text(status, "context").orElse(""),
                        Json.text(status, "state").orElse(""),
                        Json.text(status, "description").orElse(""),
                        Fields.uri(status, "target_url"),
                        Json.instant(status, "updated_at").orElse(Instant.EPOCH),
                        status.path("id").asLong())));
    }

    private boolean readable(Call first, Deadline deadline, String field, Consumer<JsonNode> reader) {
        Reply reply = connection.send(first.query("per_page", 100).accept(403, 404), deadline);
        if (reply.status() != 200) {
            return false;
        }
        reply.json().path(field).forEach(reader);
        Optional<Call> next = reply.next().map(Call::get);
        if (next.isPresent()) {
            List<JsonNode> rest = connection.all(next.get(), Optional.of(field), deadline);
            rest.forEach(reader);
        }
        return true;
    }

    private static String word(JsonNode run) {
        return Json.text(run, "conclusion").or(() -> Json.text(run, "status")).orElse("");
    }
}
