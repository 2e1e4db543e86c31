package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentPolicy;
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
    private StartRules() {}

    /**
     * Pressing Deploy. Accepts nothing if the release may start as it is, or the lapse of its approvals if what would
     * happen is not what was approved.
     *
     * @param fresh what would happen now
     */
    public static Decision deploy(
            Release release,
            Version version,
            Environment environment,
            Optional<RequestRules.UpstreamFacts> upstream,
            PlanSummary fresh,
            Stamp stamp) {
        return ReleaseActions.refusal(release, ReleaseAction.DEPLOY)
                .or(() -> ApprovalRules.expired(release, stamp.at()))
                .or(() -> RequestRules.version(version, release.policy()))
                .or(() -> RequestRules.degraded(environment))
                .or(() -> held(environment, stamp.actor()))
                .or(() -> RequestRules.soaked(version, upstream, stamp.at()))
                .orElseGet(() -> Decision.accept(lapse(release, fresh)));
    }

    /** Whether the version was retired while its release waited; empty if it may still go on. */
    public static Optional<Decision> retired(Release release, Version version) {
        return release.kind() == ReleaseKind.ROLLBACK
                ? RollbackRules.target(version, true)
                : RequestRules.version(version, release.policy());
    }

    /** Running a failed release again. */
    public static Decision retry(
            Release release,
            Version version,
            Environment environment,
            Optional<RequestRules.UpstreamFacts> upstream,
            PlanSummary fresh,
            Stamp stamp) {
        return ReleaseActions.refusal(release, ReleaseAction.RETRY)
                .or(() -> retired(release, version))
                .or(() -> release.kind() == ReleaseKind.ROLLBACK
                        ? Optional.empty()
                        : RequestRules.degraded(environment)
                                .or(() -> held(environment, stamp.actor()))
                                .or(() -> RequestRules.soaked(version, upstream, stamp.at())))
                .or(() -> release.kind() == ReleaseKind.DEPLOY
                                && !fresh.observed().equals(release.plan().observed())
                        ? Optional.of(Decision.refuse(
                                "release.retry.changed",
                                "Environment " + release.environment() + " has changed since release " + release.id()
                                        + " was planned",
                                "request a new release"))
                        : Optional.empty())
                .orElseGet(Decision::accept);
    }

    /**
     * Whether the environment still demands what it demanded when the deployment was requested: its approvals were given
     * for those demands.
     *
     * @param now what the environment demands now
     */
    public static Decision sameDemands(Release release, EnvironmentPolicy now) {
        ReleaseState.Kind state = release.state().kind();
        boolean starts = state == ReleaseState.Kind.READY || state == ReleaseState.Kind.FAILED;
        EnvironmentPolicy then = release.policy();
        boolean same = then.approvals().equals(now.approvals())
                && then.refusedApprovers().equals(now.refusedApprovers())
                && then.upstream().equals(now.upstream())
                && (release.bypassed().isEmpty() || then.bypass() == now.bypass())
                && then.line().equals(now.line())
                && then.gates().equals(now.gates())
                && then.preReleases() == now.preReleases();
        return same || !starts || release.kind() == ReleaseKind.ROLLBACK
                ? Decision.accept()
                : Decision.refuse(
                        "release.policy-changed",
                        "Environment " + release.environment() + " demands other things now than when release "
                                + release.id() + " was requested",
                        "request a new release");
    }

    /** The events that follow when a plan is not what was approved; none if it is. */
    public static List<DomainEvent> lapse(Release release, PlanSummary fresh) {
        if (release.kind() == ReleaseKind.ROLLBACK
                || fresh.digest().equals(release.plan().digest())) {
            return List.of();
        }
        String why = fresh.observed().equals(release.plan().observed())
                ? "what has to be done or approved has changed"
                : "the environment holds other items than when this was planned";
        List<DomainEvent> events = new ArrayList<>();
        events.add(new ReleaseEvent.ApprovalsLapsed(fresh, why));
        if (release.policy().approvals().isEmpty()) {
            events.add(new ReleaseEvent.Readied());
        }
        return events;
    }

    /** Whether a newer sibling was done while this one waited, and nobody asked for the older one afterwards. */
    public static boolean overtaken(Release release, Environment environment, Comparator<VersionNumber> order) {
        return release.kind() == ReleaseKind.DEPLOY
                && environment
                        .active()
                        .filter(active -> active.since().isAfter(release.requestedAt()))
                        .filter(active -> order.compare(active.number(), release.number()) > 0)
                        .isPresent();
    }

    private static Optional<Decision> held(Environment environment, Actor actor) {
        return environment
                .hold()
                .filter(hold -> !actor.isHuman())
                .map(hold -> Decision.refuse(
                        "release.hold",
                        "Environment " + environment.name() + " is held by "
                                + hold.by().id() + ": " + hold.reason(),
                        "resume"));
    }
}
