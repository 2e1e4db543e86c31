package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.CommitId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a server sent. Any field may be absent, null or of another type than promised: then it is absent. */
final class Fields {
    /** What has no fields. */
    static final JsonNode NOTHING = MissingNode.getInstance();

    private Fields() {}

    /** The text as a tree; empty if it is no JSON. */
    static Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(Json.read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The field's text; {@code ""} if absent. */
    static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : "";
    }

    /** The field's text if it is there and not blank. */
    static Optional<String> line(JsonNode node, String field) {
        return Optional.of(text(node, field)).filter(text -> !text.isBlank());
    }

    static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }

    /** A moment; the zero time, which servers send for "never", counts as absent. */
    static Optional<Instant> time(JsonNode node, String field) {
        return Json.instant(node, field).filter(instant -> instant.isAfter(Instant.EPOCH));
    }

    static Optional<CommitId> commit(JsonNode node, String field) {
        return line(node, field)
                .filter(hex -> hex.matches("[0-9a-f]{40}|[0-9a-f]{64}"))
                .map(CommitId::new);
    }

    static Optional<URI> link(JsonNode node, String field) {
        try {
            return line(node, field).map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The elements of a list; none if it is null or no list. */
    static List<JsonNode> list(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(elements::add);
        }
        return elements;
    }

    /** The texts of a list. */
    static List<String> texts(JsonNode node) {
        return list(node).stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }
}
