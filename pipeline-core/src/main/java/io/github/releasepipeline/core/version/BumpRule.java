package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Suggests which part of the number to increment. */
public final class BumpRule {
    /**
     * A suggestion.
     *
     * @param bump which part
     * @param reason why
     */
    public record Suggestion(Bump bump, String reason) {}

    private static final Map<String, Bump> BY_LABEL = Map.ofEntries(
            Map.entry("breaking", Bump.MAJOR),
            Map.entry("breaking-change", Bump.MAJOR),
            Map.entry("feature", Bump.MINOR),
            Map.entry("enhancement", Bump.MINOR),
            Map.entry("bug", Bump.PATCH),
            Map.entry("fix", Bump.PATCH),
            Map.entry("hotfix", Bump.PATCH),
            Map.entry("performance", Bump.PATCH),
            Map.entry("docs", Bump.PATCH),
            Map.entry("documentation", Bump.PATCH));

    private static final Comparator<Suggestion> LARGEST = Comparator.comparing(Suggestion::bump);

    private BumpRule() {}

    /**
     * The largest increment that one of the sets demands: by its type, or, if that is {@link ChangeType#OTHER}, by the labels
     * of its pull requests. If none demands any, minor for a person and patch for a rule.
     */
    public static Suggestion suggest(List<ChangeSet> sets, List<PullRequest> pullRequests, Actor maker) {
        return sets.stream()
                .flatMap(set -> ofType(set).or(() -> ofLabels(set, pullRequests)).stream())
                .min(LARGEST)
                .orElseGet(() -> maker.isHuman()
                        ? new Suggestion(Bump.MINOR, "default for versions made by a person")
                        : new Suggestion(Bump.PATCH, "default for versions made by a rule"));
    }

    /**
     * A hotfix increments the patch of what it corrects.
     *
     * @throws IllegalArgumentException if another increment was chosen
     */
    static Suggestion hotfix(Hotfix hotfix, Optional<Bump> chosen) {
        chosen.filter(bump -> bump != Bump.PATCH).ifPresent(bump -> {
            throw new IllegalArgumentException("A hotfix increments the patch, not " + bump);
        });
        return new Suggestion(
                Bump.PATCH, "hotfix of " + hotfix.number() + ", which is active in " + hotfix.environment());
    }

    private static Optional<Suggestion> ofLabels(ChangeSet set, List<PullRequest> pullRequests) {
        return pullRequests.stream()
                .filter(pr -> set.pullRequests().contains(pr.number()))
                .flatMap(BumpRule::ofLabels)
                .min(LARGEST);
    }

    private static Optional<Suggestion> ofType(ChangeSet set) {
        String reason = "change set '" + set.name() + "' is of type " + set.type();
        return switch (set.type()) {
            case BREAKING -> Optional.of(new Suggestion(Bump.MAJOR, reason));
            case FEATURE -> Optional.of(new Suggestion(Bump.MINOR, reason));
            case FIX, HOTFIX, PERFORMANCE, DOCS -> Optional.of(new Suggestion(Bump.PATCH, reason));
            case OTHER -> Optional.empty();
        };
    }

    private static Stream<Suggestion> ofLabels(PullRequest pullRequest) {
        return pullRequest.labels().stream()
                .filter(label -> BY_LABEL.containsKey(label.toLowerCase(Locale.ROOT)))
                .map(label -> new Suggestion(
                        BY_LABEL.getOrDefault(label.toLowerCase(Locale.ROOT), Bump.PATCH),
                        "pull request #" + pullRequest.number() + " has the label '" + label + "'"));
    }
}
