package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Dialect;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** GitHub's headers, words and quotas. */
final class GitHubDialect implements Dialect {
    /** What GitHub asks for when a secondary limit is hit and it does not say how long. */
    private static final Duration SECONDARY = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "GitHub";
    }

    @Override
    public Map<String, String> headers() {
        return Map.of(
                "Accept", "application/vnd.github+json, application/json;q=0.9", "X-GitHub-Api-Version", "2022-11-28");
    }

    @Override
    public Optional<String> requestId(Reply reply) {
        return reply.header("x-github-request-id");
    }

    @Override
    public Optional<String> explanation(Reply reply) {
        JsonNode json = body(reply);
        List<String> words = new ArrayList<>();
        Json.text(json, "message").ifPresent(words::add);
        for (JsonNode error : json.path("errors")) {
            if (error.isTextual()) {
                words.add(error.textValue());
            }
            Json.text(error, "message").ifPresent(words::add);
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
    }

    @Override
    public Optional<String> missingPermission(Reply reply) {
        if (reply.status() != 403 && reply.status() != 404) {
            return Optional.empty();
        }
        return reply.header("x-accepted-github-permissions")
                .or(() -> reply.header("x-accepted-oauth-scopes").map(scopes -> "scope " + scopes))
                .filter(text -> !text.isBlank() && !text.equals("scope "));
    }

    @Override
    public String quota(Call call) {
        return call.target().contains("/graphql") ? "graphql" : "core";
    }

    /** Primary limits end with 403 or 429 and tell their reset; secondary ones may tell nothing but words. */
    @Override
    public Optional<Instant> usedUpUntil(Reply reply, Instant now) {
        boolean refused = reply.status() == 403 || reply.status() == 429;
        if (reply.status() == 503 || refused) {
            Optional<Instant> told = Dialect.retryAfter(reply, now);
            if (told.isPresent()) {
                return told;
            }
        }
        if (reply.header("x-ratelimit-remaining").filter("0"::equals).isPresent()) {
            return reset(reply).or(() -> refused ? Optional.of(now.plus(SECONDARY)) : Optional.empty());
        }
        boolean secondary = reply.status() == 429
                || (reply.status() == 403
                        && explanation(reply)
                                .map(text -> text.toLowerCase(Locale.ROOT))
                                .filter(text -> text.contains("rate limit") || text.contains("abuse detection"))
                                .isPresent());
        return secondary ? Optional.of(now.plus(SECONDARY)) : Optional.empty();
    }

    private static Optional<Instant> reset(Reply reply) {
        return reply.header("x-ratelimit-reset")
                .filter(seconds -> seconds.matches("\\d{1,11}"))
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)));
    }

    private static JsonNode body(Reply reply) {
        try {
            return reply.json();
        } catch (AdapterException e) {
            // A proxy's page explains nothing.
            return Json.object();
        }
    }
}
