package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.ApprovalNeed;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
     * @param authors authors of the pull requests that the environment would newly get
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
                                "look at it again and vote on what it would do now")));
    }

    /**
     * A vote against a release.
     *
     * @param seen digest of the plan that the voter saw, if they told
     */
    public static Decision reject(Release release, Voter voter, Involvement involvement, Optional<Digest> seen) {
        return ReleaseActions.refusal(release, ReleaseAction.REJECT)
                .or(() -> seen.flatMap(digest -> outdated(release, digest)))
                .or(() -> ineligible(release, voter, involvement))
                .orElseGet(() -> Decision.accept(new ReleaseEvent.Rejected(seen)));
    }

    /** Taking a vote back. */
    public static Decision withdraw(Release release, Actor actor) {
        return ReleaseActions.refusal(release, ReleaseAction.WITHDRAW_VOTE)
                .or(() -> actor.isHuman()
                                && release.approvals().stream()
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
        String what = release.state().kind() == Kind.READY ? "started" : "approved";
        return expiry(release)
                .filter(end -> !now.isBefore(end))
                .map(end -> Decision.refuse(
                        "release.expired",
                        "Release " + release.id() + " had to be " + what + " before " + end,
                        "request it again"));
    }

    /** When a release that waits for approvals, or for its start, expires: counted from when it last began to wait so. */
    static Optional<Instant> expiry(Release release) {
        Optional<Instant> since = Optional.empty();
        if (release.state() instanceof ReleaseState.PendingApproval pending) {
            since = Optional.of(pending.since());
        } else if (release.state() instanceof ReleaseState.Ready ready) {
            since = Optional.of(ready.since());
        }
        return since.map(begin -> begin.plus(release.policy().approvalExpiry()));
    }

    /**
     * The versions that an environment would newly get with one: it, and those that it follows and that the active one does not
     * follow. That one may have a higher number and yet lack some of them, if it is a hotfix.
     *
     * @param active what is active there
     * @param versions finds a version
     * @param order of numbers
     */
    public static List<Version> arriving(
            Version version,
            Optional<ActiveVersion> active,
            Function<VersionId, Version> versions,
            Comparator<VersionNumber> order) {
        List<Version> arriving = new ArrayList<>(List.of(version));
        Optional<Version> next = version.previous().map(versions);
        Optional<Version> there = active.map(ActiveVersion::version).map(versions);
        while (next.isPresent() && !next.map(Version::id).equals(there.map(Version::id))) {
            VersionNumber number = next.get().number();
            if (there.filter(known -> order.compare(known.number(), number) >= 0)
                    .isPresent()) {
                there = there.get().previous().map(versions); // every version follows a lower number
            } else {
                arriving.add(next.get());
                next = next.get().previous().map(versions);
            }
        }
        return arriving;
    }

    /** Why somebody's vote for a release would be refused now, whatever state it is in; empty if it would not. */
    public static Optional<String> refusal(Release release, Voter voter, Involvement involvement) {
        return ineligible(release, voter, involvement)
                .or(() -> repeated(release, voter))
                .map(Decision.Refused.class::cast)
                .map(Decision.Refused::message);
    }

    /** What approvals a release lacks. */
    public static List<ApprovalRule> lacking(Release release) {
        return release.kind() == ReleaseKind.ROLLBACK
                ? List.of()
                : Quorum.lacking(release.policy().approvals(), release.approvals());
    }

    /** The approvals that a release lacks, as conditions; one that is met if it lacks none. */
    public static List<Condition> conditions(List<ApprovalNeed> needs) {
        return needs.isEmpty()
                ? List.of(Condition.met("release.approvals", "No approval is lacking"))
                : needs.stream()
                        .map(need -> Condition.unmet(
                                "release.approvals",
                                need.rule() + (need.rule().count() == 1 ? " is" : " are") + " lacking",
                                "approved by " + need.who()))
                        .toList();
    }

    private static Optional<Decision> ineligible(Release release, Voter voter, Involvement involvement) {
        List<ApprovalRule> rules = release.policy().approvals();
        return involved(release, voter, involvement)
                .or(() -> rules.stream().noneMatch(rule -> Quorum.counts(rule, voter.groups()))
                        ? refuse(
                                "release.vote.group",
                                voter.actor().id() + " is in none of the groups that can vote: " + rules)
                        : Optional.empty());
    }

    /** Refuses who is no person, or is involved in a way that the environment refuses. */
    static Optional<Decision> involved(Release release, Voter voter, Involvement involvement) {
        Set<EnvironmentPolicy.Involved> refused = release.policy().refusedApprovers();
        String id = voter.actor().id();
        if (!voter.actor().isHuman()) {
            return refuse("release.vote.human", id + " is not a person: only people can approve or reject");
        }
        if (refused.contains(EnvironmentPolicy.Involved.REQUESTER) && isSame(release.requestedBy(), voter.actor())) {
            return refuse(
                    "release.vote.requester", id + " requested release " + release.id() + " and cannot vote on it");
        }
        if (refused.contains(EnvironmentPolicy.Involved.VERSION_CREATOR)
                && isSame(involvement.versionCreator(), voter.actor())) {
            return refuse(
                    "release.vote.version-creator", id + " created " + release.number() + " and cannot vote on it");
        }
        if (refused.contains(EnvironmentPolicy.Involved.PULL_REQUEST_AUTHOR)
                && involvement.authors().stream().anyMatch(author -> isSame(Actor.user(author), voter.actor()))) {
            return refuse(
                    "release.vote.author",
                    id + " wrote a change that comes with " + release.number() + " and cannot vote on it");
        }
        return Optional.empty();
    }

    /** Whether somebody votes on their own, or one of them acts for the other. */
    private static boolean isSame(Actor involved, Actor voter) {
        return involved.isOrActsFor(voter.id())
                || voter.onBehalfOf().filter(involved::isOrActsFor).isPresent();
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
