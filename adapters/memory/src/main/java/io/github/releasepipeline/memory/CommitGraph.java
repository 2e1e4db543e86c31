package io.github.releasepipeline.memory;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.source.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Commits and their ancestry. Not thread-safe. */
final class CommitGraph {
    private final Map<CommitId, Commit> commits = new HashMap<>();
    private final List<Commit> inOrder = new ArrayList<>();

    /** A new commit, whose id is as good as random and yet the same in each run. */
    Commit add(List<CommitId> parents, Sorted<String, Blob> tree, Instant at) {
        parents.forEach(this::get);
        long number = commits.size() + 1L;
        CommitId id = new CommitId(Digest.of("commit " + number).hex().substring(0, 40));
        Commit commit = new Commit(id, number, parents, tree, at);
        commits.put(id, commit);
        inOrder.add(commit);
        return commit;
    }

    Commit get(CommitId id) {
        Commit commit = commits.get(id);
        if (commit == null) {
            throw AdapterException.lasting("Commit " + id + " is not in the repository; add it first", null);
        }
        return commit;
    }

    /** The only commit whose id begins so. */
    Optional<CommitId> abbreviated(String prefix) {
        List<CommitId> found = commits.keySet().stream()
                .filter(id -> id.hex().startsWith(prefix))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return range(Optional.of(descendant), ancestor).isEmpty();
    }

    /** The newest commit that is reachable from both. */
    Optional<CommitId> mergeBase(CommitId one, CommitId other) {
        Set<CommitId> ofOther =
                range(Optional.empty(), other).stream().map(Commit::id).collect(Collectors.toSet());
        return range(Optional.empty(), one).stream()
                .map(Commit::id)
                .filter(ofOther::contains)
                .findFirst();
    }

    /**
     * Commits reachable from one and not from another, newest first.
     *
     * @param from empty for all that are reachable from {@code to}
     */
    List<Commit> range(Optional<CommitId> from, CommitId to) {
        NavigableMap<Long, Boolean> pending = new TreeMap<>();
        pending.put(get(to).number(), true);
        from.ifPresent(known -> pending.put(get(known).number(), false)); // also if it is the same commit
        List<Commit> found = new ArrayList<>();
        // Parents have smaller numbers, so whatever can reach a commit has been seen before it.
        while (pending.containsValue(true)) {
            Map.Entry<Long, Boolean> newest = pending.pollLastEntry();
            Commit commit = inOrder.get((int) (newest.getKey() - 1));
            if (newest.getValue()) {
                found.add(commit);
            }
            commit.parents()
                    .forEach(parent ->
                            pending.merge(get(parent).number(), newest.getValue(), (one, other) -> one && other));
        }
        return found;
    }
}
