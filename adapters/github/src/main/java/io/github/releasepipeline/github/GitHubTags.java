package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.time.Instant;
import java.util.Optional;

/** Annotated tags of a repository at GitHub, made without a clone. A tag is never moved. Thread-safe. */
public final class GitHubTags {
    private final Connection connection;

    GitHubTags(Connection connection) {
        this.connection = connection;
    }

    /**
     * Creates an annotated tag if there is none of this name. Safe to repeat: what was created before is told as existing.
     *
     * @throws AdapterException if the commit is not at GitHub, or the token may not write contents
     */
    public TagOutcome create(TagRequest request) {
        Deadline deadline = connection.deadline();
        Optional<Tag> before = find(request.name(), deadline);
        if (before.isPresent()) {
            return new TagOutcome.Exists(before.get());
        }
        String object = annotation(request, deadline);
        ObjectNode ref = Json.object().put("ref", "refs/tags/" + request.name()).put("sha", object);
        Reply reply;
        try {
            reply = connection.write(to -> to.of("POST", "/git/refs").json(ref).accept(409, 422), deadline);
        } catch (AdapterException e) {
            return afterLostAnswer(request, e, deadline);
        }
        Optional<Tag> now = find(request.name(), deadline);
        if (reply.status() == 201 && now.isPresent()) {
            return new TagOutcome.Created(now.get());
        }
        String reason = Json.text(reply.json(), "message").orElse("GitHub answered " + reply.status());
        return now.<TagOutcome>map(TagOutcome.Exists::new).orElseGet(() -> new TagOutcome.NotAllowed(reason));
    }

    /** The tag of this name. */
    public Optional<Tag> find(String name) {
        return find(name, connection.deadline());
    }

    /** The object that the tag will be: nobody sees it until a reference names it, so making it twice does no harm. */
    private String annotation(TagRequest request, Deadline deadline) {
        ObjectNode tag = Json.object()
                .put("tag", request.name())
                .put("message", request.message())
                .put("object", request.commit().hex())
                .put("type", "commit");
        tag.putObject("tagger")
                .put("name", request.by().id())
                .put("email", "noreply@release-pipeline.invalid")
                .put("date", request.at().toString());
        return Fields.text(
                connection
                        .write(to -> to.of("POST", "/git/tags").json(tag).asRepeatable(), deadline)
                        .json(),
                "sha");
    }

    private TagOutcome afterLostAnswer(TagRequest request, AdapterException lost, Deadline deadline) {
        if (!lost.retryable() || lost.retryAt().isPresent()) {
            throw lost;
        }
        return find(request.name(), deadline)
                .filter(tag -> tag.commit().equals(request.commit()))
                .<TagOutcome>map(TagOutcome.Created::new)
                .orElseThrow(() -> lost);
    }

    private Optional<Tag> find(String name, Deadline deadline) {
        Reply reply = connection.send(
                connection.get("/git/ref/{}", "tags/" + name).asFresh().accept(404), deadline);
        // Without an exact match GitHub used to answer with all that begin like this.
        if (reply.status() == 404 || !reply.json().path("ref").asText().equals("refs/tags/" + name)) {
            return Optional.empty();
        }
        JsonNode object = reply.json().path("object");
        if (!object.path("type").asText().equals("tag")) {
            CommitId commit = Fields.commit(object, "sha");
            return Optional.of(new Tag(name, commit, "", Optional.empty(), committedAt(commit, deadline)));
        }
        JsonNode tag = connection.read(connection.get("/git/tags/{}", Fields.text(object, "sha")), deadline);
        return Optional.of(new Tag(
                name,
                Fields.commit(tag.path("object"), "sha"),
                Json.text(tag, "message").orElse(""),
                Json.text(tag.path("tagger"), "name"),
                Json.instant(tag.path("tagger"), "date").orElse(Instant.EPOCH)));
    }

    private Instant committedAt(CommitId commit, Deadline deadline) {
        JsonNode json = connection.read(connection.get("/commits/{}", commit), deadline);
        return Json.instant(json.path("commit").path("committer"), "date").orElse(Instant.EPOCH);
    }
}
