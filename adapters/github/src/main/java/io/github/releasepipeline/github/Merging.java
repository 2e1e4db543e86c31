package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Merges with the expected head. The order is sent once; when its answer is lost, the pull request is read again, since
 * another order could not tell whether the first one was done.
 */
final class Merging {
    private static final int TRIES = 5;

    private final Connection connection;
    private final Ranges ranges;
    private final MergeQueue queue;

    Merging(Connection connection, Ranges ranges, MergeQueue queue) {
        this.connection = connection;
        this.ranges = ranges;
        this.queue = queue;
    }

    MergeOutcome merge(MergeRequest request, Deadline deadline) {
        for (int tries = 1; ; tries++) {
            JsonNode pull = settled(request.number(), deadline);
            Optional<MergeOutcome> before = before(pull, request, deadline);
            if (before.isPresent()) {
                return before.get();
            }
            Optional<MergeOutcome> outcome = order(pull, request, deadline);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (tries == TRIES) {
                return new MergeOutcome.NotAllowed("the base branch keeps moving; try again");
            }
            Waiting.pause(deadline);
        }
    }

    /** What needs no order. */
    private Optional<MergeOutcome> before(JsonNode pull, MergeRequest request, Deadline deadline) {
        CommitId head = Fields.commit(pull.path("head"), "sha");
        boolean merged =
                pull.path("merged").asBoolean() || Json.text(pull, "merged_at").isPresent();
        if (!head.equals(request.expectedHead())) {
            return Optional.of(new MergeOutcome.HeadMoved(head));
        }
        if (merged) {
            return Optional.of(merged(pull, request.number(), deadline));
        }
        if (pull.path("state").asText().equals("closed")) {
            return Optional.of(new MergeOutcome.NotAllowed("it is closed"));
        }
        if (pull.path("draft").asBoolean()) {
            return Optional.of(new MergeOutcome.NotAllowed("it is a draft"));
        }
        if (pull.path("mergeable").isBoolean() && !pull.path("mergeable").booleanValue()) {
            return Optional.of(new MergeOutcome.Conflict(List.of()));
        }
        return Optional.empty();
    }

    /** @return empty if the base branch moved meanwhile and GitHub wants the order again */
    private Optional<MergeOutcome> order(JsonNode pull, MergeRequest request, Deadline deadline) {
        ObjectNode body =
                Json.object().put("sha", request.expectedHead().hex()).put("merge_method", method(request, pull));
        Reply reply;
        try {
            reply = connection.write(
                    to -> to.of("PUT", "/pulls/{}/merge", request.number())
                            .json(body)
                            .accept(405, 409, 422),
                    deadline);
        } catch (AdapterException e) {
            if (!e.retryable() || e.retryAt().isPresent()) {
                throw e;
            }
            return Optional.of(afterLostAnswer(request, e, deadline));
        }
        String message = Json.text(reply.json(), "message").orElse("");
        return switch (reply.status()) {
            case 200 ->
                Optional.of(new MergeOutcome.Merged(
                        ranges.of(request.number(), Fields.commit(reply.json(), "sha"), deadline)));
            case 409 -> Optional.of(afterConflict(request, message, deadline));
            case 405 -> refused(request, message, deadline);
            default -> Optional.of(new MergeOutcome.NotAllowed(message));
        };
    }

    private Optional<MergeOutcome> refused(MergeRequest request, String message, Deadline deadline) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("base branch was modified")) {
            return Optional.empty();
        }
        if (words.contains("merge queue")) {
            return Optional.of(queue.enter(request, deadline));
        }
        JsonNode now = pull(request.number(), deadline);
        return Optional.of(before(now, request, deadline).orElseGet(() -> new MergeOutcome.NotAllowed(message)));
    }

    private MergeOutcome afterConflict(MergeRequest request, String message, Deadline deadline) {
        JsonNode now = pull(request.number(), deadline);
        return before(now, request, deadline).orElseGet(() -> new MergeOutcome.NotAllowed(message));
    }

    private MergeOutcome afterLostAnswer(MergeRequest request, AdapterException lost, Deadline deadline) {
        for (int tries = 0; tries < TRIES && !deadline.left().isZero(); tries++) {
            JsonNode now = pull(request.number(), deadline);
            Optional<MergeOutcome> done = before(now, request, deadline);
            if (done.isPresent()) {
                return done.get();
            }
            Optional<MergeOutcome> queued = queue.position(request.number(), deadline);
            if (queued.isPresent()) {
                return queued.get();
            }
            Waiting.pause(deadline);
        }
        throw AdapterException.passing(
                lost.getMessage() + "; #" + request.number()
                        + " is not merged so far, read it again before ordering anew",
                lost);
    }

    private MergeOutcome merged(JsonNode pull, long number, Deadline deadline) {
        return new MergeOutcome.Merged(ranges.of(number, Fields.commit(pull, "merge_commit_sha"), deadline));
    }

    /** The pull request once GitHub knows whether it can be merged, or as it is when it takes its time. */
    private JsonNode settled(long number, Deadline deadline) {
        JsonNode pull = pull(number, deadline);
        for (int tries = 1;
                tries < TRIES && isUnsettled(pull) && !deadline.left().isZero();
                tries++) {
            Waiting.pause(deadline);
            pull = pull(number, deadline);
        }
        return pull;
    }

    private static boolean isUnsettled(JsonNode pull) {
        return pull.path("mergeable").isNull() && pull.path("state").asText().equals("open");
    }

    private JsonNode pull(long number, Deadline deadline) {
        Reply reply =
                connection.send(connection.get("/pulls/{}", number).asFresh().accept(404), deadline);
        if (reply.status() == 404) {
            throw new NotFoundException("pull request", connection.repo() + "#" + number);
        }
        return reply.json();
    }

    /** The first that the repository allows; it tells only to who may write. */
    private static String method(MergeRequest request, JsonNode pull) {
        JsonNode base = pull.path("base").path("repo");
        return request.method()
                .map(method -> method.name().toLowerCase(Locale.ROOT))
                .orElseGet(() -> {
                    if (base.path("allow_merge_commit").asBoolean(true)) {
                        return "merge";
                    }
                    return base.path("allow_squash_merge").asBoolean(true) ? "squash" : "rebase";
                });
    }
}
