package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.util.Optional;

/**
 * Releases of a repository at GitHub. First a draft, then published: a release that is immutable cannot be completed later.
 * Safe to repeat after a crash between the two. Thread-safe.
 */
public final class GitHubReleases {
    private final Connection connection;

    GitHubReleases(Connection connection) {
        this.connection = connection;
    }

    /** Publishes a release for a tag, or brings title and notes of the one that is there up to date. */
    public ReleaseOutcome publish(ReleaseOrder order) {
        Deadline deadline = connection.deadline();
        if (!exists("/git/ref/{}", "tags/" + order.tag(), deadline)) {
            return new ReleaseOutcome.NotAllowed("there is no tag " + order.tag() + " at GitHub yet");
        }
        Optional<JsonNode> known = published(order, deadline).or(() -> draft(order, deadline));
        if (known.isPresent()) {
            return isAsOrdered(known.get(), order) ? outcome(known.get()) : edit(known.get(), order, deadline);
        }
        ObjectNode draft = body(order).put("tag_name", order.tag()).put("draft", true);
        Reply reply =
                connection.write(to -> to.of("POST", "/releases").json(draft).accept(422), deadline);
        return reply.status() == 422
                ? new ReleaseOutcome.NotAllowed(
                        new GitHubDialect().explanation(reply).orElse("GitHub refused it"))
                : edit(reply.json(), order, deadline);
    }

    /** Only title and notes can change in an immutable one; that is all that is sent. */
    private ReleaseOutcome edit(JsonNode release, ReleaseOrder order, Deadline deadline) {
        ObjectNode body = body(order).put("draft", false);
        long id = Fields.number(release, "id");
        Reply reply = connection.write(
                to -> to.of("PATCH", "/releases/{}", id).json(body).accept(422).asRepeatable(), deadline);
        return reply.status() == 422
                ? new ReleaseOutcome.NotAllowed(
                        new GitHubDialect().explanation(reply).orElse("GitHub refused it"))
                : outcome(reply.json());
    }

    private Optional<JsonNode> published(ReleaseOrder order, Deadline deadline) {
        Reply reply = connection.send(
                connection.get("/releases/tags/{}", order.tag()).asFresh().accept(404), deadline);
        return reply.status() == 404 ? Optional.empty() : Optional.of(reply.json());
    }

    /** A draft is not found by its tag. */
    private Optional<JsonNode> draft(ReleaseOrder order, Deadline deadline) {
        return connection.all(connection.get("/releases").asFresh(), Optional.empty(), deadline).stream()
                .filter(release -> release.path("draft").asBoolean())
                .filter(release -> release.path("tag_name").asText().equals(order.tag()))
                .findFirst();
    }

    private boolean exists(String template, String parameter, Deadline deadline) {
        return connection
                        .send(connection.get(template, parameter).asFresh().accept(404), deadline)
                        .status()
                == 200;
    }

    private static boolean isAsOrdered(JsonNode release, ReleaseOrder order) {
        return !release.path("draft").asBoolean()
                && release.path("name").asText().equals(order.title())
                && release.path("body").asText().equals(order.notes());
    }

    private static ObjectNode body(ReleaseOrder order) {
        return Json.object()
                .put("name", order.title())
                .put("body", order.notes())
                .put("prerelease", order.preRelease());
    }

    private static ReleaseOutcome outcome(JsonNode release) {
        return new ReleaseOutcome.Published(
                Fields.number(release, "id"), release.path("immutable").asBoolean(), Fields.uri(release, "html_url"));
    }
}
