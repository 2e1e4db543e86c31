package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
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
     */
    record ApprovalsLapsed(PlanSummary plan, String why) implements ReleaseEvent {}

    /** Somebody who may approve said no. */
    record Rejected() implements ReleaseEvent {}

    /** The approvals did not come in time. */
    record Expired() implements ReleaseEvent {}

    /** It waits for the environment. */
    record Queued() implements ReleaseEvent {}

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
     */
    record AttemptStarted(int number, long fencingToken) implements ReleaseEvent {}

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
