package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether an approved release may start now. */
public final class StartRules {
    /**
     * What is known when a release is to start.
     *
     * @param release which
     * @param version what it brings
     * @param environment where to
     * @param policy what that environment demands now
     * @param upstream what is known of the environment before it, if it demands one
     * @param fresh what would happen now
     * @param stamp who wants it started, and when
     */
    public record Facts(
            Release release,
            Version version,
            Environment environment,
            EnvironmentPolicy policy,
            Optional<RequestRules.UpstreamFacts> upstream,
            PlanSummary fresh,
            Stamp stamp) {}

    private StartRules() {}

    /**
     * Pressing Deploy. Accepts nothing if the release may start as it is, or the lapse of its approvals if what would
     * happen, or what has to be met, is not what was approved. That more has to be met lets them lapse even while something
     * else keeps the release from starting, so that they can be given again meanwhile.
     */
    public static Decision deploy(Facts facts) {
        boolean lapses = DemandRules.unapproved(facts.release(), facts.policy()).isUnmet();
        List<Condition> conditions = new ArrayList<>(lasting(facts, ReleaseAction.DEPLOY));
        if (!lapses) {
            conditions.addAll(passing(facts));
        }
        return ConditionRules.decide(
                conditions, () -> Decision.accept(lapse(facts.release(), facts.policy(), facts.fresh())));
    }

    /** Running a failed release again. */
    public static Decision retry(Facts facts) {
        return ConditionRules.decide(conditions(facts, ReleaseAction.RETRY), Decision::accept);
    }

    /**
     * Everything that has to be so before Deploy, or Retry if the release failed, starts the release or queues it.
     *
     * @return all conditions, met or not; what does not concern this release is left out
     */
    public static List<Condition> conditions(Facts facts) {
        boolean failed = facts.release().state().kind() == ReleaseState.Kind.FAILED;
        return conditions(facts, failed ? ReleaseAction.RETRY : ReleaseAction.DEPLOY);
    }

    private static List<Condition> conditions(Facts facts, ReleaseAction action) {
        Release release = facts.release();
        List<Condition> conditions = new ArrayList<>(lasting(facts, action));
        conditions.addAll(passing(facts));
        if (release.kind() == ReleaseKind.DEPLOY) {
            conditions.addAll(asApproved(facts));
        }
        conditions.addAll(nothingElse(release, facts.environment()));
        return conditions;
    }

    /** Whether it is still what was approved. What has failed is tried again as it was approved, or not at all. */
    static List<Condition> asApproved(Facts facts) {
        Release release = facts.release();
        return isRetry(release)
                ? List.of(DemandRules.unchanged(release, facts.policy()), unchanged(release, facts.fresh()))
                : List.of(DemandRules.unapproved(release, facts.policy()), sameOutcome(facts));
    }

    static boolean isRetry(Release release) {
        return !release.attempts().isEmpty();
    }

    /** What is not going to change by itself. */
    private static List<Condition> lasting(Facts facts, ReleaseAction action) {
        Release release = facts.release();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(ConditionRules.of(
                "release.state", ReleaseActions.refusal(release, action), action.label() + " is possible"));
        conditions.add(ConditionRules.of(
                "release.expired",
                ApprovalRules.expired(release, facts.stamp().at()),
                ApprovalRules.expiry(release).map(end -> "It expires at " + end).orElse("It does not expire")));
        conditions.addAll(retired(release, facts.version(), facts.policy()));
        return conditions;
    }

    private static List<Condition> passing(Facts facts) {
        Release release = facts.release();
        List<Condition> conditions = new ArrayList<>();
        if (release.kind() == ReleaseKind.DEPLOY) {
            conditions.add(RequestRules.degraded(release, facts.environment()));
            conditions.add(held(facts.environment(), facts.stamp().actor()));
            conditions.addAll(before(facts));
            conditions.add(
                    WindowRules.window(release, facts.policy(), facts.stamp().at()));
        }
        return conditions;
    }

    static Condition sameOutcome(Facts facts) {
        Release release = facts.release();
        String code = "release.plan-changed";
        boolean onlyMoreDemanded =
                facts.fresh().observed().equals(release.plan().observed())
                        && !DemandRules.stricter(release, facts.policy()).isEmpty();
        if (facts.fresh().digest().equals(release.plan().digest()) || onlyMoreDemanded) {
            return Condition.met(code, "What would happen is what was planned");
        }
        String text = "What would happen is not what was planned: " + difference(release, facts.fresh());
        return release.policy().approvals().isEmpty()
                ? Condition.note(code, text)
                : Condition.unmet(code, text, "deploy, which lets the approvals lapse, and approve again");
    }

    private static String difference(Release release, PlanSummary fresh) {
        return fresh.observed().equals(release.plan().observed())
                ? "what has to be done has changed"
                : "the environment holds other items than when this was planned";
    }

    /** What has to be so in the environment before this one; that it was passed over has to be allowed still. */
    static List<Condition> before(Facts facts) {
        return facts.upstream().map(upstream -> before(facts, upstream)).orElse(List.of());
    }

    private static List<Condition> before(Facts facts, RequestRules.UpstreamFacts upstream) {
        boolean passedOver =
                facts.release().bypassed().equals(Optional.of(upstream.rule().environment()));
        return passedOver
                ? List.of(RequestRules.bypassed(facts.version(), facts.policy(), upstream))
                : RequestRules.soaked(facts.version(), upstream, facts.stamp().at());
    }

