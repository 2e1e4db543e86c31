package io.github.releasepipeline.core.changeset;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.PullRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pull requests change together: each item before the first of them against the same item after the last. */
public final class NetChanges {
    private static final Comparator<PullRequest> AS_MERGED =
            Comparator.comparing(NetChanges::mergedAt).thenComparing(PullRequest::number);

    /** An item before the first and after the last pull request that changes it. */
    private record Net(Optional<ItemId> before, Optional<ItemId> after) {}

    private NetChanges() {}

    /**
     * The changes in the order in which they first appear. An item that is created and deleted again is left out. So is what
     * a pull request changed that was reverted, and what the one of these that reverted it did to the same items.
     */
    public static List<ChangedItem> of(List<PullRequest> pullRequests) {
        Map<String, Set<String>> undoneBy = undoneBy(pullRequests);
        Map<String, Net> byPath = new LinkedHashMap<>();
        List<Net> overwritten = new ArrayList<>();
        pullRequests.stream()
                .filter(pr -> pr.revertedBy().isEmpty())
                .sorted(AS_MERGED)
                .flatMap(pr -> remaining(pr, undoneBy.getOrDefault("#" + pr.number(), Set.of())))
                .forEach(change -> Optional.ofNullable(byPath.put(change.id().path(), extended(byPath, change)))
                        .ifPresent(overwritten::add));
        return Stream.concat(byPath.values().stream(), overwritten.stream())
                .filter(net -> net.before().isPresent() || net.after().isPresent())
                .map(net -> new ChangedItem(net.before(), net.after()))
                .toList();
    }

    /** The paths that each one that reverted others of these put back. */
    private static Map<String, Set<String>> undoneBy(List<PullRequest> pullRequests) {
        Map<String, Set<String>> undone = new HashMap<>();
        for (PullRequest pr : pullRequests) {
            pr.revertedBy()
                    .ifPresent(by -> undone.merge(
                            by,
                            paths(pr),
                            (some, more) ->
                                    Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet())));
        }
        return undone;
    }

    private static Set<String> paths(PullRequest pr) {
        return pr.items().stream().flatMap(ChangedItem::paths).collect(Collectors.toSet());
    }

    private static Stream<ChangedItem> remaining(PullRequest pr, Set<String> undone) {
        return pr.items().stream().filter(change -> change.paths().noneMatch(undone::contains));
    }

    /** Takes the item's earlier changes, under the path it had then, and adds this one. */
    private static Net extended(Map<String, Net> byPath, ChangedItem change) {
        String from = change.before().orElse(change.id()).path();
        Net earlier = byPath.remove(from);
        return new Net(earlier == null ? change.before() : earlier.before(), change.after());
    }

    /** What is not merged comes after what is. */
    private static Instant mergedAt(PullRequest pullRequest) {
        return pullRequest.progress() instanceof PullRequest.Progress.Merged merged ? merged.at() : Instant.MAX;
    }
}
