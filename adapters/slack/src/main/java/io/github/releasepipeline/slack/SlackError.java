package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.subject.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What Slack says with {@code "ok": false}: by status 200, so no HTTP client notices. */
record SlackError(String method, JsonNode answer, Instant now) {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Set<String> PASSING = Set.of(
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "accesslimited");

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("invalid_auth", "the bot token is wrong"),
            Map.entry("not_authed", "the bot token is missing"),
            Map.entry("token_revoked", "the bot token was revoked; install the app again"),
            Map.entry("token_expired", "the bot token has expired"),
            Map.entry("account_inactive", "the app was removed from the workspace, or its account was switched off"),
            Map.entry(
                    "channel_not_found",
                    "there is no such channel, or it is private and the app is not in it: /invite it"),
            Map.entry("not_in_channel", "the app is not in the channel: /invite it there"),
            Map.entry("is_archived", "the channel is archived"),
            Map.entry("restricted_action", "a setting of the workspace keeps apps from posting there"),
            Map.entry("invalid_blocks", "Slack does not take this message; please report it"));

    String code() {
        return Text.readableLine(Json.text(answer, "error").orElse("unknown_error"), 100);
    }

    AdapterException failure() {
        String message = "Slack " + method + " answered " + code() + advice() + scopes();
        if (code().equals("ratelimited") || code().equals("rate_limited")) {
            return AdapterException.passingUntil(message, now.plus(PAUSE));
        }
        return PASSING.contains(code())
                ? AdapterException.passing(message, null)
                : AdapterException.lasting(message, null);
    }

    private String advice() {
        return ADVICE.containsKey(code()) ? ": " + ADVICE.get(code()) : "";
    }

    private String scopes() {
        return Json.text(answer, "needed")
                .map(needed -> ": the app needs the scope " + Text.readableLine(needed, 200) + " and has "
                        + Text.readableLine(Json.text(answer, "provided").orElse("none"), 500))
                .orElse("");
    }
}
