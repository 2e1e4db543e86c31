package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.active;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.item;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.plan;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.published;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static io.github.releasepipeline.core.machine.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.ApprovalNeed;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final PlanSummary SAME = plan("plan", "observed");
    private static final ReleaseId OTHER = new ReleaseId("r0");
    private static final Version BLOCKED =
            version(number(1, 3, 0), new VersionEvent.Published(), new VersionEvent.Blocked());

    private static Environment environment(
            Optional<ActiveVersion> active, Optional<ReleaseId> running, QueuedRelease... queue) {
        return new Environment(
                STAGING,
                active,
                List.of(),
                running,
                List.of(queue),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static final Environment FREE = environment(Optional.empty(), Optional.empty());

    private static StartRules.Facts facts(
            Release release, Version version, Environment environment, PlanSummary fresh) {
        return new StartRules.Facts(
                release, version, environment, release.policy(), Optional.empty(), fresh, by(ALICE, ""));
    }

    private static List<String> unmet(List<Condition> conditions) {
        return conditions.stream()
                .filter(Condition::isUnmet)
                .map(Condition::code)
                .toList();
    }

    private static Condition condition(List<Condition> conditions, String code) {
        return conditions.stream()
                .filter(condition -> condition.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_ready_release_is_told_when_it_expires_and_that_all_is_as_it_was_planned() {
        Release ready = release(requested(policy(ApprovalRule.anyone(1))), new ReleaseEvent.Readied());
        List<Condition> conditions = StartRules.conditions(facts(ready, published(), FREE, SAME));
        assertThat(unmet(conditions)).isEmpty();
        assertThat(condition(conditions, "release.expired").text())
                .isEqualTo("It expires at " + NOON.plus(Duration.ofDays(7)));
        assertThat(condition(conditions, "release.state").text()).isEqualTo("Deploy is possible");
        assertThat(condition(conditions, "release.plan-changed").text())
                .isEqualTo("What would happen is what was planned");
    }

    @Test
    void another_plan_is_in_the_way_where_somebody_approved_and_a_note_where_nobody_has_to() {
        Release ready = release(requested(policy(ApprovalRule.anyone(1))), new ReleaseEvent.Readied());
        Condition drifted = condition(
                StartRules.conditions(facts(ready, published(), FREE, plan("other", "drifted"))),
                "release.plan-changed");
        assertThat(drifted.isUnmet()).isTrue();
        assertThat(drifted.text()).endsWith("the environment holds other items than when this was planned");
        assertThat(condition(
                                StartRules.conditions(facts(ready, published(), FREE, plan("other", "observed"))),
                                "release.plan-changed")
                        .text())
                .endsWith("what has to be done has changed");
        Release open = release(requested(policy()), new ReleaseEvent.Readied());
        assertThat(condition(
                                StartRules.conditions(facts(open, published(), FREE, plan("other", "drifted"))),
                                "release.plan-changed")
                        .status())
                .isEqualTo(Condition.Status.NOTE);
    }

    @Test
    void that_more_is_demanded_is_told_once_and_drift_beside_it() {
        Release ready = release(requested(policy()), new ReleaseEvent.Readied());
        for (String observed : List.of("observed", "drifted")) {
            StartRules.Facts facts = new StartRules.Facts(
                    ready,
                    published(),
                    FREE,
                    policy(ApprovalRule.anyone(1)),
                    Optional.empty(),
                    plan("other", observed),
                    by(ALICE, ""));
            List<Condition> conditions = StartRules.conditions(facts);
            assertThat(unmet(conditions)).containsExactly("release.policy-changed");
            assertThat(condition(conditions, "release.plan-changed").status())
                    .isEqualTo(observed.equals("observed") ? Condition.Status.MET : Condition.Status.NOTE);
        }
    }

    @Test
    void a_failed_release_is_looked_at_for_a_retry() {
        Release failed = release(
                requested(policy()),
                new ReleaseEvent.Readied(),
                new ReleaseEvent.AttemptStarted(1, 1),
                new ReleaseEvent.Failed(Step.BACKUP, Duration.ZERO, FailureKind.ERRORED, "no"));
        List<Condition> conditions = StartRules.conditions(facts(failed, published(), FREE, SAME));
        assertThat(unmet(conditions)).isEmpty();
        assertThat(conditions)
                .extracting(Condition::code)
                .contains("release.retry.changed")
                .doesNotContain("release.plan-changed");
        assertThat(condition(conditions, "release.state").text()).isEqualTo("Retry is possible");
        assertThat(condition(conditions, "release.expired").text()).isEqualTo("It does not expire");
        assertThat(ExplainRules.notes(failed))
                .containsExactly(Condition.note("release.failed", "Attempt 1 failed in backup: no"));
    }

    @Test
    void a_bypass_counts_for_the_environment_that_was_passed_over() {
        Release bypassing = release(
                requested(policy()),
                new ReleaseEvent.UpstreamBypassed(new EnvironmentName("test")),
                new ReleaseEvent.Readied());
        assertThat(unmet(before(bypassing, "test"))).isEmpty();
        assertThat(condition(before(bypassing, "test"), "release.bypass").text())
                .isEqualTo("v1.3.0 may come past test");
        assertThat(unmet(before(bypassing, "qa"))).contains("release.upstream");
    }

    private static List<Condition> before(Release release, String environment) {
        EnvironmentName name = new EnvironmentName(environment);
        return StartRules.conditions(new StartRules.Facts(
                release,
                published(),
                FREE,
                release.policy(),
                Optional.of(new RequestRules.UpstreamFacts(new Upstream(name, Duration.ZERO), Environment.fresh(name))),
                SAME,
                by(ALICE, "")));
    }

    @Test
    void what_waits_is_kept_by_who_runs_by_who_goes_first_and_by_what_has_changed() {
        Release queued = release(requested(policy()), new ReleaseEvent.Readied(), new ReleaseEvent.Queued());
        QueuedRelease own = new QueuedRelease(queued.id(), queued.number(), ReleaseKind.DEPLOY);
        QueuedRelease other = new QueuedRelease(OTHER, queued.number(), ReleaseKind.DEPLOY);
        QueuedRelease third = new QueuedRelease(new ReleaseId("r3"), queued.number(), ReleaseKind.DEPLOY);
        assertThat(unmet(waiting(queued, published(), environment(Optional.empty(), Optional.empty(), own))))
                .isEmpty();
        Environment busy = environment(Optional.empty(), Optional.of(OTHER), other, own);
        assertThat(unmet(waiting(queued, published(), busy))).containsExactly("queue.busy", "queue.place");
        assertThat(condition(waiting(queued, published(), busy), "queue.place").text())
                .isEqualTo("1 release waits before it, first r0");
        assertThat(condition(
                                waiting(
                                        queued,
                                        published(),
                                        environment(Optional.empty(), Optional.empty(), other, third, own)),
                                "queue.place")
                        .text())
                .isEqualTo("2 releases wait before it, first r0");
        assertThat(condition(waiting(queued, published(), busy), "queue.busy").text())
                .isEqualTo("Environment staging runs release r0");
        assertThat(condition(waiting(queued, published(), FREE), "queue.busy").text())
                .isEqualTo("Environment staging is free");
        assertThat(unmet(waiting(queued, BLOCKED, FREE))).containsExactly("release.version-state");
        Environment newer =
                environment(Optional.of(active(number(2, 0, 0), MANIFEST, NOON.plusSeconds(1))), Optional.empty(), own);
        assertThat(unmet(waiting(queued, published(), newer))).containsExactly("queue.overtaken");
        assertThat(StartRules.gone(facts(queued, BLOCKED, FREE, SAME))).isPresent();
        assertThat(StartRules.gone(facts(queued, published(), FREE, SAME))).isEmpty();
        Release rollback = release(rollbackRequested(), new ReleaseEvent.Readied(), new ReleaseEvent.Queued());
        assertThat(waiting(rollback, published(), newer))
                .extracting(Condition::code)
                .containsExactly(
                        "queue.busy", "queue.place", "queue.overtaken", "rollback.version-state", "rollback.overtaken");
    }

    private static List<Condition> waiting(Release release, Version version, Environment environment) {
        return QueueRules.conditions(facts(release, version, environment, SAME), id -> release, Numbers.ORDER);
    }

    @Test
    void whom_a_release_would_have_to_wait_for_is_a_note() {
        QueuedRelease one = new QueuedRelease(OTHER, number(1, 0, 0), ReleaseKind.DEPLOY);
        assertThat(ExplainRules.busy(FREE)).isEmpty();
        assertThat(ExplainRules.busy(environment(Optional.empty(), Optional.of(OTHER), one)))
                .containsExactly(
                        Condition.note("environment.busy", "Environment staging runs release r0: it would be queued"),
                        Condition.note("environment.queue", "1 release waits for environment staging"));
        assertThat(ExplainRules.busy(environment(Optional.empty(), Optional.empty(), one, one)))
                .extracting(Condition::text)
                .containsExactly("2 releases wait for environment staging");
    }

    @Test
    void a_running_and_a_paused_release_do_not_start() {
        Release running =
                release(requested(policy()), new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, 1));
        assertThat(ExplainRules.started(running).code()).isEqualTo("release.running");
        Release lapsed = release(
                requested(policy(ApprovalRule.anyone(1))),
                new ReleaseEvent.Readied(),
                new ReleaseEvent.ApprovalsLapsed(SAME, "drift"));
        assertThat(ExplainRules.notes(lapsed))
                .containsExactly(Condition.note("release.lapsed", "Earlier approvals lapsed: drift"));
    }

    @Test
    void approvals_that_are_lacking_are_in_the_way_each_with_who_could_give_them() {
        ApprovalNeed two = new ApprovalNeed(ApprovalRule.anyone(2), Optional.empty(), new TreeMap<>());
        ApprovalNeed one = new ApprovalNeed(ApprovalRule.group("sre", 1), Optional.of(List.of("bob")), new TreeMap<>());
        assertThat(ApprovalRules.conditions(List.of(two, one)))
                .containsExactly(
                        Condition.unmet(
                                "release.approvals", "2 approvals are lacking", "approved by anyone who may approve"),
                        Condition.unmet("release.approvals", "1 approval of sre is lacking", "approved by bob"));
        assertThat(ApprovalRules.conditions(List.of()))
                .containsExactly(Condition.met("release.approvals", "No approval is lacking"));
        assertThat(ApprovalRules.lacking(release(requested(policy(ApprovalRule.anyone(2))))))
                .containsExactly(ApprovalRule.anyone(2));
        assertThat(ApprovalRules.lacking(release(rollbackRequested()))).isEmpty();
    }

    @Test
    void why_a_vote_would_be_refused_is_known_whatever_the_state_is() {
        Release ready = release(requested(policy(ApprovalRule.anyone(1))), new ReleaseEvent.Readied());
        ApprovalRules.Involvement nobody = new ApprovalRules.Involvement(Actor.system(), Set.of());
        assertThat(ApprovalRules.refusal(ready, new ApprovalRules.Voter(ALICE, Set.of()), nobody))
                .contains("alice requested release r1 and cannot vote on it");
        assertThat(ApprovalRules.refusal(ready, new ApprovalRules.Voter(BOB, Set.of()), nobody))
                .isEmpty();
    }

    @Test
    void a_rollback_goes_to_the_newest_other_version_that_may_be_gone_back_to() {
        Version deprecated = version(number(1, 2, 0), new VersionEvent.Published(), new VersionEvent.Deprecated());
        assertThat(Plans.rollbackability(Stream.of(deprecated, published())))
                .isEqualTo(new Rollbackability.Possible(
                        published().id(), published().number()));
        assertThat(Plans.rollbackability(Stream.of()))
                .isEqualTo(new Rollbackability.Impossible("No other version has been active in this environment"));
        assertThat(Plans.rollbackability(Stream.of(deprecated, BLOCKED)))
                .isEqualTo(
                        new Rollbackability.Impossible("No other version that has been active in this environment can"
                                + " be gone back to: v1.2.0 is DEPRECATED, v1.3.0 is BLOCKED"));
    }

    @Test
    void versions_that_are_older_than_one_to_go_back_to_are_not_read() {
        List<Version> read = new ArrayList<>();
        assertThat(Plans.rollbackability(
                        Stream.of(published(), BLOCKED, BLOCKED).peek(read::add)))
                .isInstanceOf(Rollbackability.Possible.class);
        assertThat(read).containsExactly(published());
    }

    @Test
    void a_backup_is_made_of_what_there_is() {
        assertThat(Plans.backup(Manifest.empty()))
                .isEqualTo(Condition.note("plan.backup", "There is nothing in the environment to back up"));
        assertThat(Plans.backup(new Manifest(List.of(item("workflows/a.json", "a")))))
                .isEqualTo(Condition.met(
                        "plan.backup",
                        "What the environment holds (1 workflow) is backed up before anything is deployed"));
    }
}
