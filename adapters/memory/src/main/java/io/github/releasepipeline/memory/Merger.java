package io.github.releasepipeline.memory;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Merges a branch file by file: two sides that changed the same file differently are a conflict. */
final class Merger {
    private final MemoryItemRepository repository;
    private final String branch;

    Merger(MemoryItemRepository repository, String branch) {
        this.repository = repository;
        this.branch = branch;
    }

    /**
     * Merges the commits after {@code base} up to {@code head}, or leaves the branch as it is.
     *
     * @param at the time of the new commits
     */
    MergeOutcome merge(CommitId base, CommitId head, Method method, Instant at) {
        synchronized (repository) {
            Commit main = repository.get(repository.resolve(branch));
            List<Commit> steps = method == Method.REBASE ? oldestFirst(base, head) : List.of(repository.get(head));
            Sorted<String, Blob> before = repository.get(base).tree();
            List<Sorted<String, Blob>> trees = new ArrayList<>();
            Sorted<String, Blob> tree = main.tree();
            for (Commit step : steps) {
                List<String> conflicts = conflicts(before, tree, step.tree());
                if (!conflicts.isEmpty()) {
                    return new MergeOutcome.Conflict(conflicts);
                }
                tree = combined(before, tree, step.tree());
                trees.add(tree);
                before = step.tree();
            }
            CommitId tip = main.id();
            for (Sorted<String, Blob> next : trees) {
                List<CommitId> parents = method == Method.MERGE ? List.of(tip, head) : List.of(tip);
                tip = repository.add(parents, next, at).id();
            }
            repository.branch(branch, tip);
            return new MergeOutcome.Merged(new MergedRange(main.id(), tip));
        }
    }

    private List<Commit> oldestFirst(CommitId base, CommitId head) {
        List<Commit> commits = new ArrayList<>(repository.range(base, head));
        Collections.reverse(commits);
        return commits;
    }

    private static List<String> conflicts(
            Sorted<String, Blob> base, Sorted<String, Blob> ours, Sorted<String, Blob> theirs) {
        return changed(base, theirs)
                .filter(path -> !ours.get(path).equals(base.get(path)))
                .filter(path -> !ours.get(path).equals(theirs.get(path)))
                .toList();
    }

    private static Sorted<String, Blob> combined(
            Sorted<String, Blob> base, Sorted<String, Blob> ours, Sorted<String, Blob> theirs) {
        Sorted<String, Blob> result = ours;
        for (String path : changed(base, theirs).toList()) {
            Optional<Blob> now = theirs.get(path);
            result = now.isPresent() ? result.with(path, now.get()) : result.without(path);
        }
        return result;
    }

    private static Stream<String> changed(Sorted<String, Blob> from, Sorted<String, Blob> to) {
        return Stream.concat(from.keys(), to.keys())
                .distinct()
                .sorted()
                .filter(path -> !from.get(path).equals(to.get(path)));
    }
}
