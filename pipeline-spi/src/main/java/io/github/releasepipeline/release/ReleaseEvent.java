package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can happen to a release. */
public sealed interface ReleaseEvent extends DomainEvent {
    /**
     * Somebody asked for it.
     *
     * @param releaseKind deployment or rollback
     * @param version the version it brings
     * @param number that version's number
     * @param manifest digest of that version's manifest
     * @param environment where to
     * @param policy the environment's policy now
     * @param plan what it will do
     * @param rollbackOf for a rollback, what it goes away from
     */
    record Requested(
            ReleaseKind releaseKind,
            VersionId version,
            VersionNumber number,
            Digest manifest,
            EnvironmentName environment,
            EnvironmentPolicy policy,
            PlanSummary plan,
            Optional<RollbackOf> rollbackOf)
            implements ReleaseEvent {}

    /**
     * An enforced order of environments was passed over, with a reason.
     *
     * @param upstream the environment that was passed over
     */
    record UpstreamBypassed(EnvironmentName upstream) implements ReleaseEvent {}

    /** It was asked for although newer versions may be active, with a reason. */
    record DowngradeWanted() implements ReleaseEvent {}

    /** Somebody let it past closed windows, with a reason. */
    record WindowOverridden() implements ReleaseEvent {}

    /**
     * Somebody lets it into an environment that is degraded, with a reason.
     *
     * @param degradation since when the environment is; it does not go past a later one
     */
    record Forced(Instant degradation) implements ReleaseEvent {}

    /**
     * Somebody voted for it.
     *
     * @param groups the groups they are in
     * @param plan digest of the plan they saw
     */
    record Approved(Set<String> groups, Digest plan) implements ReleaseEvent {}

    /** Somebody took their vote back. */
    record VoteWithdrawn() implements ReleaseEvent {}

    /** Every approval rule is satisfied. */
    record Readied() implements ReleaseEvent {}

    /**
     * What the approvals were given for is not what would happen now.
     *
     * @param plan what would happen now
     * @param why what changed
     * @param policy what the release has to meet from now on, if the environment demands more than before
     */
    record ApprovalsLapsed(PlanSummary plan, String why, Optional<EnvironmentPolicy> policy) implements ReleaseEvent {
        /** Under the same policy. */
        public ApprovalsLapsed(PlanSummary plan, String why) {
            this(plan, why, Optional.empty());
        }
    }

    /**
     * Somebody who may approve said no.
     *
     * @param seen digest of the plan that they saw, as far as they told
     */
    record Rejected(Optional<Digest> seen) implements ReleaseEvent {
        /** Without telling what was seen. */
        public Rejected() {
            this(Optional.empty());
        }
    }

    /** The approvals did not come in time. */
    record Expired() implements ReleaseEvent {}

    /** It waits for the environment. */
    record Queued() implements ReleaseEvent {}

    /**
     * It left the queue and is what it was before, ready or failed, because when its turn came what let it in was not so any
     * more.
     *
     * @param why what was not as it has to be
     */
    record SentBack(String why) implements ReleaseEvent {}

    /**
     * A newer release took its place.
     *
     * @param by which
     */
    record Superseded(ReleaseId by) implements ReleaseEvent {}

    /**
     * An execution of its steps began.
     *
     * @param number from 1
     * @param fencingToken under which it runs
     * @param by who wanted it, if it was started in their name after it had waited
     * @param queuedFor how long it had waited in the queue
     */
    record AttemptStarted(int number, long fencingToken, Optional<Actor> by, Duration queuedFor)
            implements ReleaseEvent {
        /** Started by who wanted it, without waiting. */
        public AttemptStarted(int number, long fencingToken) {
            this(number, fencingToken, Optional.empty(), Duration.ZERO);
        }
    }

    /**
     * Another worker goes on with the running attempt.
     *
     * @param fencingToken under which it goes on
     */
    record TakenOver(long fencingToken) implements ReleaseEvent {}

    /**
     * The intent to run a step.
     *
     * @param step which
     * @param attemptKey the key under which the target will know the call
     */
    record StepStarted(Step step, String attemptKey) implements ReleaseEvent {}

    /**
     * A step is done.
     *
     * @param step which
     * @param took how long it took
     * @param summary one line of result
     * @param backup what a backup step made
     */
    record StepSucceeded(Step step, Duration took, String summary, Optional<Backup> backup) implements ReleaseEvent {}

    /**
     * A step said no or did not work.
     *
     * @param step which
     * @param took how long it took
     * @param failure what sort of error
     * @param message what was said
     */
    record StepFailed(Step step, Duration took, FailureKind failure, String message) implements ReleaseEvent {}

    /**
     * A step waits: after a failure for another try, while it runs for another look at it.
     *
     * @param step which
     * @param took how long was worked on it before the wait
     * @param until when it goes on
     * @param why what it waits for
     */
    record StepWaits(Step step, Duration took, Instant until, String why) implements ReleaseEvent {}

    /**
     * Nobody can tell what came of a step.
     *
     * @param step which
     * @param why what is known
     */
    record StepLost(Step step, String why) implements ReleaseEvent {}

    /**
     * A person found out what came of a lost step.
     *
     * @param resolution what they found or want
     */
    record Resolved(Resolution resolution) implements ReleaseEvent {}

    /**
     * A quality gate, or a person in its place, judged.
     *
     * @param run what was said
     */
    record GateJudged(GateRun run) implements ReleaseEvent {}

    /**
     * An earlier judgement of a quality gate still counts.
     *
     * @param run what was said then
     */
    record GateKept(GateRun run) implements ReleaseEvent {}

    /**
     * It waits for a person's judgement.
     *
     * @param gate name of the quality gate
     */
    record VerdictAwaited(String gate) implements ReleaseEvent {}

    /** Somebody wants the running release called off. */
    record CancelRequested() implements ReleaseEvent {}

    /**
     * It was called off.
     *
     * @param by who wanted it
     * @param why their reason
     */
    record Cancelled(Actor by, String why) implements ReleaseEvent {}

    /**
     * All steps are done.
     *
     * @param took how long the attempt took
     * @param delivered pull requests that reached production for the first time with it
     */
    record Succeeded(Duration took, List<Delivery> delivered) implements ReleaseEvent {}

    /**
     * The attempt ended with an error.
     *
     * @param step where
     * @param took how long the attempt took
     * @param failure what sort of error
     * @param message what was said
     */
    record Failed(Step step, Duration took, FailureKind failure, String message) implements ReleaseEvent {}

    /**
     * A rollback reverted it.
     *
     * @param by the rollback
     */
    record RolledBack(ReleaseId by) implements ReleaseEvent {}
}
