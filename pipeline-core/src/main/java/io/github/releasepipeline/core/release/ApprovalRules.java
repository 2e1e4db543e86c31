package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.subject.DomainEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may vote for a release, and when the votes are enough. */
public final class ApprovalRules {
    /**
     * Who votes.
     *
     * @param actor who
     * @param groups their groups now
     */
    public record Voter(Actor actor, Set<String> groups) {}

    /**
     * Who is involved in what is voted on.
     *
     * @param versionCreator who created the version
     * @param authors authors of the pull requests that the version brings
     */
    public record Involvement(Actor versionCreator, Set<String> authors) {}

    private ApprovalRules() {}

    /** A vote for a release. */
    public static Decision approve(Release release, Voter voter, Involvement involvement, Instant now) {
        return ReleaseActions.refusal(release, ReleaseAction.APPROVE)
                .or(() -> expired(release, now))
                .or(() -> ineligible(release, voter, involvement))
                .or(() -> repeated(release, voter))
                .orElseGet(() -> {
                    List<DomainEvent> events = new ArrayList<>();
                    events.add(new ReleaseEvent.Approved(
                            voter.groups(), release.plan().digest()));
                    Approval vote = new Approval(
                            voter.actor(),
                            voter.groups(),
                            "",
                            now,
                            release.plan().digest());
                    List<Approval> votes = Stream.concat(release.approvals().stream(), Stream.of(vote))
                            .toList();
                    if (Quorum.lacking(release.policy().approvals(), votes).isEmpty()) {
                        events.add(new ReleaseEvent.Readied());
                    }
                    return Decision.accept(events);
                });
    }

    /** Refuses a vote for a plan that was replaced since it was shown. */
    public static Optional<Decision> outdated(Release release, Digest seen) {
        return ReleaseActions.refusal(release, ReleaseAction.APPROVE)
                .or(() -> release.plan().digest().equals(seen)
                        ? Optional.empty()
                        : Optional.of(Decision.refuse(
                                "release.vote.outdated",
                                "What release " + release.id() + " would do has changed since it was shown",
                                "look at it again and approve what it would do now")));
    }

    /** A vote against a release. */
    public static Decision reject(Release release, Voter voter, Involvement involvement) {
        return ReleaseActions.refusal(release, ReleaseAction.REJECT)
                .or(() -> ineligible(release, voter, involvement))
                .orElseGet(() -> Decision.accept(new ReleaseEvent.Rejected()));
    }

    /** Taking a vote back. */
    public static Decision withdraw(Release release, Actor actor) {
        return ReleaseActions.refusal(release, ReleaseAction.WITHDRAW_VOTE)
                .or(() -> release.approvals().stream()
                                .anyMatch(vote -> vote.by().id().equals(actor.id()))
                        ? Optional.empty()
                        : Optional.of(Decision.refuse(
                                "release.vote.none", actor.id() + " has not voted for release " + release.id())))
                .orElseGet(() -> Decision.accept(new ReleaseEvent.VoteWithdrawn()));
    }

    /** A request whose approvals did not come in time; nothing to record if there is time left. */
    public static Decision expire(Release release, Instant now) {
        return expired(release, now).isPresent() ? Decision.accept(new ReleaseEvent.Expired()) : Decision.accept();
    }

    /** Whether the time for approvals, or for using them, is over; the refusal if it is. */
    public static Optional<Decision> expired(Release release, Instant now) {
        Kind state = release.state().kind();
        Instant end = release.requestedAt().plus(release.policy().approvalExpiry());
        return (state == Kind.PENDING_APPROVAL || state == Kind.READY) && !now.isBefore(end)
                ? Optional.of(Decision.refuse(
                        "release.expired",
                        "Release " + release.id() + " had to be approved and started before " + end,
                        "request it again"))
                : Optional.empty();
    }

    private static Optional<Decision> ineligible(Release release, Voter voter, Involvement involvement) {
        Set<EnvironmentPolicy.Involved> refused = release.policy().refusedApprovers();
        String id = voter.actor().id();
        if (!voter.actor().isHuman()) {
            return refuse("release.vote.human", id + " is not a person: only people can approve or reject");
        }
        if (refused.contains(EnvironmentPolicy.Involved.REQUESTER)
                && release.requestedBy().isOrActsFor(id)) {
            return refuse(
                    "release.vote.requester", id + " requested release " + release.id() + " and cannot vote on it");
        }
        if (refused.contains(EnvironmentPolicy.Involved.VERSION_CREATOR)
                && involvement.versionCreator().isOrActsFor(id)) {
            return refuse(
                    "release.vote.version-creator", id + " created " + release.number() + " and cannot vote on it");
        }
        if (refused.contains(EnvironmentPolicy.Involved.PULL_REQUEST_AUTHOR)
                && involvement.authors().contains(id)) {
            return refuse(
                    "release.vote.author", id + " wrote a change in " + release.number() + " and cannot vote on it");
        }
        List<ApprovalRule> rules = release.policy().approvals();
        if (rules.stream().noneMatch(rule -> Quorum.counts(rule, voter.groups()))) {
            return refuse("release.vote.group", id + " is in none of the groups that can vote: " + rules);
        }
        return Optional.empty();
    }

    private static Optional<Decision> repeated(Release release, Voter voter) {
        return release.approvals().stream()
                        .anyMatch(vote -> vote.by().id().equals(voter.actor().id()))
                ? refuse("release.vote.repeated", voter.actor().id() + " has already approved release " + release.id())
                : Optional.empty();
    }

    private static Optional<Decision> refuse(String rule, String message) {
        return Optional.of(Decision.refuse(rule, message));
    }
}
