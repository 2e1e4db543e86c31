package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tags and releases of the fake. */
final class FakeTags {
    final Map<String, String> refs = new TreeMap<>();
    final Map<String, ObjectNode> objects = new HashMap<>();
    final Map<Long, ObjectNode> releases = new LinkedHashMap<>();
    boolean immutable;
    String protectedPrefix = "none";
    String burnt = "none";

    private final FakeGitHub fake;

    FakeTags(FakeGitHub fake) {
        this.fake = fake;
    }

    Answer answer(Asked asked, String rest) {
        boolean write = !asked.method().equals("GET");
        if (rest.equals("/git/tags")) {
            return create(asked.json());
        }
        if (rest.startsWith("/git/tags/")) {
            return found(Optional.ofNullable(objects.get(rest.substring("/git/tags/".length()))));
        }
        if (rest.equals("/git/refs")) {
            return point(asked.json());
        }
        if (rest.startsWith("/git/ref/")) {
            String ref = "refs/" + rest.substring("/git/ref/".length());
            return found(Optional.ofNullable(refs.get(ref)).map(sha -> ref(ref, sha)));
        }
        if (rest.startsWith("/releases/tags/")) {
            String tag = rest.substring("/releases/tags/".length());
            return found(releases.values().stream()
                    .filter(release -> !release.path("draft").asBoolean())
                    .filter(release -> release.path("tag_name").asText().equals(tag))
                    .findFirst());
        }
        if (rest.equals("/releases")) {
            return write ? draft(asked.json()) : list(asked);
        }
        ObjectNode release = releases.get(Long.parseLong(rest.substring("/releases/".length())));
        return write ? edit(release, asked.json()) : found(Optional.ofNullable(release));
    }

    private Answer create(JsonNode order) {
        String sha = FakeCommit.sha1(order.toString());
        ObjectNode tag = Json.object()
                .put("sha", sha)
                .put("node_id", "T")
                .put("tag", order.path("tag").asText())
                .put("message", order.path("message").asText())
                .put("url", Shapes.URL);
        tag.set("tagger", order.path("tagger"));
        tag.putObject("object")
                .put("sha", order.path("object").asText())
                .put("type", "commit")
                .put("url", Shapes.URL);
        objects.put(sha, tag);
        return Answer.json(201, tag);
    }

    private Answer point(JsonNode order) {
        String ref = order.path("ref").asText();
        if (refs.containsKey(ref)) {
            return FakeGitHub.problem(422, "Reference already exists");
        }
        if (ref.startsWith("refs/tags/" + protectedPrefix)) {
            return FakeGitHub.problem(
                    422, "Repository rule violations found: Cannot create ref due to creations being restricted.");
        }
        refs.put(ref, order.path("sha").asText());
        return Answer.json(201, ref(ref, refs.get(ref)));
    }

    private ObjectNode ref(String ref, String sha) {
        ObjectNode json = Json.object().put("ref", ref).put("node_id", "R").put("url", Shapes.URL);
        json.putObject("object")
                .put("type", objects.containsKey(sha) ? "tag" : "commit")
                .put("sha", sha)
                .put("url", Shapes.URL);
        return json;
    }

    private Answer draft(JsonNode order) {
        String tag = order.path("tag_name").asText();
        if (tag.equals(burnt)) {
            return FakeGitHub.problem(422, "tag_name was used by an immutable release");
        }
        long id = releases.size() + 1;
        ObjectNode release = Shapes.urls("assets_url url upload_url node_id tarball_url zipball_url")
                .put("html_url", "https://github.test/acme/flows/releases/" + id)
                .put("id", id)
                .put("tag_name", tag)
                .put("target_commitish", "main")
                .put("name", order.path("name").asText())
                .put("body", order.path("body").asText())
                .put("draft", order.path("draft").asBoolean())
                .put("prerelease", order.path("prerelease").asBoolean())
                .put("created_at", "2026-01-01T00:00:00Z")
                .putNull("published_at")
                .put("immutable", false);
        release.set("author", Shapes.user("app"));
        release.putArray("assets");
        releases.put(id, release);
        return Answer.json(201, release);
    }

    private Answer edit(ObjectNode release, JsonNode order) {
        order.properties().forEach(field -> {
            if (!field.getKey().equals("make_latest")) {
                release.set(field.getKey(), field.getValue());
            }
        });
        if (!release.path("draft").asBoolean()) {
            String ref = "refs/tags/" + release.path("tag_name").asText();
            refs.putIfAbsent(ref, fake.main);
            release.put("immutable", immutable).put("published_at", "2026-01-02T00:00:00Z");
        }
        return Answer.json(200, release);
    }

    private Answer list(Asked asked) {
        ArrayNode all = Json.array();
        releases.values().forEach(all::add);
        return FakeRest.page(asked, all);
    }

    private static Answer found(Optional<ObjectNode> json) {
        return json.map(found -> Answer.json(200, found)).orElseGet(() -> FakeGitHub.problem(404, "Not Found"));
    }
}
