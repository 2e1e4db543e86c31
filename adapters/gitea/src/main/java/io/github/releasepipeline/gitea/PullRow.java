package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.source.CommitId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A pull request as lists and single answers show it.
 *
 * @param head empty if the server has lost the proposed commits
 * @param baseTip the base branch now; absent once that is gone
 * @param mergeBase where the proposal left the base branch
 * @param mergeCommit what a merge made; may come later than {@code merged}
 * @param ended when it was merged or closed
 * @param mergeable false also while the server is still looking
 * @param fullName the repository's name now, which differs from the configured one after a rename
 * @param mergeStyle the repository's default
 */
record PullRow(
        long number,
        String title,
        String body,
        String author,
        List<String> labels,
        boolean draft,
        boolean open,
        boolean merged,
        Optional<CommitId> head,
        String baseBranch,
        Optional<CommitId> baseTip,
        Optional<CommitId> mergeBase,
        Optional<CommitId> mergeCommit,
        Optional<Instant> ended,
        Optional<String> mergedBy,
        Instant createdAt,
        Instant updatedAt,
        boolean mergeable,
        Optional<URI> link,
        Optional<String> fullName,
        Optional<String> mergeStyle) {

    PullRow {
        labels = List.copyOf(labels);
    }

    static PullRow of(JsonNode pull) {
        JsonNode base = pull.path("base");
        String title = Fields.text(pull, "title");
        boolean merged = Fields.flag(pull, "merged");
        Optional<Instant> mergedAt = Fields.time(pull, "merged_at").filter(at -> merged);
        Instant updated = Fields.time(pull, "updated_at").orElse(Instant.EPOCH);
        return new PullRow(
                pull.path("number").asLong(),
                title,
                Fields.text(pull, "body"),
                Account.name(pull.path("user")),
                Fields.list(pull.path("labels")).stream()
                        .map(label -> Fields.text(label, "name"))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                pull.has("draft") ? Fields.flag(pull, "draft") : isDraftTitle(title),
                !merged && !Fields.text(pull, "state").equals("closed"),
                merged,
                Fields.commit(pull.path("head"), "sha"),
                Fields.text(base, "ref"),
                Fields.commit(base, "sha"),
                Fields.commit(pull, "merge_base"),
                Fields.commit(pull, "merge_commit_sha").filter(id -> merged),
                mergedAt.or(() -> Fields.time(pull, "closed_at")),
                Account.known(pull.path("merged_by")),
                Fields.time(pull, "created_at").orElse(updated),
                updated,
                Fields.flag(pull, "mergeable"),
                Fields.link(pull, "html_url"),
                Fields.line(base.path("repo"), "full_name").filter(RepositoryName::isOne),
                Fields.line(base.path("repo"), "default_merge_style"));
    }

    /** The server's default prefixes, for servers that do not tell of drafts. */
    static boolean isDraftTitle(String title) {
        String upper = title.strip().toUpperCase(Locale.ROOT);
        return upper.startsWith("WIP:") || upper.startsWith("[WIP]");
    }
}
