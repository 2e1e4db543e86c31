package io.github.releasepipeline.gitea;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Derives a decision from review rows, as the server does when it is asked to merge, with one difference: an approval counts
 * for the head it was given on only. A request for changes stays until it is dismissed or its reviewer says otherwise.
 */
final class Reviews {
    private static final Comparator<ReviewRow> OLDEST_FIRST =
            Comparator.comparing(ReviewRow::at).thenComparing(ReviewRow::id);

    private Reviews() {}

    static ReviewSummary summary(List<ReviewRow> rows, CommitId head, Protection protection) {
        List<ReviewRow> standing = standing(rows, head);
        int given = (int) standing.stream()
                .filter(row -> row.official() && row.decision() == Decision.APPROVED)
                .count();
        Decision decision = decision(standing, given, protection);
        return new ReviewSummary(
                decision,
                standing.stream()
                        .filter(row -> row.decision() == decision)
                        .map(ReviewRow::state)
                        .findFirst()
                        .orElse(""),
                Optional.of(given),
                protection.approvals(),
                standing.stream()
                        .map(row -> new ReviewSummary.Review(row.reviewer(), row.decision(), row.at()))
                        .toList());
    }

    private static Decision decision(List<ReviewRow> standing, int given, Protection protection) {
        boolean enough = given >= Math.max(1, protection.approvals().orElse(1));
        boolean rejected =
                standing.stream().anyMatch(row -> row.official() && row.decision() == Decision.CHANGES_REQUESTED);
        boolean asked = standing.stream().anyMatch(row -> row.decision() == Decision.REVIEW_REQUESTED);
        if (rejected && (protection.rejectionsBlock() || !enough)) {
            return Decision.CHANGES_REQUESTED;
        }
        if (asked && (protection.requestsBlock() || !enough)) {
            return Decision.REVIEW_REQUESTED;
        }
        if (enough) {
            return Decision.APPROVED;
        }
        return given > 0 ? Decision.REVIEW_REQUESTED : Decision.NONE;
    }

    /** The last word of each reviewer, unless it was dismissed or is an approval of another head; oldest first. */
    private static List<ReviewRow> standing(List<ReviewRow> rows, CommitId head) {
        Map<String, ReviewRow> last = new TreeMap<>();
        rows.stream()
                .filter(row -> row.decision() != Decision.NONE)
                .sorted(OLDEST_FIRST)
                .forEach(row -> last.put(key(row), row));
        return last.values().stream()
                .filter(row -> !row.dismissed())
                .filter(row -> row.decision() != Decision.APPROVED || row.isOf(head))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** Accounts that are gone have no name to tell them apart by. */
    private static String key(ReviewRow row) {
        return row.reviewer().equals(Account.GHOST) ? Account.GHOST + row.id() : row.reviewer();
    }
}
