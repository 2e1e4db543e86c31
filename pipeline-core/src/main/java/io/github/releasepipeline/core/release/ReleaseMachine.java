package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.core.machine.TransitionTable;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.List;
import java.util.Optional;

/** The moves of a release. */
public final class ReleaseMachine implements Machine<ReleaseId, Release> {
    /** Which state may follow which. */
    public static final TransitionTable<Kind> TABLE = new TransitionTable<Kind>()
            .begin(ReleaseEvent.Requested.class, Kind.PENDING_APPROVAL)
            .stay(
                    Kind.PENDING_APPROVAL,
                    ReleaseEvent.UpstreamBypassed.class,
                    ReleaseEvent.DowngradeWanted.class,
                    ReleaseEvent.Forced.class,
                    ReleaseEvent.Approved.class,
                    ReleaseEvent.VoteWithdrawn.class)
            .edge(Kind.PENDING_APPROVAL, ReleaseEvent.Readied.class, Kind.READY)
            .edge(Kind.PENDING_APPROVAL, ReleaseEvent.Rejected.class, Kind.REJECTED)
            .edge(Kind.PENDING_APPROVAL, ReleaseEvent.Expired.class, Kind.EXPIRED)
            .edge(Kind.PENDING_APPROVAL, ReleaseEvent.Cancelled.class, Kind.CANCELLED)
            .stay(Kind.READY, ReleaseEvent.WindowOverridden.class)
            .stay(Kind.QUEUED, ReleaseEvent.WindowOverridden.class)
            .stay(Kind.FAILED, ReleaseEvent.WindowOverridden.class)
            .stay(Kind.READY, ReleaseEvent.Forced.class)
            .stay(Kind.QUEUED, ReleaseEvent.Forced.class)
            .stay(Kind.FAILED, ReleaseEvent.Forced.class)
            .edge(Kind.READY, ReleaseEvent.ApprovalsLapsed.class, Kind.PENDING_APPROVAL)
            .edge(Kind.READY, ReleaseEvent.Queued.class, Kind.QUEUED)
            .edge(Kind.READY, ReleaseEvent.AttemptStarted.class, Kind.IN_PROGRESS)
            .edge(Kind.READY, ReleaseEvent.Expired.class, Kind.EXPIRED)
            .edge(Kind.READY, ReleaseEvent.Cancelled.class, Kind.CANCELLED)
            .edge(Kind.QUEUED, ReleaseEvent.ApprovalsLapsed.class, Kind.PENDING_APPROVAL)
            .edge(Kind.QUEUED, ReleaseEvent.AttemptStarted.class, Kind.IN_PROGRESS)
            .edge(Kind.QUEUED, ReleaseEvent.SentBack.class, Kind.READY)
            .edge(Kind.QUEUED, ReleaseEvent.SentBack.class, Kind.FAILED)
            .edge(Kind.QUEUED, ReleaseEvent.Superseded.class, Kind.SUPERSEDED)
            .edge(Kind.QUEUED, ReleaseEvent.Cancelled.class, Kind.CANCELLED)
            .stay(
                    Kind.IN_PROGRESS,
                    ReleaseEvent.TakenOver.class,
                    ReleaseEvent.StepStarted.class,
                    ReleaseEvent.StepSucceeded.class,
                    ReleaseEvent.StepFailed.class,
                    ReleaseEvent.StepWaits.class,
                    ReleaseEvent.GateJudged.class,
                    ReleaseEvent.GateKept.class,
                    ReleaseEvent.CancelRequested.class)
            .edge(Kind.IN_PROGRESS, ReleaseEvent.StepLost.class, Kind.PAUSED)
            .edge(Kind.IN_PROGRESS, ReleaseEvent.VerdictAwaited.class, Kind.PAUSED)
            .edge(Kind.IN_PROGRESS, ReleaseEvent.Succeeded.class, Kind.SUCCEEDED)
            .edge(Kind.IN_PROGRESS, ReleaseEvent.Failed.class, Kind.FAILED)
            .edge(Kind.IN_PROGRESS, ReleaseEvent.Cancelled.class, Kind.CANCELLED)
            .edge(Kind.PAUSED, ReleaseEvent.Resolved.class, Kind.IN_PROGRESS)
            .edge(Kind.PAUSED, ReleaseEvent.GateJudged.class, Kind.IN_PROGRESS)
            .edge(Kind.PAUSED, ReleaseEvent.CancelRequested.class, Kind.IN_PROGRESS)
            .edge(Kind.FAILED, ReleaseEvent.Queued.class, Kind.QUEUED)
            .edge(Kind.FAILED, ReleaseEvent.AttemptStarted.class, Kind.IN_PROGRESS)
            .edge(Kind.FAILED, ReleaseEvent.RolledBack.class, Kind.ROLLED_BACK)
            .edge(Kind.SUCCEEDED, ReleaseEvent.RolledBack.class, Kind.ROLLED_BACK);

    /** The one instance. */
    public static final ReleaseMachine MACHINE = new ReleaseMachine();

    private ReleaseMachine() {}

    @Override
    public Release fold(ReleaseId id, Optional<Release> before, DomainEvent event, Stamp stamp) {
        Release after = event instanceof ReleaseEvent.Requested requested
                ? requested(id, requested, stamp)
                : new ReleaseDraft(before.orElseThrow(() -> new IllegalStateException("No release " + id)))
                        .apply((ReleaseEvent) event, stamp)
                        .done();
        TABLE.check(
                before.map(release -> release.state().kind()),
                event,
                after.state().kind());
        return after;
    }

    private static Release requested(ReleaseId id, ReleaseEvent.Requested requested, Stamp stamp) {
        return new Release(
                id,
                requested.releaseKind(),
                requested.version(),
                requested.number(),
                requested.manifest(),
                requested.environment(),
                stamp.actor(),
                stamp.at(),
                stamp.reason(),
                requested.policy(),
                requested.plan(),
                requested.rollbackOf(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Release.Order.FORWARD,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                new ReleaseState.PendingApproval(stamp.at(), Optional.empty()));
    }
}
