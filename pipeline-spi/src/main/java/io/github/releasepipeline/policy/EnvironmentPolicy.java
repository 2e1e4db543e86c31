package io.github.releasepipeline.policy;

import io.github.releasepipeline.subject.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an environment demands of a release. Copied into each release when it is requested.
 *
 * @param tier what the environment is for
 * @param approvals who has to approve; empty if nobody
 * @param refusedApprovers whose votes are refused
 * @param upstream where the version has to succeed first
 * @param bypass which versions may come past the upstream, with a permission and a reason
 * @param line the component whose versions come here; empty for those of the repository's one line
 * @param gates the quality gates, in order
 * @param queueOrder who goes first when the environment is busy
 * @param start whether an approved release starts by itself
 * @param preReleases whether pre-releases may come here
 * @param approvalExpiry how long a release may wait for its approvals, and once it has them, for its start; at
 *     most {@link Spans#LONGEST}
 * @param windows when deployments are possible; empty for always. Those that the environment has at the start count, not those
 *     at the request
 * @param steps how its steps are run
 */
public record EnvironmentPolicy(
        Tier tier,
        List<ApprovalRule> approvals,
        Set<Involved> refusedApprovers,
        Optional<Upstream> upstream,
        Bypass bypass,
        String line,
        List<GatePolicy> gates,
        QueueOrder queueOrder,
        Start start,
        PreReleases preReleases,
        Duration approvalExpiry,
        List<DeploymentWindow> windows,
        StepPolicy steps) {
    /** People who are involved in a release. */
    public enum Involved {
        /** Who asked for the release. */
        REQUESTER,
        /** Who created the version. */
        VERSION_CREATOR,
        /**
         * Authors of all pull requests that the environment would newly get. The provider's name of an author is compared with
         * the id of an actor as it is, case included: hosts give people the ids that they have there, or map them.
         */
        PULL_REQUEST_AUTHOR
    }

    /** Which versions may come past the environment before this one. */
    public enum Bypass {
        /** Any. */
        ANY_VERSION,
        /** Hotfixes only. */
        HOTFIXES,
        /** None. */
        NOTHING
    }

    /** Who goes first when the environment is busy. */
    public enum QueueOrder {
        /** The one that waits longest. */
        OLDEST_FIRST,
        /** The newest; older waiting ones are superseded by it. */
        NEWEST_WINS
    }

    /** When an approved release starts. */
    public enum Start {
        /** When somebody presses Deploy. */
        WHEN_DEPLOYED,
        /** At once, with the last approval. */
        WHEN_APPROVED
    }

    /** Whether pre-releases may come into an environment. */
    public enum PreReleases {
        /** They may not. */
        REFUSED,
        /** They may. */
        ALLOWED
    }

    /** Checks the time, and copies the collections. */
    public EnvironmentPolicy {
        Spans.bounded("The expiry of approvals", approvalExpiry);
        approvals = List.copyOf(approvals);
        refusedApprovers = Set.copyOf(refusedApprovers);
        gates = List.copyOf(gates);
        windows = List.copyOf(windows);
    }

    /**
     * The policy of a tier before anything is configured: no approvals, no gates, no upstream, versions of the repository's
     * one line, requester refused as approver, oldest first, started by hand, pre-releases refused in production only, requests expire after 7 days, always open.
     */
    public static EnvironmentPolicy of(Tier tier) {
        return new EnvironmentPolicy(
                tier,
                List.of(),
                Set.of(Involved.REQUESTER),
                Optional.empty(),
                Bypass.ANY_VERSION,
                "",
                List.of(),
                QueueOrder.OLDEST_FIRST,
                Start.WHEN_DEPLOYED,
                tier == Tier.PRODUCTION ? PreReleases.REFUSED : PreReleases.ALLOWED,
                Duration.ofDays(7),
                List.of(),
                StepPolicy.standard());
    }

    /** The same demands, and another way to start. */
    public EnvironmentPolicy starting(Start when) {
        return new EnvironmentPolicy(
                tier,
                approvals,
                refusedApprovers,
                upstream,
                bypass,
                line,
                gates,
                queueOrder,
                when,
                preReleases,
                approvalExpiry,
                windows,
                steps);
    }

    /** The same demands, and other quality gates. */
    public EnvironmentPolicy gates(List<GatePolicy> values) {
        return new EnvironmentPolicy(
                tier,
                approvals,
                refusedApprovers,
                upstream,
                bypass,
                line,
                values,
                queueOrder,
                start,
                preReleases,
                approvalExpiry,
                windows,
                steps);
    }

    /** Whether deployments are possible at an instant. */
    public WindowState window(Instant at) {
        return WindowState.of(windows, at);
    }

    /** What makes the windows senseless, a clause for people; empty if nothing does. */
    public Optional<String> windowProblem() {
        return new WindowCalendar(windows).problem();
    }

    /** The same demands, and another way to run steps. */
    public EnvironmentPolicy steps(StepPolicy value) {
        return new EnvironmentPolicy(
                tier,
                approvals,
                refusedApprovers,
                upstream,
                bypass,
                line,
                gates,
                queueOrder,
                start,
                preReleases,
                approvalExpiry,
                windows,
                value);
    }

    /** How many approvals all rules demand together. */
    public int approvalsNeeded() {
        return approvals.stream().mapToInt(ApprovalRule::count).sum();
    }
}
