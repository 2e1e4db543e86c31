package io.github.releasepipeline.jgit;

import io.github.releasepipeline.jgit.FirstParents.Step;
import io.github.releasepipeline.jgit.FollowCursor.Position;
import io.github.releasepipeline.jgit.MergedIndex.Telling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What was merged into one branch, in its order. Numbers are shared with the other branches. */
final class MergedLine {
    private final OpenRepository repository;
    private final TargetBranch branch;
    private final Map<Long, Merged> byNumber;
    private final List<Event> events = new ArrayList<>();
    private final Map<ObjectId, Integer> eventOf = new HashMap<>();
    private final Map<ObjectId, Long> numberOf = new HashMap<>();
    private final Map<Long, Long> givenFor = new HashMap<>();
    private final Reverts reverts = new Reverts();

    /** @param byNumber all that is merged, into whatever branch */
    MergedLine(OpenRepository repository, TargetBranch branch, Map<Long, Merged> byNumber) {
        this.repository = repository;
        this.branch = branch;
        this.byNumber = byNumber;
    }

    /** A commit of the branch and the pull requests whose state it changed. */
    private record Event(ObjectId commit, List<Long> numbers) {}

    Optional<String> revertedBy(Merged merged) {
        return reverts.of(merged.merge());
    }

    /** Changes after a position, oldest first; at most {@code max}. */
    List<Telling> after(Optional<Position> position, int max) throws IOException {
        Optional<Integer> known = position.map(Position::event).map(eventOf::get);
        int next = known.orElseGet(() -> 0);
        int skip = known.isPresent() ? position.map(Position::told).orElse(0) : 0;
        if (position.isPresent() && known.isEmpty()) {
            next = afterCommonHistory(position.get().event());
        }
        List<Telling> tellings = new ArrayList<>();
        for (; next < events.size() && tellings.size() < max; next++, skip = 0) {
            Event at = events.get(next);
            for (int i = skip; i < at.numbers.size() && tellings.size() < max; i++) {
                tellings.add(new Telling(known(at.numbers.get(i)), new Position(at.commit, i + 1)));
            }
        }
        return tellings;
    }

    private Merged known(long number) {
        return Objects.requireNonNull(byNumber.get(number)); // events name only numbers that were entered
    }

    /** The branch was rewritten: go on after the newest change that the old history shares with the new one. */
    private int afterCommonHistory(ObjectId event) throws IOException {
        try (RevWalk walk = repository.walk()) {
            walk.setRetainBody(false);
            RevCommit commit = walk.parseCommit(event);
            while (commit.getParentCount() > 0) {
                commit = walk.parseCommit(commit.getParent(0));
                Integer shared = eventOf.get(commit);
                if (shared != null) {
                    return shared + 1;
                }
            }
            return 0;
        } catch (MissingObjectException collected) { // the old history is gone: tell everything again
            return 0;
        }
    }

    /** Takes up the next commit of the branch. */
    void apply(Step step) {
        Set<Long> changed = new LinkedHashSet<>();
        step.proposal().ifPresent(proposal -> changed.add(enter(step, proposal)));
        String name = changed.isEmpty()
                ? step.commit().name()
                : "#" + changed.iterator().next();
        target(step).filter(reverts::knows).ifPresent(target -> reverts.revert(target, step.commit()));
        reverts.seen(step.commit(), name, step.title());
        for (ObjectId affected : reverts.changedBy(step.commit())) {
            Optional.ofNullable(numberOf.get(affected)).ifPresent(changed::add);
        }
        if (!changed.isEmpty()) {
            eventOf.put(step.commit(), events.size());
            events.add(new Event(step.commit(), List.copyOf(changed)));
        }
    }

    private long enter(Step step, Proposal proposal) {
        Optional<Merged> before = proposal.number().flatMap(this::entered);
        Merged single = new Merged(0, branch, step.parent(), step.commit(), step.head(), step.at(), events.size());
        // Commits of one rebase follow each other; together they are one pull request.
        Merged merged =
                before.isPresent() && step.fromTrailer() && before.get().merge().equals(step.parent())
                        ? before.get().endingWith(single)
                        : single.numbered(free(key(step, proposal), proposal.number()));
        byNumber.put(merged.number(), merged);
        numberOf.put(step.commit(), merged.number());
        proposal.number().ifPresent(wanted -> givenFor.put(wanted, merged.number()));
        return merged.number();
    }

    /** What came into this branch last under the number that its message names. */
    private Optional<Merged> entered(long named) {
        return Optional.ofNullable(givenFor.get(named)).map(byNumber::get);
    }

    private static String key(Step step, Proposal proposal) {
        return proposal.number()
                .map(Numbers::key)
                .orElseGet(() -> proposal.branch()
                        .map(Numbers::key)
                        .orElseGet(() -> "commit " + step.commit().name()));
    }

    /** The wanted number, or the one derived from the key; where it is taken, the next one derived from who took it. */
    private long free(String key, Optional<Long> wanted) {
        long number = wanted.orElseGet(() -> Numbers.derived(key));
        for (Merged taken = byNumber.get(number); taken != null; taken = byNumber.get(number)) {
            number = Numbers.after(key, taken);
        }
        return number;
    }

    /** What a commit reverts: on this branch, what the same number stands for. */
    private Optional<ObjectId> target(Step step) {
        Reverts.Claim claim = step.claim();
        return claim.commit()
                .or(() -> claim.number().flatMap(this::owned).map(Merged::merge))
                .or(() -> claim.title().flatMap(reverts::titled));
    }

    private Optional<Merged> owned(long number) {
        return Optional.ofNullable(byNumber.get(number))
                .filter(merged -> merged.into().equals(branch))
                .or(() -> entered(number));
    }
}
