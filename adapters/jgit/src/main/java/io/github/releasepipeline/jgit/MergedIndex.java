package io.github.releasepipeline.jgit;

import io.github.releasepipeline.jgit.FirstParents.Step;
import io.github.releasepipeline.jgit.FirstParents.Steps;
import io.github.releasepipeline.jgit.FollowCursor.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The merged pull requests of all branches that are merged into, kept in memory and carried forward as the branches grow.
 * It follows from the branches as they are and from nothing else, so that every process has the same; where growing would
 * not lead there (a branch was rewritten, appeared or vanished), it is built anew.
 *
 * <p>What several branches have in common belongs to the first of them. Several merges may name one number (a branch merged
 * twice, a pick that cites the original). The oldest one owns it, over all branches; each later one gets a number derived
 * from the one before, so all of them are told and counted.
 */
final class MergedIndex {
    private final OpenRepository repository;
    private Map<TargetBranch, ObjectId> tips = Map.of();
    private final Map<TargetBranch, MergedLine> lines = new LinkedHashMap<>();
    private final Map<TargetBranch, Long> clocks = new HashMap<>();
    private final Map<Long, Merged> byNumber = new HashMap<>();
    private final Set<ObjectId> commits = new HashSet<>();
    private Optional<Growth> newest = Optional.empty();

    MergedIndex(OpenRepository repository) {
        this.repository = repository;
    }

    /**
     * One change to be told, and how far a reader of its branch is then.
     *
     * @param position of the branch that {@code merged} was merged into
     */
    record Telling(Merged merged, Position position) {}

    /**
     * A step of one of the branches.
     *
     * @param at its time, or the latest one before it on its branch: a clock that went back does not change the order
     * @param order of its branch
     */
    private record Growth(long at, int order, TargetBranch branch, Step step) {
        static final Comparator<Growth> OLDEST_FIRST =
                Comparator.comparingLong(Growth::at).thenComparingInt(Growth::order);
    }

    /** @param newTips the branches in their order, with their newest commits */
    synchronized void update(Map<TargetBranch, ObjectId> newTips) throws IOException {
        if (newTips.equals(tips)) {
            return;
        }
        if (!extend(newTips)) {
            clear();
            if (!extend(newTips)) {
                throw new IllegalStateException("An empty index can always be extended");
            }
        }
        tips = new LinkedHashMap<>(newTips);
    }

    synchronized Optional<Merged> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    synchronized Optional<String> revertedBy(Merged merged) {
        return Optional.ofNullable(lines.get(merged.into())).flatMap(line -> line.revertedBy(merged));
    }

    /** Changes after the told ones, branch by branch and oldest first; at most {@code max}. */
    synchronized List<Telling> after(Map<String, Position> positions, int max) throws IOException {
        List<Telling> tellings = new ArrayList<>();
        for (Map.Entry<TargetBranch, MergedLine> line : lines.entrySet()) {
            if (tellings.size() < max) {
                Optional<Position> position =
                        Optional.ofNullable(positions.get(line.getKey().name()));
                tellings.addAll(line.getValue().after(position, max - tellings.size()));
            }
        }
        return tellings;
    }

    /** False, and nothing has changed, if the index has to be built anew. */
    private boolean extend(Map<TargetBranch, ObjectId> newTips) throws IOException {
        if (!lines.isEmpty() && !lines.keySet().equals(newTips.keySet())) {
            return false;
        }
        Set<ObjectId> passed = new HashSet<>();
        Map<TargetBranch, Long> times = new HashMap<>(clocks);
        List<Growth> growths = new ArrayList<>();
        int order = 0;
        for (Map.Entry<TargetBranch, ObjectId> tip : newTips.entrySet()) {
            Optional<ObjectId> last = Optional.ofNullable(tips.get(tip.getKey()));
            Steps steps = new FirstParents(repository)
                    .to(
                            tip.getValue(),
                            commit -> last.equals(Optional.of(commit))
                                    || commits.contains(commit)
                                    || passed.contains(commit),
                            commit -> {
                                if (newTips.size() > 1) { // one branch shares nothing
                                    passed.add(commit);
                                }
                            });
            if (!lines.isEmpty() && !steps.reached().equals(last)) {
                return false;
            }
            long time = times.getOrDefault(tip.getKey(), Long.MIN_VALUE);
            for (Step step : steps.oldestFirst()) {
                time = Math.max(time, step.at());
                growths.add(new Growth(time, order, tip.getKey(), step));
            }
            times.put(tip.getKey(), time);
            order++;
        }
        growths.sort(Growth.OLDEST_FIRST); // stable: within a branch nothing changes places
        if (isOutOfOrder(growths)) {
            return false;
        }
        newTips.keySet().forEach(branch -> lines.computeIfAbsent(branch, this::line));
        growths.forEach(
                growth -> Objects.requireNonNull(lines.get(growth.branch)).apply(growth.step));
        commits.addAll(passed);
        clocks.putAll(times);
        newest = growths.isEmpty() ? newest : Optional.of(growths.get(growths.size() - 1));
        return true;
    }

    /** Something older than what is there would have got its number first. */
    private boolean isOutOfOrder(List<Growth> growths) {
        return !growths.isEmpty()
                && newest.filter(last -> Growth.OLDEST_FIRST.compare(growths.get(0), last) < 0)
                        .isPresent();
    }

    private MergedLine line(TargetBranch branch) {
        return new MergedLine(repository, branch, byNumber);
    }

    private void clear() {
        tips = Map.of();
        lines.clear();
        clocks.clear();
        byNumber.clear();
        commits.clear();
        newest = Optional.empty();
    }
}
