package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Snapshots in every state and with every part filled. */
final class RichSamples {
    private static final Instant NOW = Sample.NOW;
    private static final Instant MICROS = NOW.plusNanos(123_456_000);

    private RichSamples() {}

    static List<ChangeSetState> changeSetStates() {
        return List.of(
                new ChangeSetState.Draft(),
                new ChangeSetState.PendingReview(Sample.ALICE, NOW),
                new ChangeSetState.Ready(Actor.rule("auto").onBehalfOf("alice"), MICROS),
                new ChangeSetState.Versioned("v1.3.0", NOW),
                new ChangeSetState.Abandoned(Sample.BOB, "not needed", NOW));
    }

    /** In the order of their merges. */
    static List<Automation> automations() {
        AutoChangeSetRule rule = AutoChangeSetRule.versioning("hotfix", "Hotfix", "staging", "production");
        ReleaseId release = new ReleaseId("r-1");
        List<AutomationState> states = List.of(
                new AutomationState.Versioning(Optional.empty()),
                new AutomationState.Versioning(Optional.of("somebody rides along")),
                new AutomationState.Deploying(Sample.STAGING, Optional.empty(), Optional.of("not now")),
                new AutomationState.Deploying(Sample.PRODUCTION, Optional.of(release), Optional.empty()),
                new AutomationState.Done(MICROS),
                new AutomationState.Stopped("rejected", NOW));
        List<Automation> all = new ArrayList<>();
        states.forEach(state -> all.add(new Automation(
                new AutomationId(new PullRequestId(Sample.REPOSITORY, 100 - all.size()), Sample.commit(all.size())),
                rule,
                List.of("invoice-processing"),
                Optional.of("alice"),
                NOW.plusSeconds(all.size()),
                new ChangeSetId("cs-1"),
                Optional.of(new VersionId("v-1")),
                List.of(release),
                state)));
        return all;
    }

    static Automation in(Automation automation, AutomationState state) {
        return new Automation(
                automation.id(),
                automation.rule(),
                automation.passedOver(),
                automation.mergedBy(),
                automation.mergedAt(),
                automation.changeSet(),
                automation.version(),
                automation.releases(),
                state);
    }

    static List<VersionState> versionStates() {
        return List.of(
                new VersionState.Draft(),
                new VersionState.Published(MICROS),
                new VersionState.Deprecated(MICROS, Sample.BOB, "slow", MICROS),
                new VersionState.Blocked(MICROS, Sample.BOB, "leaks", MICROS),
                new VersionState.Discarded("wrong commit", MICROS));
    }

    static List<ReleaseState> releaseStates() {
        ReleaseId other = new ReleaseId("r-other");
        return List.of(
                new ReleaseState.PendingApproval(NOW, Optional.of("the environment has drifted")),
                new ReleaseState.Ready(NOW),
                new ReleaseState.Queued(NOW),
                new ReleaseState.InProgress(NOW, Optional.of(new ReleaseState.Cancellation(Sample.BOB, "stop"))),
                new ReleaseState.Paused(Step.DEPLOY_ARTIFACTS, "no answer", NOW, Optional.empty()),
                new ReleaseState.Succeeded(MICROS),
                new ReleaseState.Failed(Step.ACTIVATE, FailureKind.ERRORED, "disk full", MICROS),
                new ReleaseState.RolledBack(other, NOW, true, MICROS),
                new ReleaseState.Rejected(Sample.BOB, "too late", MICROS),
                new ReleaseState.Cancelled(Sample.BOB, "changed plans", MICROS),
                new ReleaseState.Superseded(other, MICROS),
                new ReleaseState.Expired(MICROS));
    }

    static List<PullRequest> pullRequests() {
        List<PullRequest> all = new ArrayList<>();
        List<Progress> progresses = List.of(new Progress.Draft(), new Progress.Open(), new Progress.Closed(MICROS));
        progresses.forEach(progress ->
                all.add(Sample.pullRequest(all.size() + 1).progress(progress).build()));
        all.add(Sample.pullRequest(all.size() + 1)
                .merged()
                .labels("feature", "Größe: L")
                .review(new ReviewSummary(
                        ReviewSummary.Decision.UNKNOWN,
                        "PERHAPS",
                        Optional.of(1),
                        Optional.of(2),
                        List.of(new ReviewSummary.Review("bob", ReviewSummary.Decision.APPROVED, MICROS))))
                .checks(new CheckSummary(List.of(
                        new CheckSummary.Check(
                                "build",
                                CheckSummary.Status.PASSED,
                                "success",
                                "fine",
                                Optional.of(URI.create("https://ci.example/1?a=b#c"))),
                        new CheckSummary.Check("odd", CheckSummary.Status.UNKNOWN, "queued?", "", Optional.empty()))))
                .items(
                        Sample.created("workflows/a.json"),
                        ItemChange.deleted(Sample.item("workflows/b.json", "b")),
                        ItemChange.changed(
                                Sample.item("workflows/c.json", "c"), Sample.item("workflows/moved/c.json", "d")))
                .createdAt(MICROS)
                .build());
        return all;
    }

