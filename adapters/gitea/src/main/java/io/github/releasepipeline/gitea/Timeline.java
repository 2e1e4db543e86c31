package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.source.Activity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a pull request's history from its timeline, its reviews and its statuses. */
final class Timeline {
    private Timeline() {}

    static List<Activity> activity(
            PullRow pull, List<JsonNode> rows, List<ReviewRow> reviews, List<StatusRow> statuses) {
        Map<Long, ReviewRow> byId = reviews.stream()
                .collect(Collectors.toMap(ReviewRow::id, Function.identity(), (first, second) -> first));
        Stream<Activity> opened = Stream.of(new Activity(pull.createdAt(), pull.author(), "opened", ""));
        Stream<Activity> happened = rows.stream().map(row -> activity(row, byId));
        Stream<Activity> checked = statuses.stream()
                .map(row -> new Activity(row.at(), row.creator(), "checked", row.context() + ": " + row.word()));
        return Stream.of(opened, happened, checked)
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(Activity::at))
                .toList();
    }

    private static Activity activity(JsonNode row, Map<Long, ReviewRow> reviews) {
        Instant at = Fields.time(row, "created_at").orElse(Instant.EPOCH);
        String actor = Account.name(row.path("user"));
        String type = Fields.text(row, "type");
        return switch (type) {
            case "review" ->
                new Activity(at, actor, review(reviews.get(row.path("review_id").asLong())), line(row));
            case "comment", "code" -> new Activity(at, actor, "commented", line(row));
            case "review_request" -> asked(at, actor, row);
            case "pull_push" -> new Activity(at, actor, "pushed", pushed(Fields.text(row, "body")));
            case "merge_pull" -> new Activity(at, actor, "merged", Fields.text(row, "ref_commit_sha"));
            case "close" -> new Activity(at, actor, "closed", "");
            case "change_title" -> new Activity(at, actor, type, change(row, "old_title", "new_title"));
            case "change_target_branch" -> new Activity(at, actor, type, change(row, "old_ref", "new_ref"));
            case "label" -> new Activity(at, actor, type, Fields.text(row.path("label"), "name"));
            default -> new Activity(at, actor, type.isBlank() ? "unknown" : type, line(row));
        };
    }

    private static String review(@Nullable ReviewRow review) {
        return review == null
                ? "commented"
                : switch (review.decision()) {
                    case APPROVED -> "approved";
                    case CHANGES_REQUESTED -> "changes-requested";
                    case REVIEW_REQUESTED -> "review-requested";
                    case NONE -> "commented";
                    case UNKNOWN -> review.state();
                };
    }

    private static Activity asked(Instant at, String actor, JsonNode row) {
        String whom = Account.known(row.path("assignee"))
                .or(() -> Fields.line(row.path("assignee_team"), "name").map(name -> "team:" + name))
                .orElse(Account.GHOST);
        return new Activity(
                at, actor, Fields.flag(row, "removed_assignee") ? "review-request-removed" : "review-requested", whom);
    }

    /** The body of a push is JSON of its own. */
    private static String pushed(String body) {
        Optional<JsonNode> push = Fields.tree(body);
        int commits = push.map(json -> json.path("commit_ids").size()).orElse(0);
        String count = commits == 1 ? "1 commit" : commits + " commits";
        return push.filter(json -> Fields.flag(json, "is_force_push")).isPresent() ? "forced" : count;
    }

    private static String change(JsonNode row, String before, String after) {
        return Fields.text(row, before) + " → " + Fields.text(row, after);
    }

    private static String line(JsonNode row) {
        return Fields.text(row, "body").lines().findFirst().orElse("").strip();
    }
}
