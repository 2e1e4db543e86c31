package io.github.releasepipeline.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.notify.Bulletin.Fact;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Letters in words. */
class BulletinTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Actor ALICE = Actor.user("alice");
    private static final Actor BOB = Actor.user("bob");
    private static final ReleaseId RELEASE = new ReleaseId("r-1");
    private static final VersionId VERSION = new VersionId("v-1");
    private static final VersionNumber NUMBER = new VersionNumber("", 1, 3, 0, "", "");
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final Digest DIGEST = Digest.of("x");
    private static final Duration TOOK = Duration.ofSeconds(3_723);

    private final Map<SubjectId<?>, Object> snapshots = new HashMap<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private Optional<String> reason = Optional.empty();
    private Optional<RollbackOf> rollbackOf = Optional.empty();
    private int needed;

    @Test
    void a_release_that_waits_says_for_whom() {
        needed = 2;
        approvals.add(new Approval(BOB, Set.of(), "", NOW, DIGEST));
        reason = Optional.of("smoke tests green");
        Bulletin bulletin = of(
                new ReleaseEvent.VoteWithdrawn(), new ReleaseState.PendingApproval(NOW, Optional.of("plan changed")));

        assertThat(bulletin.subject()).isEqualTo("release:r-1");
        assertThat(bulletin.headline()).isEqualTo("v1.3.0 to production");
        assertThat(bulletin.status()).isEqualTo("pending approval");
        assertThat(bulletin.severity()).isEqualTo(Severity.DETAIL);
        assertThat(bulletin.happened()).isEqualTo("vote withdrawn by carol: because");
        assertThat(bulletin.notes()).isEmpty();
        assertThat(bulletin.facts())
                .containsExactly(
                        new Fact("Status", "pending approval"),
                        new Fact("Environment", "production"),
                        new Fact("Version", "v1.3.0"),
                        new Fact("Requested by", "alice"),
                        new Fact("Reason", "smoke tests green"),
                        new Fact("Approvals", "1 of 2 (bob)"),
                        new Fact("Outcome", "earlier approvals lapsed: plan changed"),
                        new Fact("Release", "r-1"));
    }

    @Test
    void approvals_are_told_if_some_are_needed_or_given() {
        assertThat(fact("Approvals", new ReleaseState.Ready(NOW))).isEmpty();
        needed = 1;
        assertThat(fact("Approvals", new ReleaseState.Ready(NOW))).contains("0 of 1");
        needed = 0;
        approvals.add(new Approval(ALICE, Set.of(), "", NOW, DIGEST));
        approvals.add(new Approval(BOB, Set.of(), "", NOW, DIGEST));
        assertThat(fact("Approvals", new ReleaseState.Ready(NOW))).contains("2 of 0 (alice, bob)");
    }

    @Test
    void a_release_that_runs_says_how_far_it_is() {
        attempts.add(attempt(
                1,
                run(Step.PRE_DEPLOYMENT_CHECKS, StepRun.Status.SUCCEEDED),
                run(Step.QUALITY_GATES, StepRun.Status.RUNNING)));
        ReleaseState running = new ReleaseState.InProgress(NOW, Optional.empty());
        assertThat(fact("Steps", running)).contains("1 of 7, quality gates running");
        attempts.add(attempt(2));
        assertThat(fact("Steps", running)).contains("0 of 7 (attempt 2)");
        assertThat(fact("Duration", running)).isEmpty();
    }

    @Test
    void a_release_that_is_done_says_how_long_it_took() {
        StepRun[] all = Step.of(ReleaseKind.DEPLOY).stream()
                .map(step -> run(step, StepRun.Status.SUCCEEDED))
                .toArray(StepRun[]::new);
        attempts.add(new Attempt(1, 1, ALICE, NOW, Optional.of(TOOK), List.of(all)));
        assertThat(fact("Steps", new ReleaseState.Succeeded(NOW))).contains("7 of 7");
        assertThat(fact("Duration", new ReleaseState.Succeeded(NOW))).contains("1 h 2 min 3 s");
        assertThat(fact("Outcome", new ReleaseState.Succeeded(NOW))).isEmpty();
    }

    @Test
    void how_a_release_ended_is_told() {
        assertThat(fact("Outcome", new ReleaseState.Failed(Step.BACKUP, FailureKind.ERRORED, "disk full", NOW)))
                .contains("failed in backup: disk full");
        assertThat(fact("Outcome", new ReleaseState.Paused(Step.ACTIVATE, "no answer", NOW, Optional.empty())))
                .contains("nobody knows what came of activate: no answer");
        assertThat(fact("Outcome", new ReleaseState.Rejected(BOB, "freeze", NOW)))
                .contains("rejected by bob: freeze");
        assertThat(fact("Outcome", new ReleaseState.Cancelled(BOB, "wrong one", NOW)))
                .contains("called off by bob: wrong one");
        assertThat(fact("Outcome", new ReleaseState.RolledBack(new ReleaseId("r-2"), NOW, true, NOW)))
                .contains("rolled back by release r-2");
        assertThat(fact("Outcome", new ReleaseState.Superseded(new ReleaseId("r-2"), NOW)))
                .contains("superseded by release r-2");
        assertThat(fact("Outcome", new ReleaseState.PendingApproval(NOW, Optional.empty())))
                .isEmpty();
    }

    @Test
    void a_rollback_says_where_from() {
        rollbackOf = Optional.of(
                new RollbackOf(new ReleaseId("r-0"), new VersionId("v-2"), new VersionNumber("", 1, 4, 0, "", "")));
        assertThat(of(new ReleaseEvent.Readied(), new ReleaseState.Ready(NOW)).headline())
                .isEqualTo("Rollback of production from v1.4.0 to v1.3.0");
    }

    @Test
    void what_happened_is_one_sentence() {
        assertThat(happened(new ReleaseEvent.StepStarted(Step.BACKUP, "k"))).isEqualTo("backup begins");
        assertThat(happened(new ReleaseEvent.StepSucceeded(Step.BACKUP, Duration.ofSeconds(61), "", Optional.empty())))
                .isEqualTo("✓ backup (1 min 1 s)");
        assertThat(happened(new ReleaseEvent.StepSucceeded(Step.BACKUP, Duration.ZERO, "4 MB", Optional.empty())))
                .isEqualTo("✓ backup (0 s): 4 MB");
        assertThat(happened(new ReleaseEvent.StepFailed(Step.BACKUP, TOOK, FailureKind.FAILED, "disk full")))
                .isEqualTo("✗ backup (1 h 2 min 3 s): disk full");
        assertThat(happened(
                        new EnvironmentEvent.VerificationFailed(new ReleaseId("r-1"), FailureKind.FAILED, "unhealthy")))
                .isEqualTo("verification failed: unhealthy");
        assertThat(happened(new ReleaseEvent.StepWaits(
                        Step.BACKUP, TOOK, Instant.parse("2026-03-01T12:00:02Z"), "no disk")))
                .isEqualTo("backup waits until 2026-03-01T12:00:02Z: no disk");
        GateRun run = GateRun.first("scan", GateVerdict.FAILED, "2 holes", Map.of(), NOW);
        assertThat(happened(new ReleaseEvent.GateJudged(run))).contains("quality gate 'scan' failed");
        assertThat(happened(new ReleaseEvent.GateKept(run))).isEqualTo("quality gate 'scan' failed before: 2 holes");
        assertThat(happened(new ReleaseEvent.VerdictAwaited("board")))
                .isEqualTo("quality gate 'board' waits for the verdict of a person");
        assertThat(happened(new ReleaseEvent.StepLost(Step.BACKUP, "no answer")))
                .isEqualTo("nobody knows what came of backup: no answer");
        assertThat(happened(new ReleaseEvent.AttemptStarted(1, 1))).isEqualTo("started");
        assertThat(happened(new ReleaseEvent.AttemptStarted(2, 2))).isEqualTo("attempt 2 started");
        assertThat(happened(new ReleaseEvent.Succeeded(TOOK, List.of()))).isEqualTo("succeeded after 1 h 2 min 3 s");
        assertThat(happened(new ReleaseEvent.Failed(Step.BACKUP, TOOK, FailureKind.FAILED, "disk full")))
                .isEqualTo("failed in backup after 1 h 2 min 3 s: disk full");
        assertThat(happened(new ReleaseEvent.RolledBack(new ReleaseId("r-2")))).isEqualTo("rolled back by release r-2");
        assertThat(happened(new ReleaseEvent.Superseded(new ReleaseId("r-2")))).isEqualTo("superseded by release r-2");
        assertThat(happened(new ReleaseEvent.Cancelled(BOB, "wrong one"))).isEqualTo("called off by bob: wrong one");
        assertThat(happened(new ReleaseEvent.Expired())).isEqualTo("expired: the approvals did not come in time");
        assertThat(happened(new ReleaseEvent.ApprovalsLapsed(plan(), "drift"))).isEqualTo("approvals lapsed: drift");
        assertThat(happened(new ReleaseEvent.SentBack("staging moved on")))
                .isEqualTo("sent back from the queue: staging moved on");
        assertThat(happened(new ReleaseEvent.UpstreamBypassed(new EnvironmentName("staging"))))
                .isEqualTo("staging passed over by carol: because");
        assertThat(happened(new ReleaseEvent.Readied())).isEqualTo("approved, ready to deploy");
        assertThat(happened(new ReleaseEvent.Rejected())).isEqualTo("rejected by carol: because");
        assertThat(happened(new EnvironmentEvent.Degraded("disk full", List.of())))
                .isEqualTo("degraded: disk full: because");
        assertThat(happened(new EnvironmentEvent.HoldPlaced())).isEqualTo("hold placed by carol: because");
    }

    @Test
    void a_version_has_notes() {
        Version version = new Version(
                VERSION,
                NUMBER,
                Bump.MINOR,
                "a feature",
                new CommitId("0".repeat(40)),
                Optional.empty(),
                List.of(),
                List.of(),
                DIGEST,
                ItemCounts.of(List.of()),
                ItemCounts.of(List.of()),
                "# Notes",
                Optional.empty(),
                List.of(),
                ALICE,
                NOW,
                Optional.empty(),
                new VersionState.Published(NOW));
        snapshots.put(VERSION, version);

        Bulletin bulletin = Bulletin.of(letter(VERSION, new VersionEvent.Published()), reader());
        assertThat(bulletin.headline()).isEqualTo("Version v1.3.0");
        assertThat(bulletin.status()).isEqualTo("published");
        assertThat(bulletin.happened()).isEqualTo("published by carol: because");
        assertThat(bulletin.notes()).contains("# Notes");
        assertThat(bulletin.facts())
                .containsExactly(
                        new Fact("Version", "v1.3.0"),
                        new Fact("Status", "published"),
                        new Fact("Made by", "alice"),
                        new Fact("Why this number", "MINOR: a feature"));
        assertThat(of(new ReleaseEvent.Readied(), new ReleaseState.Ready(NOW)).notes())
                .contains("# Notes");
    }

    @Test
    void anything_else_is_told_by_its_name() {
        Bulletin environment =
                Bulletin.of(letter(new EnvironmentId(PRODUCTION), new EnvironmentEvent.HoldPlaced()), reader());
        assertThat(environment.headline()).isEqualTo("Environment production");
        assertThat(environment.status()).isEqualTo("hold placed");
        assertThat(environment.severity()).isEqualTo(Severity.WARNING);
        assertThat(environment.facts()).isEmpty();
        Bulletin set = Bulletin.of(letter(new ChangeSetId("cs-1"), new ChangeSetEvent.Readied()), reader());
        assertThat(set.headline()).isEqualTo("Change set cs-1");
        Bulletin unknown = Bulletin.of(letter(RELEASE, new ReleaseEvent.Readied()), reader());
        assertThat(unknown.headline()).isEqualTo("Release r-1");
    }

    @Test
    void a_letter_knows_what_it_is_about() {
        assertThat(letter(RELEASE, new ReleaseEvent.Readied()).release()).contains(RELEASE);
        assertThat(letter(RELEASE, new ReleaseEvent.Readied()).version()).isEmpty();
        assertThat(letter(VERSION, new VersionEvent.Published()).version()).contains(VERSION);
        assertThat(letter(VERSION, new VersionEvent.Published()).release()).isEmpty();
    }

    private Optional<String> fact(String name, ReleaseState state) {
        return of(new ReleaseEvent.Readied(), state).facts().stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::value)
                .findFirst();
    }

    private String happened(DomainEvent event) {
        return Bulletin.of(letter(RELEASE, event), reader()).happened();
    }

    private Bulletin of(DomainEvent event, ReleaseState state) {
        EnvironmentPolicy open = EnvironmentPolicy.of(Tier.PRODUCTION);
        EnvironmentPolicy policy = new EnvironmentPolicy(
                open.tier(),
                needed == 0 ? List.of() : List.of(ApprovalRule.anyone(needed)),
                open.refusedApprovers(),
                open.upstream(),
                open.bypass(),
                open.line(),
                open.gates(),
                open.queueOrder(),
                open.start(),
                open.preReleases(),
                open.approvalExpiry(),
                open.windows(),
                open.steps());
        snapshots.put(
                RELEASE,
                new Release(
                        RELEASE,
                        ReleaseKind.DEPLOY,
                        VERSION,
                        NUMBER,
                        DIGEST,
                        PRODUCTION,
                        ALICE,
                        NOW,
                        reason,
                        policy,
                        plan(),
                        rollbackOf,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Release.Order.FORWARD,
                        approvals,
                        attempts,
                        Optional.empty(),
                        List.of(),
                        state));
        return Bulletin.of(letter(RELEASE, event), reader());
    }

    private static PlanSummary plan() {
        ItemCounts none = ItemCounts.of(List.of());
        return new PlanSummary(DIGEST, DIGEST, none, none, none, Optional.empty());
    }

    private static Attempt attempt(int number, StepRun... runs) {
        return new Attempt(number, number, ALICE, NOW, Optional.empty(), List.of(runs));
    }

    private static StepRun run(Step step, StepRun.Status status) {
        return StepRun.begun(step, "k", NOW).now(status, Optional.empty(), "");
    }

    private static Letter letter(SubjectId<?> subject, DomainEvent event) {
        Stamp stamp = new Stamp(Actor.user("carol"), NOW, Optional.of("because"));
        return new Letter("chat", AuditRecord.next(ChainHead.empty(), subject, "1", stamp, event), 0);
    }

    private Snapshots reader() {
        return new Snapshots() {
            @Override
            @SuppressWarnings("unchecked") // each is kept under its own id
            public <S> Optional<Stored<S>> find(SubjectId<S> id) {
                return Optional.ofNullable((S) snapshots.get(id)).map(Stored::unsaved);
            }
        };
    }
}
