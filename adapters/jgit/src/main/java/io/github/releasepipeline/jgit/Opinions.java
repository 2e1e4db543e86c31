package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.ReviewSummary.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.revwalk.FooterLine;

/**
 * What trailers say about a head commit: {@code Reviewed-by}, {@code Approved-by}, {@code Acked-by} and
 * {@code Changes-requested-by} are votes, {@code Review-requested-from} asks for one, {@code Check: name passed summary}
 * is a check, {@code Labels: a, b} are labels.
 */
final class Opinions {
    private static final Map<String, Decision> VOTES = Map.of(
            "reviewed-by", Decision.APPROVED,
            "approved-by", Decision.APPROVED,
            "acked-by", Decision.APPROVED,
            "changes-requested-by", Decision.CHANGES_REQUESTED);
    private static final String ASKED = "Review-requested-from";
    private static final String CHECK = "Check";
    private static final String LABELS = "Labels";
    private static final Set<String> KEPT =
            Set.of(ASKED.toLowerCase(Locale.ROOT), CHECK.toLowerCase(Locale.ROOT), LABELS.toLowerCase(Locale.ROOT));
    private static final Pattern CHECK_VALUE = Pattern.compile("(\\S{1,200})\\s+(\\S{1,40})(?:\\s+(.*))?");

    private Opinions() {}

    /** Trailers that must not get lost when a commit is written anew. */
    static List<String> kept(Message message) {
        return message.trailers().stream()
                .filter(line -> KEPT.contains(key(line)) || VOTES.containsKey(key(line)))
                .map(line -> line.getKey() + ": " + line.getValue())
                .toList();
    }

    static List<String> labels(Message message) {
        return message.lastTrailer(LABELS).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * @param author whose own vote does not count
     * @param configured approvals needed, if the host said so; otherwise one is enough and the number is unknown
     */
    static ReviewSummary reviews(Message message, String author, Instant at, Optional<Integer> configured) {
        Map<String, Review> latest = new LinkedHashMap<>();
        for (FooterLine line : message.trailers()) {
            Decision vote = VOTES.get(key(line));
            String reviewer = Person.name(line.getValue());
            if (vote != null && !reviewer.isEmpty() && !reviewer.equals(author)) {
                latest.put(reviewer, new Review(reviewer, vote, at));
            }
        }
        boolean asked = message.lastTrailer(ASKED).isPresent();
        if (latest.isEmpty() && !asked) {
            return new ReviewSummary(Decision.NONE, "", Optional.of(0), configured, List.of());
        }
        List<Review> reviews = new ArrayList<>(latest.values());
        int given = count(reviews, Decision.APPROVED);
        Decision decision = count(reviews, Decision.CHANGES_REQUESTED) > 0
                ? Decision.CHANGES_REQUESTED
                : given >= configured.orElse(1) ? Decision.APPROVED : Decision.REVIEW_REQUESTED;
        return new ReviewSummary(decision, "", Optional.of(given), configured, reviews);
    }

    static CheckSummary checks(Message message) {
        Map<String, Check> latest = new LinkedHashMap<>();
        message.trailer(CHECK)
                .map(CHECK_VALUE::matcher)
                .filter(Matcher::matches)
                .forEach(check -> {
                    String summary = check.group(3) == null ? "" : check.group(3);
                    latest.put(
                            check.group(1),
                            new Check(
                                    check.group(1), status(check.group(2)), check.group(2), summary, Optional.empty()));
                });
        return new CheckSummary(List.copyOf(latest.values()));
    }

    private static CheckSummary.Status status(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "passed" -> CheckSummary.Status.PASSED;
            case "failed" -> CheckSummary.Status.FAILED;
            case "pending" -> CheckSummary.Status.PENDING;
            default -> CheckSummary.Status.UNKNOWN;
        };
    }

    private static int count(List<Review> reviews, Decision decision) {
        return (int)
                reviews.stream().filter(review -> review.decision() == decision).count();
    }

    private static String key(FooterLine line) {
        return line.getKey().toLowerCase(Locale.ROOT);
    }
}
