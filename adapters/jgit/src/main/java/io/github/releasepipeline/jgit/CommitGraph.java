package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The commits that are reachable from some commits and not from others, numbered so that every commit has a smaller
 * number than its parents and newer ones come first. Read in one walk; everything else works on the numbers.
 */
final class CommitGraph {
    private final List<RevCommit> commits;
    private final int[][] parents;
    private final long[] authored;
    private final Map<ObjectId, Integer> numbers;

    private CommitGraph(List<RevCommit> commits, int[][] parents, long[] authored, Map<ObjectId, Integer> numbers) {
        this.commits = commits;
        this.parents = parents;
        this.authored = authored;
        this.numbers = numbers;
    }

    /** What is reachable from {@code tips} and not from {@code excluded}; an error if history is cut within it. */
    static CommitGraph read(
            OpenRepository repository,
            ObjectReader reader,
            Collection<? extends AnyObjectId> tips,
            Collection<? extends AnyObjectId> excluded)
            throws IOException {
        return read(repository, reader, tips, excluded, commit -> {});
    }

    /**
     * The same.
     *
     * @param visitor sees each commit while its message is there; also a few that turn out to be excluded
     */
    static CommitGraph read(
            OpenRepository repository,
            ObjectReader reader,
            Collection<? extends AnyObjectId> tips,
            Collection<? extends AnyObjectId> excluded,
            Consumer<RevCommit> visitor)
            throws IOException {
        Set<ObjectId> shallow = repository.shallow();
        List<RevCommit> found = new ArrayList<>();
        Map<ObjectId, Long> authored = new HashMap<>();
        try (RevWalk walk = new RevWalk(reader)) {
            for (AnyObjectId tip : tips) {
                walk.markStart(walk.parseCommit(tip));
            }
            for (AnyObjectId id : excluded) {
                walk.markUninteresting(walk.parseCommit(id));
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                found.add(commit);
                PersonIdent author = commit.getAuthorIdent();
                authored.put(
                        commit,
                        author == null
                                ? commit.getCommitTime()
                                : author.getWhenAsInstant().getEpochSecond());
                visitor.accept(commit);
                commit.disposeBody(); // a message may be large, and there are many
            }
        }
        // With clocks that go wrong, JGit may find out late that a commit was excluded.
        found.removeIf(commit -> commit.has(RevFlag.UNINTERESTING));
        for (RevCommit commit : found) {
            if (shallow.contains(commit)) {
                throw repository.historyEndsAt(commit);
            }
        }
        return sorted(found, authored);
    }

    int size() {
        return commits.size();
    }

    /** The commit of a number; its tree and its parents' trees can be used, its message cannot. */
    RevCommit commit(int number) {
        return commits.get(number);
    }

    /** The number of a commit, or -1 if it is not in here. */
    int number(AnyObjectId commit) {
        return numbers.getOrDefault(commit.toObjectId(), -1);
    }

    /** Numbers of the parents that are in here. */
    int[] parents(int number) {
        return parents[number];
    }

    /** When it was written, in seconds since 1970. */
    long authored(int number) {
        return authored[number];
    }

    private static CommitGraph sorted(List<RevCommit> found, Map<ObjectId, Long> authored) {
        Map<ObjectId, Integer> position = new HashMap<>(found.size() * 2);
        for (int i = 0; i < found.size(); i++) {
            position.put(found.get(i), i);
        }
        int[] children = new int[found.size()];
        for (RevCommit commit : found) {
            for (RevCommit parent : commit.getParents()) {
                Integer at = position.get(parent);
                if (at != null) {
                    children[at]++;
                }
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>(); // by position: newest first, as JGit told them
        for (int i = 0; i < children.length; i++) {
            if (children[i] == 0) {
                ready.add(i);
            }
        }
        List<RevCommit> order = new ArrayList<>(found.size());
        while (!ready.isEmpty()) {
            RevCommit commit = found.get(ready.remove());
            order.add(commit);
            for (RevCommit parent : commit.getParents()) {
                Integer at = position.get(parent);
                if (at != null && --children[at] == 0) {
                    ready.add(at);
                }
            }
        }
        return numbered(order, authored);
    }

    private static CommitGraph numbered(List<RevCommit> order, Map<ObjectId, Long> authored) {
        Map<ObjectId, Integer> numbers = new HashMap<>(order.size() * 2);
        for (int i = 0; i < order.size(); i++) {
            numbers.put(order.get(i), i);
        }
        int[][] parents = new int[order.size()][];
        long[] times = new long[order.size()];
        for (int i = 0; i < order.size(); i++) {
            RevCommit commit = order.get(i);
            parents[i] = Arrays.stream(commit.getParents())
                    .map(numbers::get)
                    .filter(number -> number != null)
                    .mapToInt(Integer::intValue)
                    .toArray();
            times[i] = Objects.requireNonNull(authored.get(commit));
        }
        return new CommitGraph(order, parents, times, numbers);
    }
}
