package io.github.releasepipeline.examples.forgetable;

import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.ReviewSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of pull requests for people. */
final class PullRequestTable {
    private PullRequestTable() {}

    /** @param now what "ago" is counted from */
    static List<String> lines(List<PullRequest> pullRequests, Instant now) {
        TextTable table =
                new TextTable("#", "Title", "Author", "Status", "Approvals", "Checks", "Items", "Labels", "Updated");
        pullRequests.forEach(pull -> table.row(
                String.valueOf(pull.number()),
                pull.title(),
                pull.author(),
                pull.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                approvals(pull.review()),
                pull.checks().toString(),
                pull.itemCounts().toString(),
                String.join(", ", pull.labels()),
                ago(Duration.between(pull.updatedAt(), now))));
        return table.lines();
    }

    private static String approvals(ReviewSummary review) {
        return number(review.given()) + "/" + number(review.needed());
    }

    private static String number(Optional<Integer> number) {
        return number.map(String::valueOf).orElse("?");
    }

    private static String ago(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days ago";
        }
        if (time.toHours() > 1) {
            return time.toHours() + " hours ago";
        }
        return time.toMinutes() > 1 ? time.toMinutes() + " minutes ago" : "just now";
    }
}
