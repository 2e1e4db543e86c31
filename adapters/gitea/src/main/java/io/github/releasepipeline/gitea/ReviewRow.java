package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of a pull request's reviews: an opinion, or somebody who was asked for one.
 *
 * @param reviewer a user, or a team as {@code team:name}
 * @param state the server's word
 * @param official whether it counts for the branch's rule
 * @param commit the head it was given on; absent for requests
 */
record ReviewRow(
        long id,
        String reviewer,
        String state,
        boolean official,
        boolean stale,
        boolean dismissed,
        Optional<CommitId> commit,
        Instant at) {

    static ReviewRow of(JsonNode row) {
        Optional<String> team = Fields.line(row.path("team"), "name").map(name -> "team:" + name);
        return new ReviewRow(
                row.path("id").asLong(),
                Account.known(row.path("user")).or(() -> team).orElse(Account.GHOST),
                Fields.text(row, "state"),
                Fields.flag(row, "official"),
                Fields.flag(row, "stale"),
                Fields.flag(row, "dismissed"),
                Fields.commit(row, "commit_id"),
                Fields.time(row, "submitted_at")
                        .or(() -> Fields.time(row, "updated_at"))
                        .orElse(Instant.EPOCH));
    }

    Decision decision() {
        return switch (state) {
            case "APPROVED" -> Decision.APPROVED;
            case "REQUEST_CHANGES" -> Decision.CHANGES_REQUESTED;
            case "REQUEST_REVIEW" -> Decision.REVIEW_REQUESTED;
            case "COMMENT", "PENDING" -> Decision.NONE;
            default -> Decision.UNKNOWN;
        };
    }

    /** Whether it was given on this very head. */
    boolean isOf(CommitId head) {
        return !stale && commit.map(head::equals).orElse(true);
    }
}
