package io.github.releasepipeline.jgit;

import io.github.releasepipeline.jgit.Branches.Branch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/** The open pull requests: branches ahead of what they are proposed for. Read anew only when a ref moved. */
final class OpenIndex {
    private final OpenRepository repository;
    private final Branches branches;
    private final MergedIndex merged;
    private Optional<Key> key = Optional.empty();
    private Map<Long, OpenBranch> open = Map.of();

    OpenIndex(OpenRepository repository, TargetBranches bases, MergedIndex merged) {
        this.repository = repository;
        this.branches = new Branches(repository, bases);
        this.merged = merged;
    }

    private record Key(Map<TargetBranch, ObjectId> tips, List<Branch> branches) {}

    /**
     * A branch that is ahead.
     *
     * @param named the number that its name or the newest trailer tells
     */
    private record Ahead(Branch branch, TargetBranch into, ObjectId tip, RangeFacts facts, Optional<Long> named) {
        OpenBranch numbered(long number) {
            return new OpenBranch(number, branch.name(), branch.head(), into, tip, facts);
        }
    }

    /**
     * By number.
     *
     * @param tips the branches that are merged into; none in a repository whose default branch has no commit
     */
    synchronized Map<Long, OpenBranch> at(Map<TargetBranch, ObjectId> tips) throws IOException {
        if (tips.isEmpty()) {
            return Map.of();
        }
        Key now = new Key(tips, branches.all());
        if (!key.equals(Optional.of(now))) {
            open = read(now);
            key = Optional.of(now);
        }
        return open;
    }

    private Map<Long, OpenBranch> read(Key now) throws IOException {
        List<Ahead> ahead = new ArrayList<>();
        try (ObjectReader reader = repository.reader()) {
            for (Map.Entry<TargetBranch, List<Branch>> proposals :
                    Destinations.of(repository, reader, now.tips, now.branches).entrySet()) {
                TargetBranch into = proposals.getKey();
                ObjectId tip = now.tips.getOrDefault(into, ObjectId.zeroId());
                ahead.addAll(ahead(reader, into, tip, proposals.getValue()));
            }
        }
        return numbered(ahead);
    }

    private List<Ahead> ahead(ObjectReader reader, TargetBranch into, ObjectId tip, List<Branch> proposals)
            throws IOException {
        Map<ObjectId, Long> trailers = new HashMap<>();
        CommitGraph graph = CommitGraph.read(
                repository,
                reader,
                proposals.stream().map(Branch::head).toList(),
                List.of(tip),
                commit -> trailer(commit).ifPresent(number -> trailers.put(commit.copy(), number)));
        List<Branch> ahead = proposals.stream()
                .filter(branch -> graph.number(branch.head()) >= 0)
                .toList();
        List<RangeSweep.Range> ranges = ahead.stream()
                .map(branch -> new RangeSweep.Range(-1, graph.number(branch.head())))
                .toList();
        List<RangeFacts> facts = RangeFacts.of(graph, ranges);
        Map<Integer, Long> inTrailers = numbersInTrailers(graph, ranges, trailers);
        List<Ahead> found = new ArrayList<>();
        for (int i = 0; i < ahead.size(); i++) {
            Branch branch = ahead.get(i);
            Optional<Long> inTrailer = Optional.ofNullable(inTrailers.get(i));
            found.add(new Ahead(branch, into, tip, facts.get(i), branch.number().or(() -> inTrailer)));
        }
        return found;
    }

    private static Optional<Long> trailer(RevCommit commit) {
        return commit.getFullMessage().contains("Pull-Request:")
                ? Numbers.inTrailer(Message.of(commit))
                : Optional.empty();
    }

    /** The newest trailer in each range. */
    private static Map<Integer, Long> numbersInTrailers(
            CommitGraph graph, List<RangeSweep.Range> ranges, Map<ObjectId, Long> trailers) {
        Map<Integer, Long> numbers = new HashMap<>();
        if (!trailers.isEmpty()) {
            new RangeSweep(graph).run(ranges, (range, commit) -> {
                Long number = trailers.get(graph.commit(commit));
                if (number != null) {
                    numbers.putIfAbsent(range, number);
                }
            });
        }
        return numbers;
    }

    /** Branches with a number of their own come first, so that no derived one takes it from them. */
    private Map<Long, OpenBranch> numbered(List<Ahead> ahead) {
        Map<Long, OpenBranch> byNumber = new LinkedHashMap<>();
        ahead.stream()
                .sorted(Comparator.comparing((Ahead one) -> one.named.isEmpty())
                        .thenComparing(one -> one.branch.name()))
                .forEach(one -> number(one.branch, one.named, byNumber)
                        .ifPresent(free -> byNumber.put(free, one.numbered(free))));
        return byNumber;
    }

    /** Empty if the branch was left behind by a squash or rebase that is merged. */
    private Optional<Long> number(Branch branch, Optional<Long> named, Map<Long, OpenBranch> taken) {
        String name = named.map(Numbers::key).orElseGet(() -> Numbers.key(branch.name()));
        long number = named.orElseGet(() -> Numbers.derived(name));
        for (Optional<Merged> before = merged.find(number); before.isPresent(); before = merged.find(number)) {
            if (isLeftOver(branch, before.get())) {
                return Optional.empty();
            }
            number = Numbers.after(name, before.get());
        }
        for (int again = 1; taken.containsKey(number); again++) {
            number = Numbers.derived(Numbers.key(branch.name()) + "\n" + again);
        }
        return Optional.of(number);
    }

    private static boolean isLeftOver(Branch branch, Merged before) {
        return before.head().map(branch.head()::equals).orElseGet(() -> branch.at() <= before.at());
    }
}
