package io.github.releasepipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReleaseModelTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor ALICE = Actor.user("alice");
    private static final List<ReleaseState> STATES = List.of(
            new ReleaseState.PendingApproval(NOON, Optional.empty()),
            new ReleaseState.Ready(NOON),
            new ReleaseState.Queued(NOON, ALICE, new ReleaseState.Ready(NOON)),
            new ReleaseState.InProgress(NOON, Optional.empty()),
            new ReleaseState.Paused(Step.ACTIVATE, "why", NOON, Optional.empty()),
            new ReleaseState.Succeeded(NOON),
            new ReleaseState.Failed(Step.ACTIVATE, FailureKind.FAILED, "no", NOON),
            new ReleaseState.RolledBack(new ReleaseId("r2"), NOON, true, NOON.plusSeconds(60)),
            new ReleaseState.Rejected(ALICE, "no", NOON),
            new ReleaseState.Cancelled(ALICE, "no", NOON),
            new ReleaseState.Superseded(new ReleaseId("r2"), NOON),
            new ReleaseState.Expired(NOON));

    private static Release release(ReleaseState state, Attempt... attempts) {
        ItemCounts none = ItemCounts.of(List.of());
        return new Release(
                new ReleaseId("r"),
                ReleaseKind.DEPLOY,
                new VersionId("v"),
                new VersionNumber("", 1, 0, 0, "", ""),
                Digest.of(""),
                new EnvironmentName("staging"),
                ALICE,
                NOON,
                Optional.empty(),
                EnvironmentPolicy.of(Tier.STAGING),
                new PlanSummary(Digest.of("p"), Digest.of("o"), none, none, none, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Release.Order.FORWARD,
                List.of(),
                List.of(attempts),
                Optional.empty(),
                List.of(),
                state);
    }

    @Test
    void who_takes_something_back_or_decides_for_others_has_to_say_why() {
        assertThat(Arrays.stream(ReleaseAction.values())
                        .filter(action -> action.reason() == ReleaseAction.Reason.MANDATORY))
                .containsExactlyInAnyOrder(
                        ReleaseAction.REJECT,
                        ReleaseAction.FORCE,
                        ReleaseAction.CANCEL,
                        ReleaseAction.OVERRIDE_WINDOW,
                        ReleaseAction.RESOLVE,
                        ReleaseAction.JUDGE,
                        ReleaseAction.ROLLBACK);
        assertThat(ReleaseAction.APPROVE.reason()).isEqualTo(ReleaseAction.Reason.OPTIONAL);
        assertThat(ReleaseAction.DEPLOY.reason()).isEqualTo(ReleaseAction.Reason.NONE);
    }

    @Test
    void a_wait_is_over_when_its_time_has_come() {
        StepWait wait = new StepWait(1, NOON, NOON.plusSeconds(10), Duration.ofSeconds(10), "why");
        assertThat(wait.isOver(NOON)).isFalse();
        assertThat(wait.isOver(NOON.plusMillis(9_999))).isFalse();
        assertThat(wait.isOver(NOON.plusSeconds(10))).isTrue();
        assertThat(wait.isOver(NOON.plusSeconds(11))).isTrue();
    }

    @Test
    void a_clock_that_is_put_back_makes_a_wait_twice_as_long_at_most() {
        StepWait wait = new StepWait(1, NOON, NOON.plusSeconds(10), Duration.ofSeconds(10), "why");
        assertThat(wait.isOver(NOON.minusSeconds(10))).isFalse();
        assertThat(wait.isOver(NOON.minusMillis(10_001))).isTrue();
        assertThat(wait.isOver(NOON.minus(Duration.ofDays(365)))).isTrue();
    }

    @Test
    void only_a_failed_step_that_waits_is_tried_again() {
        StepWait wait = new StepWait(1, NOON, NOON.plusSeconds(10), Duration.ofSeconds(10), "why");
        assertThat(StepRun.begun(Step.BACKUP, "key", NOON).isTriedAgain()).isFalse();
        for (StepRun.Status status : StepRun.Status.values()) {
            StepRun waits = new StepRun(
                    Step.BACKUP,
                    "key",
                    NOON,
                    status,
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    Optional.of(wait),
                    List.of());
            assertThat(waits.isTriedAgain()).isEqualTo(status == StepRun.Status.FAILED);
            StepRun ended = waits.now(status, Optional.empty(), "");
            assertThat(ended.isTriedAgain()).isFalse();
        }
    }

    @Test
    void checks_gates_and_messages_change_nothing() {
        assertThat(Arrays.stream(Step.values()).filter(Step::onlyReads))
                .containsExactly(
                        Step.PRE_DEPLOYMENT_CHECKS,
                        Step.QUALITY_GATES,
                        Step.POST_DEPLOYMENT_CHECKS,
                        Step.CANARY_ANALYSIS,
                        Step.NOTIFY,
                        Step.VERIFY,
                        Step.ALERT);
    }

    @Test
    void each_state_has_its_own_name() {
        assertThat(STATES.stream().map(ReleaseState::kind)).containsExactly(Kind.values());
    }

    @Test
    void a_release_has_ended_or_is_under_way_and_a_rollback_does_not_move_its_end() {
        for (ReleaseState state : STATES) {
            assertThat(state.finishedAt())
                    .as(state.toString())
                    .isEqualTo(state.kind().isUnderWay() ? Optional.empty() : Optional.of(NOON));
        }
        assertThat(Arrays.stream(Kind.values()).filter(Kind::isUnderWay))
                .containsExactlyElementsOf(EnumSet.range(Kind.PENDING_APPROVAL, Kind.PAUSED));
    }

    @Test
    void a_release_succeeded_only_in_the_state_of_that_name() {
        assertThat(STATES.stream().filter(state -> release(state).succeeded()))
                .containsExactly(new ReleaseState.Succeeded(NOON));
    }

    @Test
    void a_release_starts_with_its_first_attempt_and_took_as_long_as_its_last() {
        Attempt first = new Attempt(1, 5, ALICE, NOON, Optional.of(Duration.ofSeconds(7)), List.of());
        Attempt second = new Attempt(
                2, 6, Actor.user("bob"), NOON.plusSeconds(60), Optional.of(Duration.ofSeconds(9)), List.of());
        Release release = release(new ReleaseState.Succeeded(NOON), first, second);
        assertThat(release.startedAt()).contains(NOON);
        assertThat(release.took()).contains(Duration.ofSeconds(9));
        assertThat(release.lastAttempt()).contains(second);
        Release waiting = release(new ReleaseState.Ready(NOON));
        assertThat(waiting.startedAt()).isEmpty();
        assertThat(waiting.took()).isEmpty();
        assertThat(waiting.lastAttempt()).isEmpty();
    }

    @Test
    void a_deployment_has_seven_steps_and_a_rollback_five() {
        assertThat(Step.of(ReleaseKind.DEPLOY))
                .containsExactly(
                        Step.PRE_DEPLOYMENT_CHECKS,
                        Step.QUALITY_GATES,
                        Step.BACKUP,
                        Step.DEPLOY_ARTIFACTS,
                        Step.POST_DEPLOYMENT_CHECKS,
                        Step.ACTIVATE,
                        Step.NOTIFY);
        assertThat(Step.of(ReleaseKind.ROLLBACK))
                .containsExactly(Step.DEACTIVATE, Step.RESTORE, Step.ACTIVATE_PREVIOUS, Step.VERIFY, Step.ALERT);
        assertThat(Step.DEPLOY_ARTIFACTS.label()).isEqualTo("deploy artifacts");
        assertThat(Arrays.stream(Step.values()).map(Step::label)).doesNotHaveDuplicates();
        assertThat(ReleaseAction.VIEW_LOGS.label()).isEqualTo("View logs");
        assertThat(Arrays.stream(ReleaseAction.values()).map(ReleaseAction::label))
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[A-Z][a-z ]+"));
    }

    @Test
    void a_line_of_the_log_reads_as_in_the_specification() {
        assertThat(line(LogEntry.Level.INFO).format(ZoneOffset.UTC)).isEqualTo("[2026-03-01 12:00:00] text");
        assertThat(line(LogEntry.Level.SUCCESS).format(ZoneOffset.UTC)).isEqualTo("[2026-03-01 12:00:00] ✓ text");
        assertThat(line(LogEntry.Level.WARNING).format(ZoneOffset.UTC)).isEqualTo("[2026-03-01 12:00:00] ! text");
        assertThat(line(LogEntry.Level.ERROR).format(ZoneId.of("Asia/Tokyo")))
                .isEqualTo("[2026-03-01 21:00:00] ✗ text");
    }

    private static LogLine line(LogEntry.Level level) {
        return new LogLine(3, new LogEntry(new ReleaseId("r"), NOON, 1, Optional.of(Step.BACKUP), level, "text"));
    }

    @Test
    void a_plan_is_summed_up_by_kinds_and_its_digest() {
        Plan plan = plan(
                "o",
                List.of(
                        operation(ItemOperation.Type.CREATE, "workflow", "a"),
                        operation(ItemOperation.Type.CREATE, "agent", "b"),
                        operation(ItemOperation.Type.UPDATE, "workflow", "c"),
                        operation(ItemOperation.Type.DELETE, "tool", "d")));
        assertThat(plan.summary())
                .isEqualTo(new PlanSummary(
                        plan.digest(),
                        Digest.of("o"),
                        ItemCounts.of(List.of("workflow", "agent")),
                        ItemCounts.of(List.of("workflow")),
                        ItemCounts.of(List.of("tool")),
                        Optional.of(new VersionId("v0"))));
    }

    @Test
    void the_digest_of_a_plan_changes_with_all_that_was_approved() {
        Plan plan = plan("o", List.of(operation(ItemOperation.Type.CREATE, "workflow", "a")));
        assertThat(plan.digest())
                .isEqualTo(plan("o", List.of(operation(ItemOperation.Type.CREATE, "workflow", "a")))
                        .digest());
        assertThat(List.of(
                        plan.digest(),
                        plan("x", plan.operations()).digest(),
                        plan("o", List.of()).digest(),
                        new Plan(
                                        plan.version(),
                                        plan.manifest(),
                                        plan.observed(),
                                        plan.operations(),
                                        List.of("scan"),
                                        plan.approvals(),
                                        plan.rollbackTarget())
                                .digest(),
                        new Plan(
                                        plan.version(),
                                        plan.manifest(),
                                        plan.observed(),
                                        plan.operations(),
                                        plan.gates(),
                                        List.of(ApprovalRule.anyone(1)),
                                        plan.rollbackTarget())
                                .digest(),
                        new Plan(
                                        plan.version(),
                                        plan.manifest(),
                                        plan.observed(),
                                        plan.operations(),
                                        plan.gates(),
                                        plan.approvals(),
                                        Optional.empty())
                                .digest()))
                .doesNotHaveDuplicates();
    }

    private static Plan plan(String observed, List<ItemOperation> operations) {
        return new Plan(
                new VersionId("v"),
                Digest.of("m"),
                Digest.of(observed),
                operations,
                List.of(),
                List.of(),
                Optional.of(new VersionId("v0")));
    }

    private static ItemOperation operation(ItemOperation.Type type, String kind, String path) {
        return new ItemOperation(type, new ItemId(kind, path), Optional.of(Digest.of(path)));
    }

    @Test
    void an_approval_keeps_the_groups_of_its_moment() {
        Set<String> groups = new HashSet<>(Set.of("sre"));
        Approval approval = new Approval(ALICE, groups, "", NOON, Digest.of("p"));
        groups.clear();
        assertThat(approval.groups()).containsExactly("sre");
    }

    @Test
    void an_id_is_one_line() {
        assertThat(new ReleaseId(" r1 ")).hasToString("r1");
        assertThat(new ReleaseId("r1").reference()).isEqualTo("release:r1");
        assertThatThrownBy(() -> new ReleaseId("")).hasMessage("A release id must not be blank");
        assertThatThrownBy(() -> new ReleaseId("x".repeat(101))).hasMessageContaining("at most 100");
        assertThat(new ReleaseId("x".repeat(100)).value()).hasSize(100);
    }

    @Test
    void each_state_has_words_for_people() {
        assertThat(Stream.of(ReleaseState.Kind.values()).map(ReleaseState.Kind::label))
                .containsExactly(
                        "Pending approval",
                        "Ready",
                        "Queued",
                        "In progress",
                        "Paused",
                        "Succeeded",
                        "Failed",
                        "Rolled back",
                        "Rejected",
                        "Cancelled",
                        "Superseded",
                        "Expired");
    }
}
