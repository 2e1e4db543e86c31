package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What somebody did in Slack.
 *
 * @param kind what
 * @param workspace where
 * @param user who
 * @param channel in which channel; empty in a modal
 * @param trigger by which a modal can be opened, for three seconds
 * @param question what they were asked, if it was by us
 * @param reason what they typed
 */
record Interaction(
        Kind kind,
        String workspace,
        String user,
        String channel,
        String trigger,
        Optional<Question> question,
        String reason) {
    enum Kind {
        APPROVE,
        REJECT,
        REASON_GIVEN,
        OTHER
    }

    /** Reads a form with a field {@code payload}; empty if that is not what it is. */
    static Optional<Interaction> read(String form) {
        return Arrays.stream(form.split("&"))
                .filter(field -> field.startsWith("payload="))
                .findFirst()
                .flatMap(field -> json(field.substring("payload=".length())))
                .map(Interaction::of);
    }

    private static Optional<JsonNode> json(String encoded) {
        try {
            String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            return Optional.of(Json.read(text.getBytes(StandardCharsets.UTF_8))).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    private static Interaction of(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        JsonNode view = payload.path("view");
        Kind kind = kind(payload, action, view);
        String asked = Json.text(
                        kind == Kind.REASON_GIVEN ? view : action,
                        kind == Kind.REASON_GIVEN ? "private_metadata" : "value")
                .orElse("");
        return new Interaction(
                kind,
                Json.text(payload.path("team"), "id")
                        .or(() -> Json.text(payload.path("user"), "team_id"))
                        .orElse(""),
                Json.text(payload.path("user"), "id").orElse(""),
                Json.text(payload.path("channel"), "id").orElse(""),
                Json.text(payload, "trigger_id").orElse(""),
                kind == Kind.OTHER ? Optional.empty() : Question.parse(asked),
                view.path("state")
                        .path("values")
                        .path(Question.REASON)
                        .path(Question.REASON)
                        .path("value")
                        .asText(""));
    }

    private static Kind kind(JsonNode payload, JsonNode action, JsonNode view) {
        String type = payload.path("type").asText();
        if (type.equals("view_submission") && view.path("callback_id").asText().equals(Question.REJECT)) {
            return Kind.REASON_GIVEN;
        }
        if (!type.equals("block_actions")) {
            return Kind.OTHER;
        }
        return switch (action.path("action_id").asText()) {
            case Question.APPROVE -> Kind.APPROVE;
            case Question.REJECT -> Kind.REJECT;
            default -> Kind.OTHER;
        };
    }
}
