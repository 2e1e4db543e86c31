package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CheckSummary.Status;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody said about a commit under the name of a context.
 *
 * @param word the server's word for how it stands
 * @param creator who said it
 */
record StatusRow(
        long id, String context, String word, String description, Optional<URI> link, String creator, Instant at) {

    static StatusRow of(JsonNode row) {
        return new StatusRow(
                row.path("id").asLong(),
                Fields.text(row, "context"),
                Fields.text(row, "status"),
                Fields.text(row, "description"),
                Fields.link(row, "target_url"),
                Account.name(row.path("creator")),
                Fields.time(row, "updated_at")
                        .or(() -> Fields.time(row, "created_at"))
                        .orElse(Instant.EPOCH));
    }

    CheckSummary.Check check() {
        return new CheckSummary.Check(context, status(), word, description, link);
    }

    private Status status() {
        return switch (word) {
            case "success", "skipped" -> Status.PASSED;
            // A warning does not let a protected branch through.
            case "failure", "error", "warning" -> Status.FAILED;
            case "pending" -> Status.PENDING;
            default -> Status.UNKNOWN;
        };
    }
}
