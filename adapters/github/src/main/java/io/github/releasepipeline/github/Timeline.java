package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.PullRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The history of a pull request. GitHub mixes events of many shapes in it and adds new ones; those that are not known keep
 * GitHub's own word, and only those without a time are left out.
 */
final class Timeline {
    private final Connection connection;

    Timeline(Connection connection) {
        this.connection = connection;
    }

    /** Oldest first. */
    List<Activity> of(PullRequest pullRequest, Deadline deadline) {
        List<Activity> activity = new ArrayList<>();
        activity.add(new Activity(pullRequest.createdAt(), pullRequest.author(), "opened", ""));
        connection
                .all(connection.get("/issues/{}/timeline", pullRequest.number()), Optional.empty(), deadline)
                .forEach(event -> read(event).ifPresent(activity::add));
        activity.sort(Comparator.comparing(Activity::at));
        return activity;
    }

    static Optional<Activity> read(JsonNode event) {
        String type = Json.text(event, "event").orElse("unknown");
        return at(event).map(at -> switch (type) {
            case "committed" ->
                new Activity(
                        at, Json.text(event.path("author"), "name").orElse("ghost"), "pushed", line(event, "message"));
            case "head_ref_force_pushed" -> new Activity(at, actor(event), "pushed", "forced");
            case "reviewed" -> new Activity(at, actor(event), review(event), line(event, "body"));
            case "commented" -> new Activity(at, actor(event), "commented", line(event, "body"));
            case "review_requested" -> new Activity(at, actor(event), "review-requested", requested(event));
            case "labeled", "unlabeled" -> new Activity(at, actor(event), type, line(event.path("label"), "name"));
            case "renamed" -> new Activity(at, actor(event), type, line(event.path("rename"), "to"));
            default -> new Activity(at, actor(event), type, "");
        });
    }

    private static Optional<Instant> at(JsonNode event) {
        return Json.instant(event, "created_at")
                .or(() -> Json.instant(event, "submitted_at"))
                .or(() -> Json.instant(event.path("committer"), "date"))
                .or(() -> Json.instant(event.path("author"), "date"));
    }

    private static String actor(JsonNode event) {
        return People.name(event.path("actor").isObject() ? event.path("actor") : event.path("user"));
    }

    private static String review(JsonNode event) {
        String state = Json.text(event, "state").orElse("").toLowerCase(Locale.ROOT);
        return switch (state) {
            case "approved" -> "approved";
            case "changes_requested" -> "changes-requested";
            case "commented" -> "commented";
            default -> state.isEmpty() ? "reviewed" : state;
        };
    }

    private static String requested(JsonNode event) {
        return Json.text(event.path("requested_reviewer"), "login")
                .or(() -> Json.text(event.path("requested_team"), "slug"))
                .orElse("");
    }

    private static String line(JsonNode event, String field) {
        return Json.text(event, field)
                .map(text -> text.lines().findFirst().orElse(""))
                .orElse("");
    }
}
