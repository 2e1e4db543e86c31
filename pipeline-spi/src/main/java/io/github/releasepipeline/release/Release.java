package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One version going into one environment.
 *
 * @param id its id
 * @param kind deployment or rollback
 * @param version the version it brings
 * @param number that version's number
 * @param manifest digest of that version's manifest
 * @param environment where to
 * @param requestedBy who asked for it
 * @param requestedAt when
 * @param reason why; mandatory for rollbacks and bypasses
 * @param policy the environment's policy when it was requested, or when its approvals lapsed because more was demanded
 * @param plan what it does
 * @param rollbackOf for a rollback, what it goes away from
 * @param bypassed the environment whose order was passed over, with {@code reason}
 * @param forced the degradation of the environment that it goes past, by its time, if somebody forced it
 * @param windowOverride who let it past closed windows, if anybody did
 * @param order whether it may bring an older version than one that became active while it waited
 * @param approvals votes that count for the plan
 * @param attempts its executions, oldest first
 * @param backup the first attempt's backup, once made
 * @param delivered the pull requests that reached production for the first time with it
 * @param state how far it is
 */
public record Release(
        ReleaseId id,
        ReleaseKind kind,
        VersionId version,
        VersionNumber number,
        Digest manifest,
        EnvironmentName environment,
        Actor requestedBy,
        Instant requestedAt,
        Optional<String> reason,
        EnvironmentPolicy policy,
        PlanSummary plan,
        Optional<RollbackOf> rollbackOf,
        Optional<EnvironmentName> bypassed,
        Optional<Instant> forced,
        Optional<WindowOverride> windowOverride,
        Order order,
        List<Approval> approvals,
        List<Attempt> attempts,
        Optional<Backup> backup,
        List<Delivery> delivered,
        ReleaseState state) {
    private static final Digest NOTHING = Manifest.empty().digest();

    /** Which way it goes. */
    public enum Order {
        /** Forward: it is superseded if a newer version becomes active while it waits. */
        FORWARD,
        /** Whatever is active: a downgrade was asked for. */
        DOWNGRADE
    }

    /** Copies the lists. */
    public Release {
        approvals = List.copyOf(approvals);
        attempts = List.copyOf(attempts);
        delivered = List.copyOf(delivered);
    }

    /**
     * The steps that it goes through, in order: with a canary if its policy demands one, and something is there that keeps the
     * rest of the traffic.
     */
    public List<Step> steps() {
        boolean gradual = kind == ReleaseKind.DEPLOY
                && policy.steps().canary().isPresent()
                && !plan.observed().equals(NOTHING);
        return gradual ? Step.gradually() : Step.of(kind);
    }

    /** Whether it ended well and was not rolled back since. */
    public boolean succeeded() {
        return state instanceof ReleaseState.Succeeded;
    }

    /** The newest execution; empty before the first. */
    public Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** Who started its newest execution; empty before the first. */
    public Optional<Actor> deployedBy() {
        return lastAttempt().map(Attempt::startedBy);
    }

    /** When its first attempt started; empty before. */
    public Optional<Instant> startedAt() {
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.get(0).startedAt());
    }

    /** How long the final attempt took, without any waiting before it; empty while none has ended. */
    public Optional<Duration> took() {
        return lastAttempt().flatMap(Attempt::took);
    }

    /** How long the final attempt had waited in the queue; empty before the first. */
    public Optional<Duration> queuedFor() {
        return lastAttempt().map(Attempt::queuedFor);
    }

    /** How long it waited for its last approval; empty if nobody has approved it. */
    public Optional<Duration> approvedAfter() {
        return approvals.stream()
                .map(Approval::at)
                .max(Comparator.naturalOrder())
                .map(last -> Duration.between(requestedAt, last));
    }

    /** What it leaves as it is: of a rollback everything but the items; empty for a deployment. */
    public List<NotRolledBack> notRolledBack() {
        return kind == ReleaseKind.ROLLBACK ? List.of(NotRolledBack.values()) : List.of();
    }
}
