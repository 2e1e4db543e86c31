package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.WindowOverride;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of a release while an event changes them. */
final class ReleaseDraft {
    private final Release before;
    private EnvironmentPolicy policy;
    private PlanSummary plan;
    private Optional<EnvironmentName> bypassed;
    private Optional<Instant> forced;
    private Optional<WindowOverride> windowOverride;
    private Release.Order order;
    private List<Approval> approvals;
    private final List<Attempt> attempts;
    private Optional<Backup> backup;
    private List<Delivery> delivered;
    private ReleaseState state;

    ReleaseDraft(Release before) {
        this.before = before;
        policy = before.policy();
        plan = before.plan();
        bypassed = before.bypassed();
        forced = before.forced();
        windowOverride = before.windowOverride();
        order = before.order();
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
                policy,
                plan,
                before.rollbackOf(),
                bypassed,
                forced,
                windowOverride,
                order,
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
                || event instanceof ReleaseEvent.StepWaits
                || event instanceof ReleaseEvent.StepLost
                || event instanceof ReleaseEvent.Resolved) {
            step(event, stamp);
        } else if (event instanceof ReleaseEvent.GateJudged
                || event instanceof ReleaseEvent.GateKept
                || event instanceof ReleaseEvent.VerdictAwaited) {
            gate(event, stamp);
        } else if (event instanceof ReleaseEvent.Approved
                || event instanceof ReleaseEvent.VoteWithdrawn
                || event instanceof ReleaseEvent.ApprovalsLapsed
                || event instanceof ReleaseEvent.Forced
                || event instanceof ReleaseEvent.UpstreamBypassed
                || event instanceof ReleaseEvent.DowngradeWanted
                || event instanceof ReleaseEvent.WindowOverridden) {
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
        } else if (event instanceof ReleaseEvent.Forced past) {
            forced = Optional.of(past.degradation());
        } else if (event instanceof ReleaseEvent.DowngradeWanted) {
            order = Release.Order.DOWNGRADE;
        } else if (event instanceof ReleaseEvent.WindowOverridden) {
            windowOverride =
                    Optional.of(new WindowOverride(stamp.actor(), stamp.reason().orElse(""), stamp.at()));
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
            policy = lapsed.policy().orElse(policy);
            approvals = List.of();
            windowOverride = Optional.empty(); // it was given for what would have happened then
            state = new ReleaseState.PendingApproval(stamp.at(), Optional.of(lapsed.why()));
        }
    }

    private void run(ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.AttemptStarted started) {
            attempts.add(new Attempt(
                    started.number(),
                    started.fencingToken(),
                    started.by().orElse(stamp.actor()),
                    stamp.at(),
                    started.queuedFor(),
                    Optional.empty(),
                    carriedOver()));
            state = new ReleaseState.InProgress(stamp.at(), Optional.empty());
        } else if (event instanceof ReleaseEvent.TakenOver over) {
            replace(attempt().under(over.fencingToken()));
        } else {
            state = new ReleaseState.InProgress(
                    state instanceof ReleaseState.InProgress running ? running.since() : stamp.at(),
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
        List<StepRun> runs = new ArrayList<>(attempt().steps());
        if (event instanceof ReleaseEvent.StepStarted started) {
            runs.add(StepRun.begun(started.step(), started.attemptKey(), stamp.at()));
        } else {
            runs.set(runs.size() - 1, outcome(runs.get(runs.size() - 1), event, stamp));
        }
        replaceSteps(runs);
    }

    private StepRun outcome(StepRun run, ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.StepSucceeded succeeded) {
            backup = backup.or(succeeded::backup);
            return StepRunRules.ended(run, StepRun.Status.SUCCEEDED, succeeded.took(), succeeded.summary());
        }
        if (event instanceof ReleaseEvent.StepFailed failed) {
            return StepRunRules.failed(run, failed);
        }
        if (event instanceof ReleaseEvent.StepWaits waits) {
            return StepRunRules.waiting(run, waits, stamp.at());
        }
        if (event instanceof ReleaseEvent.StepLost lost) {
            Optional<ReleaseState.Cancellation> wanted = ((ReleaseState.InProgress) state).cancellation();
            state = new ReleaseState.Paused(lost.step(), lost.why(), stamp.at(), wanted);
            return StepRunRules.lost(run, lost.why());
        }
        ReleaseEvent.Resolved resolved = (ReleaseEvent.Resolved) event;
        state = new ReleaseState.InProgress(stamp.at(), ((ReleaseState.Paused) state).cancellation());
        return StepRunRules.resolved(run, resolved.resolution(), stamp.actor().id());
    }

    private void gate(ReleaseEvent event, Stamp stamp) {
        if (event instanceof ReleaseEvent.GateJudged judged) {
            judged(judged.run());
            if (state instanceof ReleaseState.Paused paused) {
                state = new ReleaseState.InProgress(stamp.at(), paused.cancellation());
            }
        } else if (event instanceof ReleaseEvent.GateKept kept) {
            judged(kept.run());
        } else if (event instanceof ReleaseEvent.VerdictAwaited awaited) {
            String why = "quality gate '" + awaited.gate() + "' waits for the verdict of a person";
            Optional<ReleaseState.Cancellation> wanted = ((ReleaseState.InProgress) state).cancellation();
            List<StepRun> runs = attempt().steps();
            Step step = runs.get(runs.size() - 1).step();
            state = new ReleaseState.Paused(step, why, stamp.at(), wanted);
        }
    }

    private void judged(GateRun run) {
        List<StepRun> runs = new ArrayList<>(attempt().steps());
        runs.set(runs.size() - 1, runs.get(runs.size() - 1).judged(run));
        replaceSteps(runs);
    }

    private void end(ReleaseEvent event, Stamp stamp) {
        Instant at = stamp.at();
        if (event instanceof ReleaseEvent.Readied) {
            state = new ReleaseState.Ready(at);
        } else if (event instanceof ReleaseEvent.SentBack) {
            state = ((ReleaseState.Queued) state).before();
        } else if (event instanceof ReleaseEvent.Queued) {
            state = new ReleaseState.Queued(at, stamp.actor(), state);
        } else if (event instanceof ReleaseEvent.Rejected) {
            state = new ReleaseState.Rejected(stamp.actor(), stamp.reason().orElse(""), at);
        } else if (event instanceof ReleaseEvent.Expired) {
            state = new ReleaseState.Expired(at);
        } else if (event instanceof ReleaseEvent.Cancelled cancelled) {
            state = new ReleaseState.Cancelled(cancelled.by(), cancelled.why(), at);
        } else if (event instanceof ReleaseEvent.Superseded superseded) {
            state = new ReleaseState.Superseded(superseded.by(), at);
        } else if (event instanceof ReleaseEvent.Succeeded succeeded) {
            replace(attempt().took(succeeded.took()));
            delivered = succeeded.delivered();
            state = new ReleaseState.Succeeded(at);
        } else if (event instanceof ReleaseEvent.Failed failed) {
            replace(attempt().took(failed.took()));
            state = new ReleaseState.Failed(failed.step(), failed.failure(), failed.message(), at);
        } else if (event instanceof ReleaseEvent.RolledBack back) {
            Instant ended = state.finishedAt().orElse(at);
            state = new ReleaseState.RolledBack(back.by(), ended, state instanceof ReleaseState.Succeeded, at);
        }
    }

    private Attempt attempt() {
        return attempts.get(attempts.size() - 1);
    }

    private void replace(Attempt attempt) {
        attempts.set(attempts.size() - 1, attempt);
    }

    private void replaceSteps(List<StepRun> runs) {
        replace(attempt().steps(runs));
    }
}
