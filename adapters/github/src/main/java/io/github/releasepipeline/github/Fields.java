package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.CommitId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Fields of GitHub's answers. What an answer is worthless without is demanded, all else may be absent. */
final class Fields {
    private Fields() {}

    static String text(JsonNode node, String field) {
        return Json.text(node, field).orElseThrow(() -> missing(field));
    }

    static long number(JsonNode node, String field) {
        return Json.number(node, field).orElseThrow(() -> missing(field));
    }

    static Instant instant(JsonNode node, String field) {
        return Json.instant(node, field).orElseThrow(() -> missing(field));
    }

    static CommitId commit(JsonNode node, String field) {
        return optionalCommit(node, field).orElseThrow(() -> missing(field));
    }

    static Optional<CommitId> optionalCommit(JsonNode node, String field) {
        return Json.text(node, field)
                .filter(hex -> hex.matches("[0-9a-f]{40}|[0-9a-f]{64}"))
                .map(CommitId::new);
    }

    static Optional<URI> uri(JsonNode node, String field) {
        return Json.text(node, field).flatMap(Fields::parsed);
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static AdapterException missing(String field) {
        return AdapterException.passing(
                "GitHub's answer has no '" + field + "'; is its address another service's?", null);
    }
}
