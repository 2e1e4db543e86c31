package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.version.Bump;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which part of the number the next version would increment, as labels tell, or titles in the way of Conventional Commits,
 * or else the changes themselves.
 *
 * @param bump which part
 * @param reason why
 */
record SuggestedBump(Bump bump, String reason) {
    private static final Pattern BREAKING = Pattern.compile("[a-z]+(\\([^)]*\\))?!:.*");
    private static final Pattern FEATURE = Pattern.compile("feat(\\([^)]*\\))?:.*");
    private static final Pattern FIX = Pattern.compile("(fix|perf|docs)(\\([^)]*\\))?:.*");

    static SuggestedBump of(List<MergedPullRequest> pullRequests, List<ItemChange> changes) {
        return pullRequests.stream()
                .flatMap(SuggestedBump::told)
                .min(Comparator.comparing(SuggestedBump::bump))
                .orElseGet(() -> byChanges(changes));
    }

    private static Stream<SuggestedBump> told(MergedPullRequest pullRequest) {
        Stream<SuggestedBump> labels = pullRequest.labels().stream()
                .flatMap(label -> byLabel(label.toLowerCase(Locale.ROOT)).stream()
                        .map(bump -> new SuggestedBump(
                                bump, "#" + pullRequest.number() + " has the label '" + label + "'")));
        Stream<SuggestedBump> title = byTitle(pullRequest.title().toLowerCase(Locale.ROOT)).stream()
                .map(bump -> new SuggestedBump(
                        bump, "#" + pullRequest.number() + " is called '" + pullRequest.title() + "'"));
        return Stream.concat(labels, title);
    }

    private static Optional<Bump> byLabel(String label) {
        return switch (label) {
            case "breaking", "breaking-change" -> Optional.of(Bump.MAJOR);
            case "feature", "enhancement" -> Optional.of(Bump.MINOR);
            case "bug", "fix", "hotfix", "performance", "docs", "documentation" -> Optional.of(Bump.PATCH);
            default -> Optional.empty();
        };
    }

    private static Optional<Bump> byTitle(String title) {
        if (BREAKING.matcher(title).matches()) {
            return Optional.of(Bump.MAJOR);
        }
        if (FEATURE.matcher(title).matches()) {
            return Optional.of(Bump.MINOR);
        }
        return FIX.matcher(title).matches() ? Optional.of(Bump.PATCH) : Optional.empty();
    }

    private static SuggestedBump byChanges(List<ItemChange> changes) {
        long created = changes.stream()
                .filter(change -> change.type() == ItemChange.Type.CREATED)
                .count();
        return created > 0
                ? new SuggestedBump(Bump.MINOR, created + " items are new")
                : new SuggestedBump(Bump.PATCH, "no item is new");
    }
}
