package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of a release while an event changes them. */
final class ReleaseDraft {
    private final Release before;
    private PlanSummary plan;
    private Optional<EnvironmentName> bypassed;
    private List<Approval> approvals;
    private final List<Attempt> attempts;
    private Optional<Backup> backup;
    private List<Delivery> delivered;
    private ReleaseState state;

    ReleaseDraft(Release before) {
        this.before = before;
        plan = before.plan();
        bypassed = before.bypassed();
        approvals = before.approvals();
        attempts = new ArrayList<>(before.attempts());
        backup = before.backup();
        delivered = before.delivered();
        state = before.state();
    }

    Release done() {
        return new Release(
                before.id(),
                before.kind(),
                before.version(),
                before.number(),
                before.manifest(),
                before.environment(),
                before.requestedBy(),
                before.requestedAt(),
                before.reason(),
                before.policy(),
                plan,
                before.rollbackOf(),
                bypassed,
                approvals,
                attempts,
                backup,
                delivered,
                state);
    }

    ReleaseDraft apply(ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.StepStarted
                || event instanceof ReleaseEvent.StepSucceeded
                || event instanceof ReleaseEvent.StepFailed
                || event instanceof ReleaseEvent.StepLost
                || event instanceof ReleaseEvent.Resolved) {
            step(event, stamp);
        } else if (event instanceof ReleaseEvent.Approved
                || event instanceof ReleaseEvent.VoteWithdrawn
                || event instanceof ReleaseEvent.ApprovalsLapsed
                || event instanceof ReleaseEvent.UpstreamBypassed) {
            vote(event, stamp);
        } else if (event instanceof ReleaseEvent.AttemptStarted
                || event instanceof ReleaseEvent.TakenOver
                || event instanceof ReleaseEvent.CancelRequested) {
            run(event, stamp);
        } else {
            end(event, stamp);
        }
        return this;
    }

    private void vote(ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.UpstreamBypassed over) {
            bypassed = Optional.of(over.upstream());
        } else if (event instanceof ReleaseEvent.Approved approved) {
            Approval approval = new Approval(
                    stamp.actor(), approved.groups(), stamp.reason().orElse(""), stamp.at(), approved.plan());
            approvals = Stream.concat(approvals.stream(), Stream.of(approval)).toList();
        } else if (event instanceof ReleaseEvent.VoteWithdrawn) {
            approvals = approvals.stream()
                    .filter(vote -> !vote.by().id().equals(stamp.actor().id()))
                    .toList();
        } else if (event instanceof ReleaseEvent.ApprovalsLapsed lapsed) {
            plan = lapsed.plan();
            approvals = List.of();
            state = new ReleaseState.PendingApproval(stamp.at(), Optional.of(lapsed.why()));
        }
    }

    private void run(ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.AttemptStarted started) {
            attempts.add(
                    new Attempt(started.number(), started.fencingToken(), stamp.at(), Optional.empty(), carriedOver()));
            state = new ReleaseState.InProgress(stamp.at(), Optional.empty());
        } else if (event instanceof ReleaseEvent.TakenOver over) {
            Attempt attempt = attempt();
            replace(new Attempt(
                    attempt.number(), over.fencingToken(), attempt.startedAt(), attempt.took(), attempt.steps()));
        } else {
            Instant since = ((ReleaseState.InProgress) state).since();
            state = new ReleaseState.InProgress(
                    since,
                    Optional.of(new ReleaseState.Cancellation(
                            stamp.actor(), stamp.reason().orElse(""))));
        }
    }

    /** A retry keeps the first backup, and runs everything else again: staging and judging can be repeated. */
    private List<StepRun> carriedOver() {
        return attempts.isEmpty()
                ? List.of()
                : attempt().steps().stream()
                        .filter(run -> run.step() == Step.BACKUP && run.status() == StepRun.Status.SUCCEEDED)
                        .toList();
    }

    private void step(ReleaseEvent event, Stamp stamp) {
        Attempt attempt = attempt();
        List<StepRun> runs = new ArrayList<>(attempt.steps());
        if (event instanceof ReleaseEvent.StepStarted started) {
            runs.add(new StepRun(
                    started.step(), started.attemptKey(), stamp.at(), StepRun.Status.RUNNING, Optional.empty(), ""));
        } else {
            runs.set(runs.size() - 1, outcome(runs.get(runs.size() - 1), event, stamp));
        }
        replace(new Attempt(attempt.number(), attempt.fencingToken(), attempt.startedAt(), attempt.took(), runs));
    }

    private StepRun outcome(StepRun run, ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.StepSucceeded succeeded) {
            backup = backup.or(succeeded::backup);
            return run(run, StepRun.Status.SUCCEEDED, Optional.of(succeeded.took()), succeeded.summary());
        }
        if (event instanceof ReleaseEvent.StepFailed failed) {
            return run(run, StepRun.Status.FAILED, Optional.of(failed.took()), failed.message());
        }
        if (event instanceof ReleaseEvent.StepLost lost) {
            Optional<ReleaseState.Cancellation> wanted = ((ReleaseState.InProgress) state).cancellation();
            state = new ReleaseState.Paused(lost.step(), lost.why(), stamp.at(), wanted);
            return run(run, StepRun.Status.UNKNOWN, Optional.empty(), lost.why());
        }
        ReleaseEvent.Resolved resolved = (ReleaseEvent.Resolved) event;
        state = new ReleaseState.InProgress(stamp.at(), ((ReleaseState.Paused) state).cancellation());
        return switch (resolved.resolution()) {
            case HAPPENED ->
                run(
                        run,
                        StepRun.Status.SUCCEEDED,
                        Optional.empty(),
                        "confirmed by " + stamp.actor().id());
            case REPEAT -> run;
            case GIVE_UP ->
                run(
                        run,
                        StepRun.Status.FAILED,
                        Optional.empty(),
                        "given up by " + stamp.actor().id());
        };
    }

    private static StepRun run(StepRun run, StepRun.Status status, Optional<Duration> took, String summary) {
        return new StepRun(run.step(), run.attemptKey(), run.startedAt(), status, took, summary);
    }

    private void end(ReleaseEvent event, Stamp stamp) {
        Instant at = stamp.at();
        if (event instanceof ReleaseEvent.Readied) {
            state = new ReleaseState.Ready(at);
        } else if (event instanceof ReleaseEvent.Queued) {
            state = new ReleaseState.Queued(at);
        } else if (event instanceof ReleaseEvent.Rejected) {
            state = new ReleaseState.Rejected(stamp.actor(), stamp.reason().orElse(""), at);
        } else if (event instanceof ReleaseEvent.Expired) {
            state = new ReleaseState.Expired(at);
        } else if (event instanceof ReleaseEvent.Cancelled cancelled) {
            state = new ReleaseState.Cancelled(cancelled.by(), cancelled.why(), at);
        } else if (event instanceof ReleaseEvent.Superseded superseded) {
            state = new ReleaseState.Superseded(superseded.by(), at);
        } else if (event instanceof ReleaseEvent.Succeeded succeeded) {
            took(succeeded.took());
            delivered = succeeded.delivered();
            state = new ReleaseState.Succeeded(at);
        } else if (event instanceof ReleaseEvent.Failed failed) {
            took(failed.took());
            state = new ReleaseState.Failed(failed.step(), failed.failure(), failed.message(), at);
        } else if (event instanceof ReleaseEvent.RolledBack back) {
            Instant ended = state.finishedAt().orElse(at);
            state = new ReleaseState.RolledBack(back.by(), ended, state instanceof ReleaseState.Succeeded, at);
        }
    }

    private void took(Duration took) {
        Attempt attempt = attempt();
        replace(new Attempt(
                attempt.number(), attempt.fencingToken(), attempt.startedAt(), Optional.of(took), attempt.steps()));
    }

    private Attempt attempt() {
        return attempts.get(attempts.size() - 1);
    }

    private void replace(Attempt attempt) {
        attempts.set(attempts.size() - 1, attempt);
    }
}
