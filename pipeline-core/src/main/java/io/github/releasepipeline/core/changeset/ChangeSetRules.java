package io.github.releasepipeline.core.changeset;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeSetState.Kind;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may be done with change sets. */
public final class ChangeSetRules {
    /**
     * What is known of a pull request that shall be a member.
     *
     * @param number its number
     * @param known the pull request, if it was ever read
     * @param set the set, not abandoned, that it is in
     */
    public record Candidate(long number, Optional<PullRequest> known, Optional<ChangeSet> set) {}

    /**
     * The words and members of a set, as typed.
     *
     * @param name one line
     * @param description any text
     * @param type its type
     * @param pullRequests numbers
     */
    public record Contents(String name, String description, ChangeType type, List<Long> pullRequests) {
        /** Checks the texts and drops repeated numbers. */
        public Contents {
            name = Text.line("The name of a change set", name, 200);
            description = Text.block("The description of a change set", description, 20_000);
            pullRequests = pullRequests.stream().distinct().toList();
        }
    }

    private ChangeSetRules() {}

    /** A new set; ready at once if nothing is missing. */
    public static Decision create(Contents contents, List<Candidate> candidates, ChangeSetReview review) {
        return members(Optional.empty(), candidates).orElseGet(() -> {
            List<DomainEvent> events = new ArrayList<>();
            events.add(new ChangeSetEvent.Created(
                    contents.name(), contents.description(), contents.type(), contents.pullRequests()));
            if (review == ChangeSetReview.NOT_NEEDED
                    && !candidates.isEmpty()
                    && unmerged(candidates).isEmpty()) {
                events.add(new ChangeSetEvent.Readied());
            }
            return Decision.accept(events);
        });
    }

    /** Other words or members; the set is a draft again. */
    public static Decision edit(ChangeSet set, Contents contents, List<Candidate> candidates) {
        return state(set, ChangeSetEvent.Edited.class, "edited")
                .or(() -> members(Optional.of(set.id()), candidates))
                .orElseGet(() -> Decision.accept(new ChangeSetEvent.Edited(
                        contents.name(), contents.description(), contents.type(), contents.pullRequests())));
    }

    /** Proposes a draft: for a review, or straight to ready where none is needed. */
    public static Decision propose(ChangeSet set, List<Candidate> members, ChangeSetReview review) {
        return state(set, ChangeSetEvent.Proposed.class, "proposed")
                .or(() -> empty(set))
                .orElseGet(() -> review == ChangeSetReview.NEEDED
                        ? Decision.accept(new ChangeSetEvent.Proposed())
                        : ready(set, members));
    }

    /** Approves a proposed set. */
    public static Decision approve(ChangeSet set, List<Candidate> members, Actor approver) {
        if (set.state().kind() != Kind.PENDING_REVIEW) {
            return inState(set, "approved", "propose");
        }
        Actor proposer = ((ChangeSetState.PendingReview) set.state()).by();
        if (!approver.isHuman() || set.createdBy().isOrActsFor(approver.id()) || proposer.isOrActsFor(approver.id())) {
            return Decision.refuse(
                    "change-set.review.self",
                    "Change set '" + set.name() + "' must be approved by a person other than its creator "
                            + set.createdBy().id() + " and its proposer " + proposer.id());
        }
        return ready(set, members);
    }

    /** Sends a proposed set back. */
    public static Decision sendBack(ChangeSet set) {
        return state(set, ChangeSetEvent.SentBack.class, "sent back")
                .orElseGet(() -> Decision.accept(new ChangeSetEvent.SentBack()));
    }

    /** Gives a set up. */
    public static Decision abandon(ChangeSet set) {
        return state(set, ChangeSetEvent.Abandoned.class, "abandoned")
                .orElseGet(() -> Decision.accept(new ChangeSetEvent.Abandoned()));
    }

    /** Makes a ready set part of a version. */
    public static Decision version(ChangeSet set, String tag) {
        return state(set, ChangeSetEvent.Versioned.class, "versioned")
                .orElseGet(() -> Decision.accept(new ChangeSetEvent.Versioned(tag)));
    }

    private static Decision ready(ChangeSet set, List<Candidate> members) {
        List<Candidate> closed =
                members.stream().filter(ChangeSetRules::isClosed).toList();
        if (!closed.isEmpty()) {
            return Decision.refuse(
                    "change-set.member.closed",
                    "Change set '" + set.name() + "' is not ready: " + numbers(closed) + " closed without a merge",
                    "edit");
        }
        List<Candidate> unmerged = unmerged(members);
        return unmerged.isEmpty()
                ? Decision.accept(new ChangeSetEvent.Readied())
                : Decision.refuse(
                        "change-set.unmerged",
                        "Change set '" + set.name() + "' is not ready: " + numbers(unmerged) + " not merged yet",
                        "edit");
    }

    private static Optional<Decision> empty(ChangeSet set) {
        return set.pullRequests().isEmpty()
                ? Optional.of(Decision.refuse(
                        "change-set.empty", "Change set '" + set.name() + "' has no pull requests", "edit", "abandon"))
                : Optional.empty();
    }

    private static Optional<Decision> state(ChangeSet set, Class<? extends ChangeSetEvent> event, String done) {
        return ChangeSetMachine.TABLE.allows(set.state().kind(), event)
                ? Optional.empty()
                : Optional.of(inState(set, done));
    }

    private static Decision inState(ChangeSet set, String done, String... allowed) {
        String where = set.state() instanceof ChangeSetState.Versioned versioned ? " in " + versioned.tag() : "";
        return Decision.refuse(
                "change-set.state",
                "Change set '" + set.name() + "' is " + set.state().kind() + where + " and cannot be " + done,
                allowed);
    }

    private static Optional<Decision> members(Optional<ChangeSetId> self, List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (candidate.known().isEmpty()) {
                return Optional.of(Decision.refuse(
                        "change-set.member.unknown",
                        "Pull request #" + candidate.number() + " is not known; synchronise the pull requests first"));
            }
            if (isClosed(candidate)) {
                return Optional.of(Decision.refuse(
                        "change-set.member.closed",
                        "Pull request #" + candidate.number() + " was closed without a merge"));
            }
            Optional<ChangeSet> other =
                    candidate.set().filter(set -> !Optional.of(set.id()).equals(self));
            if (other.isPresent()) {
                return Optional.of(Decision.refuse(
                        "change-set.member.taken",
                        "Pull request #" + candidate.number() + " is already in change set '"
                                + other.get().name() + "' (" + other.get().id() + ")"));
            }
        }
        return Optional.empty();
    }

    private static boolean isClosed(Candidate candidate) {
        return candidate
                .known()
                .filter(pr -> pr.status() == PullRequestStatus.CLOSED)
                .isPresent();
    }

    private static List<Candidate> unmerged(List<Candidate> members) {
        return members.stream()
                .filter(member -> member.known().flatMap(PullRequest::merged).isEmpty())
                .toList();
    }

    private static String numbers(List<Candidate> members) {
        return members.stream().map(member -> "#" + member.number()).collect(Collectors.joining(", "))
                + (members.size() == 1 ? " is" : " are");
    }
}
