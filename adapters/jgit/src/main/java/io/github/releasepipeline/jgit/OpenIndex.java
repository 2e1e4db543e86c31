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

/** The open pull requests: branches ahead of the default branch. Read in one walk, again only when a ref moved. */
final class OpenIndex {
    private final OpenRepository repository;
    private final Branches branches;
    private final MergedIndex merged;
    private Optional<Key> key = Optional.empty();
    private Map<Long, OpenBranch> open = Map.of();

    OpenIndex(OpenRepository repository, DefaultBranch base, MergedIndex merged) {
        this.repository = repository;
        this.branches = new Branches(repository, base);
        this.merged = merged;
    }

    private record Key(ObjectId tip, List<Branch> branches) {}

    /** By number; none in a repository whose default branch has no commit. */
    synchronized Map<Long, OpenBranch> at(Optional<ObjectId> tip) throws IOException {
        if (tip.isEmpty()) {
            return Map.of();
        }
        Key now = new Key(tip.get(), branches.all());
        if (!key.equals(Optional.of(now))) {
            open = read(now);
            key = Optional.of(now);
        }
        return open;
    }

    private Map<Long, OpenBranch> read(Key now) throws IOException {
        Map<ObjectId, Long> trailers = new HashMap<>();
        try (ObjectReader reader = repository.reader()) {
            CommitGraph graph = CommitGraph.read(
                    repository,
                    reader,
                    now.branches.stream().map(Branch::head).toList(),
                    List.of(now.tip),
                    commit -> trailer(commit).ifPresent(number -> trailers.put(commit.copy(), number)));
            List<Branch> ahead = now.branches.stream()
                    .filter(branch -> graph.number(branch.head()) >= 0)
                    .toList();
            List<RangeSweep.Range> ranges = ahead.stream()
                    .map(branch -> new RangeSweep.Range(-1, graph.number(branch.head())))
                    .toList();
            return numbered(ahead, RangeFacts.of(graph, ranges), numbersInTrailers(graph, ranges, trailers));
        }
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
    private Map<Long, OpenBranch> numbered(List<Branch> ahead, List<RangeFacts> facts, Map<Integer, Long> trailers) {
        List<Integer> order = new ArrayList<>();
        List<Optional<Long>> named = new ArrayList<>();
        for (int i = 0; i < ahead.size(); i++) {
            order.add(i);
            Optional<Long> inTrailer = Optional.ofNullable(trailers.get(i));
            named.add(ahead.get(i).number().or(() -> inTrailer));
        }
        order.sort(Comparator.comparing(i -> named.get(i).isEmpty()));
        Map<Long, OpenBranch> byNumber = new LinkedHashMap<>();
        for (int i : order) {
            Branch branch = ahead.get(i);
            Optional<Long> number = number(branch, named.get(i), byNumber);
            number.ifPresent(
                    free -> byNumber.put(free, new OpenBranch(free, branch.name(), branch.head(), facts.get(i))));
        }
        return byNumber;
    }

    /** Empty if the branch was left behind by a squash or rebase that is on the default branch. */
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
