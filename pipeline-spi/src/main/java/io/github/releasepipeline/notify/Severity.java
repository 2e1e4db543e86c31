package io.github.releasepipeline.notify;

import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionEvent;
import java.util.Set;

/** How much an event matters to somebody who does not watch, least first. */
public enum Severity {
    /** A step on the way: of interest to who follows. */
    DETAIL,
    /** Something came to its next state, as it should. */
    INFO,
    /** Something did not go as it should; somebody should look. */
    WARNING,
    /** Something went wrong in an environment, or was taken back. */
    ALERT;

    private static final Set<Class<? extends DomainEvent>> DETAILS = Set.of(
            ReleaseEvent.StepStarted.class,
            ReleaseEvent.StepSucceeded.class,
            ReleaseEvent.StepWaits.class,
            ReleaseEvent.Approved.class,
            ReleaseEvent.VoteWithdrawn.class,
            ReleaseEvent.TakenOver.class,
            ReleaseEvent.GateJudged.class,
            ReleaseEvent.GateKept.class,
            VersionEvent.Drafted.class,
            EnvironmentEvent.Enqueued.class,
            EnvironmentEvent.Dequeued.class,
            EnvironmentEvent.SlotTaken.class,
            EnvironmentEvent.SlotTakenOver.class,
            EnvironmentEvent.SlotFreed.class);

    private static final Set<Class<? extends DomainEvent>> WARNINGS = Set.of(
            ReleaseEvent.UpstreamBypassed.class,
            ReleaseEvent.DowngradeWanted.class,
            ReleaseEvent.WindowOverridden.class,
            ReleaseEvent.Forced.class,
            ReleaseEvent.StepFailed.class,
            ReleaseEvent.ApprovalsLapsed.class,
            ReleaseEvent.SentBack.class,
            ReleaseEvent.Rejected.class,
            ReleaseEvent.Expired.class,
            ReleaseEvent.VerdictAwaited.class,
            ReleaseEvent.CancelRequested.class,
            ReleaseEvent.Cancelled.class,
            VersionEvent.Deprecated.class,
            VersionEvent.Discarded.class,
            EnvironmentEvent.HoldPlaced.class,
            EnvironmentEvent.TokenRaised.class,
            AutomationEvent.LeftAlone.class,
            AutomationEvent.Obstructed.class,
            AutomationEvent.Stopped.class);

    private static final Set<Class<? extends DomainEvent>> ALERTS = Set.of(
            ReleaseEvent.StepLost.class,
            ReleaseEvent.Failed.class,
            ReleaseEvent.RolledBack.class,
            VersionEvent.Blocked.class,
            EnvironmentEvent.RolledBackTo.class,
            EnvironmentEvent.Degraded.class,
            EnvironmentEvent.VerificationFailed.class);

    /** The severity of an event; that somebody asks for a rollback is an alert, what is not named here is information. */
    public static Severity of(DomainEvent event) {
        if (ALERTS.contains(event.getClass()) || isRollback(event)) {
            return ALERT;
        }
        if (WARNINGS.contains(event.getClass())) {
            return WARNING;
        }
        return DETAILS.contains(event.getClass()) ? DETAIL : INFO;
    }

    private static boolean isRollback(DomainEvent event) {
        return event instanceof ReleaseEvent.Requested requested && requested.releaseKind() == ReleaseKind.ROLLBACK;
    }

    /** Whether this matters as much as the other, or more. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