    static List<ChangeSet> changeSets() {
        List<ChangeSet> all = new ArrayList<>();
        changeSetStates().forEach(state -> {
            long first = 10L * all.size() + 1;
            all.add(Sample.changeSet("cs-" + all.size(), first + 2, first, first + 1)
                    .state(state)
                    .build());
        });
        return all;
    }

    static List<Release> releases() {
        List<Release> all = new ArrayList<>();
        releaseStates()
                .forEach(state ->
                        all.add(Sample.release("r-" + all.size()).state(state).build()));
        all.add(full());
        return all;
    }

    private static Release full() {
        Release bare = Sample.release("r-full").build();
        VersionId previous = new VersionId("v-previous");
        PlanSummary plan = new PlanSummary(
                bare.plan().digest(),
                bare.plan().observed(),
                ItemCounts.of(List.of("workflow", "workflow", "agent")),
                ItemCounts.of(List.of("agent")),
                ItemCounts.of(List.of("processor")),
                Optional.of(previous));
        EnvironmentPolicy policy = new EnvironmentPolicy(
                Tier.PRODUCTION,
                List.of(ApprovalRule.anyone(1), ApprovalRule.group("security", 2)),
                Set.of(EnvironmentPolicy.Involved.values()),
                Optional.of(new Upstream(Sample.STAGING, Duration.ofHours(1))),
                EnvironmentPolicy.Bypass.HOTFIXES,
                "billing",
                List.of("lint", "security"),
                EnvironmentPolicy.QueueOrder.NEWEST_WINS,
                EnvironmentPolicy.Start.WHEN_APPROVED,
                EnvironmentPolicy.PreReleases.ALLOWED,
                Duration.ofDays(3));
        StepRun backup = new StepRun(
                Step.DEACTIVATE,
                "r-full/1/DEACTIVATE",
                NOW,
                StepRun.Status.SUCCEEDED,
                Optional.of(Duration.ofMillis(1_234)),
                "done");
        StepRun restore =
                new StepRun(Step.RESTORE, "r-full/1/RESTORE", MICROS, StepRun.Status.RUNNING, Optional.empty(), "");
        return new Release(
                bare.id(),
                ReleaseKind.ROLLBACK,
                bare.version(),
                Sample.number(1, 3, 0, "rc.1"),
                bare.manifest(),
                bare.environment(),
                Actor.service("bot").onBehalfOf("alice"),
                MICROS,
                Optional.of("high error rate"),
                policy,
                plan,
                Optional.of(new RollbackOf(new ReleaseId("r-0"), previous, Sample.number(1, 2, 0))),
                Optional.of(Sample.STAGING),
                List.of(new Approval(Sample.BOB, Set.of("security", "ops"), "fine", MICROS, plan.digest())),
                List.of(
                        new Attempt(1, 7, NOW, Optional.of(Duration.ofSeconds(90)), List.of(backup)),
                        new Attempt(2, 9, MICROS, Optional.empty(), List.of(backup, restore))),
                Optional.of(new Backup("backup-1", bare.manifest())),
                List.of(new Delivery(339, NOW, Optional.of(MICROS)), new Delivery(341, NOW, Optional.empty())),
                new ReleaseState.InProgress(NOW, Optional.empty()));
    }

    static Environment environment() {
        ActiveVersion active = new ActiveVersion(
                new VersionId("v-2"),
                Sample.number(2, 0, 0),
                Sample.manifest("workflows/a.json").digest(),
                new ReleaseId("r-2"),
                MICROS);
        ActiveVersion former = new ActiveVersion(
                new VersionId("v-1"), Sample.number(1, 0, 0), active.manifest(), new ReleaseId("r-1"), NOW);
        return new Environment(
                Sample.PRODUCTION,
                Optional.of(active),
                List.of(former),
                Optional.of(new ReleaseId("r-3")),
                List.of(new QueuedRelease(new ReleaseId("r-4"), Sample.number(3, 0, 0), ReleaseKind.ROLLBACK)),
                42,
                Optional.of(new Hold(Sample.BOB, "incident", NOW)),
                Optional.of(new Degradation(
                        "half restored",
                        List.of(Sample.item("workflows/a.json", "a").id()),
                        MICROS)));
    }
}
