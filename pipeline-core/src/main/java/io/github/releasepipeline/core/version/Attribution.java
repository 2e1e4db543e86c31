package io.github.releasepipeline.core.version;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.ChangeAttribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Attributes the changes of a version to pull requests and change sets. */
public final class Attribution {
    /**
     * The result.
     *
     * @param changes every changed item with its origins
     * @param stowaways numbers of pull requests that ride along without being in one of the version's sets
     * @param unattributed changes that a commit outside of any pull request made
     */
    public record Result(
            List<ChangeAttribution> changes, NavigableSet<Long> stowaways, List<ChangeAttribution> unattributed) {
        /**
         * The same, with what earlier versions were made of: that does not ride along.
         *
         * @param sets the sets of such pull requests
         */
        Result released(Map<Long, ChangeSetId> sets) {
            NavigableSet<Long> left = new TreeSet<>(stowaways);
            left.removeAll(sets.keySet());
            return with(
                    left,
                    change -> change.pullRequests().stream()
                            .flatMap(number -> Optional.ofNullable(sets.get(number)).stream())
                            .findFirst());
        }

        /** The same, with a set that takes what is in none. */
        Result adopted(ChangeSetId set) {
            return with(stowaways, change -> Optional.of(set));
        }

        private Result with(NavigableSet<Long> left, Function<ChangeAttribution, Optional<ChangeSetId>> setOfOthers) {
            List<ChangeAttribution> attributed = changes.stream()
                    .map(change -> new ChangeAttribution(
                            change.change(),
                            change.pullRequests(),
                            change.changeSet().or(() -> setOfOthers.apply(change)),
                            change.direct()))
                    .toList();
            return result(attributed, left);
        }
    }

    private Attribution() {}

    /**
     * Attributes.
     *
     * @param origins the net changes since the previous version with their merges
     * @param byMerge merged pull requests by merge commit
     * @param sets the sets that the version is made of
     */
    public static Result of(List<ChangeOrigin> origins, Map<CommitId, PullRequest> byMerge, List<ChangeSet> sets) {
        Map<Long, ChangeSetId> setOf = new HashMap<>();
        sets.forEach(set -> set.pullRequests().forEach(number -> setOf.put(number, set.id())));
        List<ChangeAttribution> changes = new ArrayList<>();
        NavigableSet<Long> stowaways = new TreeSet<>();
        for (ChangeOrigin origin : origins) {
            List<Long> numbers = origin.merges().stream()
                    .flatMap(merge -> Optional.ofNullable(byMerge.get(merge)).stream())
                    .map(PullRequest::number)
                    .distinct()
                    .toList();
            numbers.stream().filter(number -> !setOf.containsKey(number)).forEach(stowaways::add);
            Optional<ChangeSetId> set = numbers.stream()
                    .flatMap(number -> Optional.ofNullable(setOf.get(number)).stream())
                    .findFirst();
            changes.add(new ChangeAttribution(origin.change(), numbers, set, origin.direct()));
        }
        return result(List.copyOf(changes), stowaways);
    }

    private static Result result(List<ChangeAttribution> changes, NavigableSet<Long> stowaways) {
        return new Result(
                changes,
                Collections.unmodifiableNavigableSet(stowaways),
                changes.stream().filter(change -> !change.direct().isEmpty()).toList());
    }
}
