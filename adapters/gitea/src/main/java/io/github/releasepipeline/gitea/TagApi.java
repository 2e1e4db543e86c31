package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.time.Instant;
import java.util.Optional;

/** Creates annotated tags, and never moves one. */
final class TagApi {
    private final Rest rest;

    TagApi(Rest rest) {
        this.rest = rest;
    }

    TagOutcome create(TagRequest request) {
        try {
            Reply reply = rest.send(rest.call("POST", "/tags")
                    .json(Json.object()
                            .put("tag_name", request.name())
                            .put("target", request.commit().hex())
                            .put("message", request.message()))
                    .accept(405, 409, 422, 423));
            return switch (reply.status()) {
                case 409 -> new TagOutcome.Exists(present(request.name()));
                case 405, 422, 423 -> new TagOutcome.NotAllowed(reason(reply));
                default -> new TagOutcome.Created(present(request.name()));
            };
        } catch (AdapterException lost) {
            if (!lost.retryable()) {
                throw lost;
            }
            return find(request.name()).<TagOutcome>map(TagOutcome.Exists::new).orElseThrow(() -> lost);
        }
    }

    Optional<Tag> find(String name) {
        return rest.find(rest.call("GET", "/tags/{}", name)).flatMap(this::tag);
    }

    private Tag present(String name) {
        return find(name)
                .orElseThrow(() -> AdapterException.passing("The tag " + name + " is gone again; try again", null));
    }

    /** An annotated tag is an object of its own, which alone tells its time. */
    private Optional<Tag> tag(JsonNode row) {
        JsonNode commit = row.path("commit");
        Optional<CommitId> object =
                Fields.commit(row, "id").filter(id -> !Optional.of(id).equals(Fields.commit(commit, "sha")));
        JsonNode annotated = object.flatMap(id -> rest.find(rest.call("GET", "/git/tags/{}", id)))
                .orElse(Fields.NOTHING);
        Optional<String> message = Fields.line(annotated, "message").or(() -> Fields.line(row, "message"));
        Optional<Instant> at = Fields.time(annotated.path("tagger"), "date").or(() -> Fields.time(commit, "created"));
        return Fields.commit(commit, "sha")
                .map(target -> new Tag(
                        Fields.text(row, "name"),
                        target,
                        object.flatMap(id -> message).orElse(""),
                        Fields.line(annotated.path("tagger"), "name"),
                        at.orElse(Instant.EPOCH)));
    }

    private static String reason(Reply reply) {
        return Fields.tree(reply.text())
                .flatMap(said -> Fields.line(said, "message"))
                .orElse("The repository does not accept such a tag (status " + reply.status() + ")");
    }
}