    /**
     * Why a release whose turn has come leaves the queue: the environment before its own has moved on while it waited, or it
     * would be tried again and its version was retired, or is not what was approved any more.
     */
    public static Optional<Decision> sentBack(Facts facts) {
        Release release = facts.release();
        List<Condition> conditions = new ArrayList<>();
        if (isRetry(release)) {
            conditions.addAll(retired(release, facts.version(), facts.policy()));
        }
        if (release.kind() == ReleaseKind.DEPLOY) {
            conditions.addAll(before(facts));
            if (isRetry(release)) {
                conditions.addAll(asApproved(facts));
            }
        } else if (isRetry(release)) {
            conditions.addAll(nothingElse(release, facts.environment()));
        }
        return ConditionRules.refusal(conditions);
    }

    /** What has to be so of the version of a release: it may have been retired while the release waited. */
    public static List<Condition> retired(Release release, Version version, EnvironmentPolicy policy) {
        return release.kind() == ReleaseKind.ROLLBACK
                ? List.of(ConditionRules.of(
                        "rollback.version-state",
                        RollbackRules.target(version, true),
                        "Version " + version.number() + " can be gone back to"))
                : RequestRules.version(version, policy);
    }

    /**
     * Why a release whose turn has come never starts: its version was retired meanwhile, or it is a rollback and something else
     * became active. What has failed stays failed.
     */
    public static Optional<Decision> gone(Facts facts) {
        Release release = facts.release();
        List<Condition> conditions = new ArrayList<>(retired(release, facts.version(), facts.policy()));
        conditions.addAll(nothingElse(release, facts.environment()));
        return isRetry(release) ? Optional.empty() : ConditionRules.refusal(conditions);
    }

    /** What has to be so of a rollback: what came after its request was not to be rolled back. First it may mend what is degraded. */
    static List<Condition> nothingElse(Release release, Environment environment) {
        boolean asked = release.kind() == ReleaseKind.ROLLBACK
                && (isRetry(release) || environment.degradation().isEmpty());
        return asked ? List.of(nothingElseSince(release, environment)) : List.of();
    }

    private static Condition unchanged(Release release, PlanSummary fresh) {
        return fresh.observed().equals(release.plan().observed())
                ? Condition.met(
                        "release.retry.changed",
                        "Environment " + release.environment() + " holds what it held when release " + release.id()
                                + " was planned")
                : Condition.unmet(
                        "release.retry.changed",
                        "Environment " + release.environment() + " has changed since release " + release.id()
                                + " was planned",
                        "request a new release");
    }

    /**
     * The events that follow when what would happen, or what has to be met, is not what was approved; none if it is, and for
     * what is tried again.
     *
     * @param now what the environment demands now
     */
    public static List<DomainEvent> lapse(Release release, EnvironmentPolicy now, PlanSummary fresh) {
        List<String> stricter = DemandRules.stricter(release, now);
        boolean same = fresh.digest().equals(release.plan().digest());
        if (release.kind() == ReleaseKind.ROLLBACK || isRetry(release) || (same && stricter.isEmpty())) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        if (!stricter.isEmpty()) {
            reasons.add("the environment demands more: " + String.join("; ", stricter));
        }
        if (!fresh.observed().equals(release.plan().observed()) || stricter.isEmpty()) {
            reasons.add(difference(release, fresh));
        }
        EnvironmentPolicy governing = DemandRules.governing(release, now);
        List<DomainEvent> events = new ArrayList<>();
        events.add(new ReleaseEvent.ApprovalsLapsed(
                fresh,
                String.join("; ", reasons),
                Optional.of(governing).filter(policy -> !policy.equals(release.policy()))));
        if (governing.approvals().isEmpty()) {
            events.add(new ReleaseEvent.Readied());
        }
        return events;
    }

    /**
     * Whether what others did while this one waited has made it needless: a newer sibling is active, and nobody asked for the
     * older one afterwards, or what a rollback goes back to is active again, and whole.
     */
    public static boolean overtaken(Release release, Environment environment, Comparator<VersionNumber> order) {
        Optional<ActiveVersion> later = activatedSince(release, environment);
        return release.kind() == ReleaseKind.ROLLBACK
                ? environment.degradation().isEmpty()
                        && later.filter(active -> !active.release().equals(release.id()))
                                .filter(active -> active.version().equals(release.version()))
                                .isPresent()
                : release.order() == Release.Order.FORWARD
                        && later.filter(active -> order.compare(active.number(), release.number()) > 0)
                                .isPresent();
    }

    private static Optional<ActiveVersion> activatedSince(Release release, Environment environment) {
        return environment.active().filter(active -> active.since().isAfter(release.requestedAt()));
    }

    private static Condition nothingElseSince(Release rollback, Environment environment) {
        return activatedSince(rollback, environment)
                .filter(active -> !active.release().equals(rollback.id()))
                .map(active -> Condition.unmet(
                        "rollback.overtaken",
                        active.number() + " of release " + active.release() + " became active in " + environment.name()
                                + " after rollback " + rollback.id() + " was requested",
                        "roll back release " + active.release()))
                .orElseGet(() -> Condition.met(
                        "rollback.overtaken", "Nothing else became active since this rollback was requested"));
    }

    private static Condition held(Environment environment, Actor actor) {
        return environment
                .hold()
                .map(hold -> actor.isHuman()
                        ? Condition.met(
                                "release.hold",
                                "Deploying lifts the hold of " + hold.by().id())
                        : held(environment, hold))
                .orElseGet(() -> Condition.met("release.hold", "Environment " + environment.name() + " is not held"));
    }

    static Condition held(Environment environment, Hold hold) {
        return Condition.unmet(
                "release.hold",
                "Environment " + environment.name() + " is held by " + hold.by().id() + ": " + hold.reason(),
                "resume");
    }
}
