package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.source.CommitId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What an event of the server is about. */
final class HookEvent {
    private HookEvent() {}

    /**
     * The numbers of the pull requests to read again.
     *
     * @param type the event's fine type
     * @param heads which open pull requests have a commit as their head, as far as known
     * @return none of them if any may have changed; empty if nothing has to be read
     */
    static Optional<Set<Long>> subjects(String type, JsonNode payload, Function<CommitId, Set<Long>> heads) {
        if (type.startsWith("pull_request")) {
            long number = payload.path("pull_request")
                    .path("number")
                    .asLong(payload.path("number").asLong());
            return Optional.of(number > 0 ? Set.of(number) : Set.of());
        }
        return switch (type) {
            case "issue_comment" -> comment(payload.path("issue"), Fields.flag(payload, "is_pull"));
            case "status" -> Optional.of(ofHead(payload, "sha", heads));
            case "workflow_run" -> Optional.of(ofHead(payload.path("workflow_run"), "head_sha", heads));
            case "push", "delete", "repository" -> Optional.of(Set.of());
            default -> Optional.empty();
        };
    }

    private static Optional<Set<Long>> comment(JsonNode issue, boolean onPullRequest) {
        return onPullRequest && issue.path("number").asLong() > 0
                ? Optional.of(Set.of(issue.path("number").asLong()))
                : Optional.empty();
    }

    private static Set<Long> ofHead(JsonNode node, String field, Function<CommitId, Set<Long>> heads) {
        return Fields.commit(node, field).map(heads).orElse(Set.of());
    }
}
