package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.source.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A commit as lists show it.
 *
 * @param work what stays the same when a commit is rebased: who wrote it, when, and its subject
 * @param written when its author wrote it
 */
record CommitRow(Optional<CommitId> id, List<CommitId> parents, String work, Optional<Instant> written) {
    CommitRow {
        parents = List.copyOf(parents);
    }

    static CommitRow of(JsonNode row) {
        JsonNode commit = row.path("commit");
        JsonNode author = commit.path("author");
        Optional<Instant> written = Fields.time(author, "date");
        String subject = Fields.text(commit, "message").lines().findFirst().orElse("");
        return new CommitRow(
                Fields.commit(row, "sha"),
                Fields.list(row.path("parents")).stream()
                        .flatMap(parent -> Fields.commit(parent, "sha").stream())
                        .toList(),
                String.join("\n", Fields.text(author, "email"), written.toString(), subject),
                written);
    }
}
