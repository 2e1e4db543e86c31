package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.util.Optional;

/** Publishes releases of tags that are there. */
final class ReleaseApi {
    private final Rest rest;
    private final TagApi tags;

    ReleaseApi(Rest rest) {
        this.rest = rest;
        this.tags = new TagApi(rest);
    }

    /** Publishes, or makes what was published say the same. */
    GiteaRelease publish(String tag, String title, String notes, boolean preRelease) {
        // Without the tag the server would make one of its own, without a message, where its default branch happens to
        // be.
        if (tags.find(tag).isEmpty()) {
            throw new NotFoundException("tag", tag);
        }
        ObjectNode wanted = Json.object()
                .put("tag_name", tag)
                .put("name", title)
                .put("body", notes)
                .put("draft", false)
                .put("prerelease", preRelease);
        return find(tag).map(found -> same(found, wanted)).orElseGet(() -> create(tag, wanted));
    }

    private GiteaRelease create(String tag, ObjectNode wanted) {
        // A row that stands for the tag alone becomes the release.
        Reply reply = rest.send(rest.call("POST", "/releases").json(wanted).accept(409));
        return reply.status() == 409
                ? same(find(tag).orElseThrow(() -> new NotFoundException("release of tag", tag)), wanted)
                : GiteaRelease.of(reply.json());
    }

    private GiteaRelease same(JsonNode found, ObjectNode wanted) {
        boolean says =
                wanted.properties().stream().allMatch(field -> field.getValue().equals(found.path(field.getKey())));
        return GiteaRelease.of(
                says
                        ? found
                        : rest.send(rest.call(
                                                "PATCH",
                                                "/releases/{}",
                                                found.path("id").asLong())
                                        .json(wanted)
                                        .asRepeatable())
                                .json());
    }

    private Optional<JsonNode> find(String tag) {
        return rest.find(rest.call("GET", "/releases/tags/{}", tag));
    }
}
