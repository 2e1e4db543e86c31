package io.github.releasepipeline.jgit;

import io.github.releasepipeline.jgit.FirstParents.Step;
import io.github.releasepipeline.jgit.FirstParents.Steps;
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

/**
 * The merged pull requests of the default branch, kept in memory and carried forward as the branch grows. When the branch
 * was rewritten, the index is built anew.
 *
 * <p>Several merges may name one number (a branch merged twice, a hotfix that cites the original). The oldest one owns it;
 * each later one gets a number derived from the one before, so all of them are told and counted.
 */
final class MergedIndex {
    private final OpenRepository repository;
    private Optional<ObjectId> tip = Optional.empty();
    private final List<Event> events = new ArrayList<>();
    private final Map<ObjectId, Integer> eventOf = new HashMap<>();
    private final Map<Long, Merged> byNumber = new HashMap<>();
    private final Map<ObjectId, Long> numberOf = new HashMap<>();
    private Reverts reverts = new Reverts();

    MergedIndex(OpenRepository repository) {
        this.repository = repository;
    }

    /** A commit of the default branch and the pull requests whose state it changed. */
    private record Event(ObjectId commit, List<Long> numbers) {}

    /**
     * One change to be told, and how far a reader is then.
     *
     * @param event the commit that made the change
     * @param toldOfEvent how many of the commit's changes are told with this one
     */
    record Telling(Merged merged, ObjectId event, int toldOfEvent) {}

    synchronized void update(Optional<ObjectId> newTip) throws IOException {
        if (newTip.equals(tip)) {
            return;
        }
        Steps steps = newTip.isPresent()
                ? new FirstParents(repository).between(tip, newTip.get())
                : new Steps(List.of(), false);
        if (!steps.reached()) {
            clear();
        }
        steps.oldestFirst().forEach(this::apply);
        tip = newTip;
    }

    synchronized Optional<Merged> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    synchronized Optional<String> revertedBy(Merged merged) {
        return reverts.of(merged.merge());
    }

    /** Changes after the told ones of an event, oldest first; at most {@code max}. */
    synchronized List<Telling> after(Optional<ObjectId> event, int toldOfEvent, int max) throws IOException {
        Optional<Integer> known = event.map(eventOf::get);
        int next = known.orElseGet(() -> 0);
        int skip = known.isPresent() ? toldOfEvent : 0;
        if (event.isPresent() && known.isEmpty()) {
            next = afterCommonHistory(event.get());
        }
        List<Telling> tellings = new ArrayList<>();
        for (; next < events.size() && tellings.size() < max; next++, skip = 0) {
            Event at = events.get(next);
            for (int i = skip; i < at.numbers.size() && tellings.size() < max; i++) {
                tellings.add(new Telling(known(at.numbers.get(i)), at.commit, i + 1));
            }
        }
        return tellings;
    }

    private Merged known(long number) {
        return Objects.requireNonNull(byNumber.get(number)); // events name only numbers that were entered
    }

    /** The default branch was rewritten: go on after the newest change that the old history shares with the new one. */
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

    private void clear() {
        events.clear();
        eventOf.clear();
        byNumber.clear();
        numberOf.clear();
        reverts = new Reverts();
    }

    private void apply(Step step) {
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
        Optional<Merged> before = proposal.number().map(byNumber::get);
        Merged single = new Merged(0, step.parent(), step.commit(), step.head(), step.at(), events.size());
        // Commits of one rebase follow each other; together they are one pull request.
        Merged merged =
                before.isPresent() && step.fromTrailer() && before.get().merge().equals(step.parent())
                        ? before.get().endingWith(single)
                        : single.numbered(free(key(step, proposal), proposal.number()));
        byNumber.put(merged.number(), merged);
        numberOf.put(step.commit(), merged.number());
        return merged.number();
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

    private Optional<ObjectId> target(Step step) {
        Reverts.Claim claim = step.claim();
        return claim.commit()
                .or(() -> claim.number().map(byNumber::get).map(Merged::merge))
                .or(() -> claim.title().flatMap(reverts::titled));
    }
}
