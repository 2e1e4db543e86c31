package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What each commit of a graph did to items. A commit with one parent touches what differs from the parent, a root commit
 * touches all it has, a merge commit only what differs from all its parents.
 */
final class ItemHistory {
    /** Newest first, only commits that touched an item. */
    private final List<Touch> touches;

    private ItemHistory(List<Touch> touches) {
        this.touches = touches;
    }

    private record Rename(String from, String to) {}

    private record Touch(int commit, List<String> paths, List<Rename> renames) {}

    static ItemHistory read(CommitGraph graph, TreeDiff diff) throws IOException {
        List<Touch> touches = new ArrayList<>();
        for (int number = 0; number < graph.size(); number++) {
            Touch touch = touch(number, graph.commit(number), diff);
            if (!touch.paths.isEmpty()) {
                touches.add(touch);
            }
        }
        return new ItemHistory(touches);
    }

    private static Touch touch(int number, RevCommit commit, TreeDiff diff) throws IOException {
        if (commit.getParentCount() > 1) {
            return new Touch(number, diff.differentFromAll(commit.getParents(), commit), List.of());
        }
        Optional<RevCommit> parent = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
        List<String> paths = new ArrayList<>();
        List<Rename> renames = new ArrayList<>();
        for (DiffEntry entry : diff.between(parent, commit)) {
            if (entry.getChangeType() != ChangeType.DELETE) {
                paths.add(entry.getNewPath());
            }
            if (entry.getChangeType() == ChangeType.DELETE || entry.getChangeType() == ChangeType.RENAME) {
                paths.add(entry.getOldPath());
            }
            if (entry.getChangeType() == ChangeType.RENAME) {
                renames.add(new Rename(entry.getOldPath(), entry.getNewPath()));
            }
        }
        return new Touch(number, paths, renames);
    }

    /**
     * The commits that touched each change, under any name that the item had on the way: back from its path after, and
     * forth from its path before.
     *
     * @return commit to the places of the changes in the two lists
     */
    SortedMap<Integer, Set<Integer>> touching(List<Optional<String>> before, List<Optional<String>> after) {
        SortedMap<Integer, Set<Integer>> byCommit = new TreeMap<>();
        Map<String, Set<Integer>> backwards = owners(after);
        for (Touch touch : touches) {
            attribute(touch, backwards, byCommit);
            touch.renames.forEach(rename -> inherit(backwards, rename.to, rename.from));
        }
        Map<String, Set<Integer>> forwards = owners(before);
        for (int i = touches.size() - 1; i >= 0; i--) {
            attribute(touches.get(i), forwards, byCommit);
            touches.get(i).renames.forEach(rename -> inherit(forwards, rename.from, rename.to));
        }
        return byCommit;
    }

    private static Map<String, Set<Integer>> owners(List<Optional<String>> paths) {
        Map<String, Set<Integer>> owners = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            int change = i;
            paths.get(i)
                    .ifPresent(path ->
                            owners.computeIfAbsent(path, key -> new HashSet<>()).add(change));
        }
        return owners;
    }

    private static void attribute(
            Touch touch, Map<String, Set<Integer>> owners, SortedMap<Integer, Set<Integer>> byCommit) {
        for (String path : touch.paths) {
            Set<Integer> touched = owners.get(path);
            if (touched != null) {
                byCommit.computeIfAbsent(touch.commit, key -> new HashSet<>()).addAll(touched);
            }
        }
    }

    private static void inherit(Map<String, Set<Integer>> owners, String from, String to) {
        Set<Integer> inherited = owners.get(from);
        if (inherited != null) {
            owners.computeIfAbsent(to, key -> new HashSet<>()).addAll(inherited);
        }
    }
}
