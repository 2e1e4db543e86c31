package io.github.releasepipeline.jgit;

import io.github.releasepipeline.jgit.Branches.Branch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Which branch each proposal is for. Git does not say, so it is the one that a trailer names, otherwise the one that explains
 * most of what the default branch does not have, otherwise the default branch: a fix that begins where a release branch and the
 * default branch part could be for either, and a merge into the default branch does less harm.
 */
final class Destinations {
    private static final String TRAILER = "Merge-Into";

    private final List<TargetBranch> bases;
    private final CommitGraph graph;
    private final Map<ObjectId, String> trailers;
    private final List<TargetBranch> ahead;

    /** For each commit that the default branch does not have: on which of those {@code ahead} it is. */
    private final Map<Integer, BitSet> reachedBy = new HashMap<>();

    private Destinations(Map<TargetBranch, ObjectId> tips, CommitGraph graph, Map<ObjectId, String> trailers) {
        this.bases = List.copyOf(tips.keySet());
        this.graph = graph;
        this.trailers = trailers;
        this.ahead = tips.keySet().stream()
                .filter(base -> graph.number(tip(tips, base)) >= 0)
                .toList();
        List<RangeSweep.Range> lines =
                ahead.stream().map(base -> range(tip(tips, base))).toList();
        new RangeSweep(graph)
                .run(
                        lines,
                        (line, commit) -> reachedBy
                                .computeIfAbsent(commit, key -> new BitSet())
                                .set(line));
    }

    /**
     * The proposals for each branch; what one of them contains already is none.
     *
     * @param tips the branches that are merged into, the default branch first
     */
    static Map<TargetBranch, List<Branch>> of(
            OpenRepository repository, ObjectReader reader, Map<TargetBranch, ObjectId> tips, List<Branch> branches)
            throws IOException {
        TargetBranch main = tips.keySet().iterator().next();
        if (tips.size() == 1) {
            return Map.of(main, branches);
        }
        Map<ObjectId, String> trailers = new HashMap<>();
        CommitGraph graph = CommitGraph.read(
                repository,
                reader,
                Stream.concat(branches.stream().map(Branch::head), tips.values().stream())
                        .toList(),
                List.of(tip(tips, main)),
                commit -> trailer(commit).ifPresent(base -> trailers.put(commit.copy(), base)));
        return new Destinations(tips, graph, trailers).of(branches);
    }

    private static ObjectId tip(Map<TargetBranch, ObjectId> tips, TargetBranch base) {
        return tips.getOrDefault(base, ObjectId.zeroId());
    }

    private RangeSweep.Range range(ObjectId head) {
        return new RangeSweep.Range(-1, graph.number(head));
    }

    private Map<TargetBranch, List<Branch>> of(List<Branch> branches) {
        List<Branch> heads = branches.stream()
                .filter(branch -> graph.number(branch.head()) >= 0)
                .toList();
        List<Tally> tallies = heads.stream().map(head -> new Tally()).toList();
        new RangeSweep(graph)
                .run(
                        heads.stream().map(branch -> range(branch.head())).toList(),
                        (branch, commit) -> tallies.get(branch).add(commit));
        Map<TargetBranch, List<Branch>> proposals = new LinkedHashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            if (!tallies.get(i).isContained()) {
                proposals
                        .computeIfAbsent(tallies.get(i).destination(), base -> new ArrayList<>())
                        .add(heads.get(i));
            }
        }
        return proposals;
    }

    private static Optional<String> trailer(RevCommit commit) {
        return commit.getFullMessage().contains(TRAILER) ? Message.of(commit).lastTrailer(TRAILER) : Optional.empty();
    }

    /** What one proposal has that the default branch has not. */
    private final class Tally {
        private final int[] shared = new int[ahead.size()];
        private int commits;
        private Optional<TargetBranch> named = Optional.empty();

        /** Told newest first. */
        void add(int commit) {
            commits++;
            BitSet lines = reachedBy.get(commit);
            if (lines != null) {
                lines.stream().forEach(line -> shared[line]++);
            } else if (named.isEmpty()) {
                named = Optional.ofNullable(trailers.get(graph.commit(commit)))
                        .map(TargetBranch::new)
                        .filter(bases::contains);
            }
        }

        boolean isContained() {
            for (int line : shared) {
                if (line == commits) {
                    return true;
                }
            }
            return false;
        }

        TargetBranch destination() {
            if (named.isPresent()) {
                return named.get();
            }
            int best = 0;
            TargetBranch destination = bases.get(0);
            for (int line = 0; line < shared.length; line++) {
                if (shared[line] > best) {
                    best = shared[line];
                    destination = ahead.get(line);
                }
            }
            return destination;
        }
    }
}
