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
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.StepWait;
import io.github.releasepipeline.release.WindowOverride;
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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                new ReleaseState.Queued(
                        NOW, Sample.BOB, new ReleaseState.Failed(Step.BACKUP, FailureKind.ERRORED, "disk full", NOW)),
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
                List.of(
                        GatePolicy.once("lint"),
                        new GatePolicy(
                                "security",
                                Duration.ofMinutes(5),
                                new GatePolicy.Asking.Sampled(
                                        Duration.ofMinutes(1),
                                        Duration.ofSeconds(30),
                                        Duration.ofMinutes(10),
                                        Duration.ofHours(1))),
                        new GatePolicy(
                                "board", Duration.ofDays(1), new GatePolicy.Asking.ByPerson(Optional.of("cab")))),
                EnvironmentPolicy.QueueOrder.NEWEST_WINS,
                EnvironmentPolicy.Start.WHEN_APPROVED,
                EnvironmentPolicy.PreReleases.ALLOWED,
                Duration.ofDays(3),
                windows(),
                new StepPolicy(
                        Map.of(
                                "ACTIVATE",
                                new StepLimits(
                                        Duration.ofSeconds(90), 3, Duration.ofMillis(500), 2, Duration.ofSeconds(30))),
                        AfterFailure.ROLL_BACK,
                        Optional.of(new CanaryPolicy(10, List.of(GatePolicy.once("error rate")))),
                        Optional.of(new WatchPolicy(Duration.ofHours(1), Duration.ofMinutes(5)))));
        StepRun backup = StepRun.begun(Step.DEACTIVATE, "r-full/1/DEACTIVATE", NOW)
                .now(StepRun.Status.SUCCEEDED, Optional.of(Duration.ofMillis(1_234)), "done")
                .judged(GateRun.first("lint", GateVerdict.PASSED, "Lint passed", Map.of(), NOW))
                .judged(new GateRun(
                        "security",
                        GateVerdict.FAILED,
                        "2 holes: \"a\" and b",
                        Map.of("report", "https://scan.example/1?a=b#c", "holes", "2"),
                        MICROS,
                        7,
                        2,
                        NOW));
        StepRun restore = new StepRun(
                Step.RESTORE,
                "r-full/1/RESTORE",
                MICROS,
                StepRun.Status.FAILED,
                Optional.of(Duration.ofMillis(5_678)),
                "no connection",
                Optional.of(FailureKind.ERRORED),
                Optional.of(new StepWait(2, NOW, MICROS, Duration.ofSeconds(6), "no connection")),
                List.of());
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
                Optional.of(NOW),
                Optional.of(new WindowOverride(Sample.BOB, "customers are down", MICROS)),
                Release.Order.DOWNGRADE,
                List.of(new Approval(Sample.BOB, Set.of("security", "ops"), "fine", MICROS, plan.digest())),
                List.of(
                        new Attempt(
                                1,
                                7,
                                Sample.ALICE,
                                NOW,
                                Duration.ofSeconds(7),
                                Optional.of(Duration.ofSeconds(90)),
                                List.of(backup)),
                        new Attempt(
                                2,
                                9,
                                Actor.system().onBehalfOf("bob"),
                                MICROS,
                                Optional.empty(),
                                List.of(backup, restore))),
                Optional.of(new Backup("backup-1", bare.manifest())),
                List.of(new Delivery(339, NOW, Optional.of(MICROS)), new Delivery(341, NOW, Optional.empty())),
                new ReleaseState.InProgress(NOW, Optional.empty()));
    }

    private static List<DeploymentWindow> windows() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        return List.of(
                DeploymentWindow.allow("weekdays", berlin, LocalDateTime.parse("2024-01-01T09:00"), Duration.ofHours(8))
                        .repeating("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;UNTIL=20301231T235959Z"),
                DeploymentWindow.deny(
                                "night run", berlin, LocalDateTime.parse("2024-01-01T00:00:00.5"), Duration.ofHours(1))
                        .repeating("FREQ=DAILY;COUNT=30"),
                DeploymentWindow.deny("freeze", NOW, MICROS));
    }

    static Environment environment() {
        ActiveVersion active = new ActiveVersion(
                new VersionId("v-2"),
                Sample.number(2, 0, 0),
                Sample.manifest("workflows/a.json").digest(),
                new ReleaseId("r-2"),
                MICROS,
                Optional.empty());
        ActiveVersion former = new ActiveVersion(
                new VersionId("v-1"),
                Sample.number(1, 0, 0),
                active.manifest(),
                new ReleaseId("r-1"),
                NOW,
                Optional.of(MICROS));
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
                        MICROS)),
                Optional.of(new Watch(new ReleaseId("r-2"), MICROS, MICROS.plusSeconds(600))));
    }
}
