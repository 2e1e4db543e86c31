package io.github.releasepipeline.jgit;

import io.github.releasepipeline.jgit.FollowCursor.Position;
import io.github.releasepipeline.jgit.FollowCursor.Told;
import io.github.releasepipeline.jgit.MergedIndex.Telling;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Makes one page of what changed since a cursor: first open pull requests that are new or have another head, then those
 * that vanished, then merged ones in the order of the branches that they were merged into.
 */
final class Follower {
    private final OpenRepository repository;
    private final PullRequestReader reader;
    private final MergedIndex merged;

    Follower(OpenRepository repository, PullRequestReader reader, MergedIndex merged) {
        this.repository = repository;
        this.reader = reader;
        this.merged = merged;
    }

    /**
     * One page.
     *
     * @param tips the branches that are merged into
     * @param open the open pull requests now
     * @param now the time at which a vanished one is seen closed
     */
    PullRequestPage page(
            FollowCursor cursor, int limit, Map<TargetBranch, ObjectId> tips, Map<Long, OpenBranch> open, Instant now)
            throws IOException {
        Map<Long, PullRequest> told = new LinkedHashMap<>();
        Map<Long, Told> known = new LinkedHashMap<>(cursor.open());
        try (ObjectReader objects = repository.reader()) {
            for (OpenBranch branch : open.values()) {
                Told last = new Told(branch.name(), branch.head(), branch.into().name());
                if (told.size() < limit && !last.equals(known.get(branch.number()))) {
                    told.put(branch.number(), reader.proposed(objects, branch, Optional.empty()));
                    known.put(branch.number(), last);
                }
            }
            closed(objects, known, open, tips, now, limit, told);
            int room = limit - told.size();
            List<Telling> tellings = fresh(cursor, room);
            told.putAll(merged(objects, tellings));
            boolean complete = tellings.size() < room; // several tellings may be of one pull request
            Map<String, Position> positions = new LinkedHashMap<>(cursor.merged());
            positions
                    .keySet()
                    .retainAll(tips.keySet().stream().map(TargetBranch::name).toList());
            tellings.forEach(telling -> positions.put(telling.merged().into().name(), telling.position()));
            FollowCursor next = new FollowCursor(cursor.repository(), cursor.branch(), positions, known);
            return new PullRequestPage(List.copyOf(told.values()), next.text(), complete);
        }
    }

    private void closed(
            ObjectReader objects,
            Map<Long, Told> known,
            Map<Long, OpenBranch> open,
            Map<TargetBranch, ObjectId> tips,
            Instant now,
            int limit,
            Map<Long, PullRequest> told)
            throws IOException {
        for (Map.Entry<Long, Told> entry : List.copyOf(known.entrySet())) {
            long number = entry.getKey();
            if (open.containsKey(number)) {
                continue;
            }
            if (merged.find(number).isPresent()) { // told as merged in its turn
                known.remove(number);
            } else if (told.size() < limit) {
                known.remove(number);
                told.put(number, closed(objects, number, entry.getValue(), tips, now));
            }
        }
    }

    private PullRequest closed(
            ObjectReader objects, long number, Told last, Map<TargetBranch, ObjectId> tips, Instant now)
            throws IOException {
        TargetBranch into = new TargetBranch(last.into());
        ObjectId tip = tips.get(into);
        if (tip != null) {
            try {
                CommitGraph graph = CommitGraph.read(repository, objects, List.of(last.head()), List.of(tip));
                int head = graph.number(last.head());
                if (head >= 0) {
                    RangeFacts facts = RangeFacts.of(graph, List.of(new RangeSweep.Range(-1, head)))
                            .get(0);
                    OpenBranch branch = new OpenBranch(number, last.branch(), last.head(), into, tip, facts);
                    return reader.proposed(objects, branch, Optional.of(now));
                }
            } catch (MissingObjectException collected) {
                return reader.vanished(number, last, now);
            }
        }
        return reader.vanished(number, last, now);
    }

    private List<Telling> fresh(FollowCursor cursor, int max) throws IOException {
        return max == 0 ? List.of() : merged.after(cursor.merged(), max);
    }

    PullRequest merged(ObjectReader objects, Merged entry) throws IOException {
        List<PullRequest> one = new ArrayList<>();
        for (Map.Entry<Merged, RangeFacts> facts :
                facts(objects, List.of(entry)).entrySet()) {
            one.add(reader.merged(objects, facts.getKey(), facts.getValue()));
        }
        return one.get(0);
    }

    private Map<Long, PullRequest> merged(ObjectReader objects, List<Telling> tellings) throws IOException {
        Map<Long, Merged> entries = new LinkedHashMap<>();
        tellings.forEach(telling -> entries.put(telling.merged().number(), telling.merged()));
        Map<Long, PullRequest> read = new LinkedHashMap<>();
        for (Map.Entry<Merged, RangeFacts> entry :
                facts(objects, List.copyOf(entries.values())).entrySet()) {
            read.put(entry.getKey().number(), reader.merged(objects, entry.getKey(), entry.getValue()));
        }
        return read;
    }

    /** In one walk for neighbours; what was reverted lies further back and has a walk of its own. */
    Map<Merged, RangeFacts> facts(ObjectReader objects, List<Merged> entries) throws IOException {
        Map<Merged, RangeFacts> facts = new LinkedHashMap<>();
        List<Merged> run = new ArrayList<>();
        for (Merged entry : entries) {
            if (!run.isEmpty() && !entry.isSoonAfter(run.get(run.size() - 1))) {
                addFacts(objects, run, facts);
                run.clear();
            }
            run.add(entry);
        }
        addFacts(objects, run, facts);
        return facts;
    }

    private void addFacts(ObjectReader objects, List<Merged> run, Map<Merged, RangeFacts> facts) throws IOException {
        if (run.isEmpty()) {
            return;
        }
        CommitGraph graph = CommitGraph.read(
                repository,
                objects,
                run.stream().map(Merged::merge).toList(),
                List.of(run.get(0).base()));
        List<RangeSweep.Range> ranges = run.stream()
                .map(entry -> new RangeSweep.Range(graph.number(entry.base()), graph.number(entry.merge())))
                .toList();
        List<RangeFacts> found = RangeFacts.of(graph, ranges);
        for (int i = 0; i < run.size(); i++) {
            facts.put(run.get(i), found.get(i));
        }
    }
}
