package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.CAROL;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.GroupAccess;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Explanation;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Instant NOW = Instant.parse("2024-03-19T14:23:15Z");
    private static final Instant THAW = Instant.parse("2024-03-20T08:00:00Z");
    private static final DeploymentWindow FREEZE = DeploymentWindow.deny("audit week", NOW, THAW);

    private final PipelineFixture fixture = new PipelineFixture();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        go.countDown();
        fixture.close();
    }

    @Test
    void a_release_that_waits_for_approvals_names_every_condition_and_who_or_what_can_meet_it() {
        // given
        Pipeline pipeline = strict();
        Version version = fixture.version(pipeline);
        fixture.deployed(pipeline, version, "staging");
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(version.id(), "production")
                .id();
        pipeline.as(CAROL).releases().approve(id, "");
        // when
        Explanation explanation = pipeline.as(BOB).releases().explain(id);
        // then
        Instant soaked = NOW.plus(Duration.ofHours(1));
        assertThat(unmet(explanation))
                .containsExactly(
                        "release.approvals: 1 approval of sre is lacking [approved by bob]",
                        "release.state: Release " + id + " of v0.1.0 to production is PENDING_APPROVAL:"
                                + " Deploy is not possible [Approve, Reject, Withdraw vote, Cancel]",
                        "release.soak: v0.1.0 has to be active in staging until " + soaked + " [wait, bypass]",
                        "release.window: Environment production is closed by 'audit week'; it opens at " + THAW
                                + " [wait, override the window]");
        assertThat(condition(explanation, "release.soak").earliest()).contains(soaked);
        assertThat(condition(explanation, "release.window").earliest()).contains(THAW);
        assertThat(explanation.conditions())
                .filteredOn(condition -> condition.status() == Condition.Status.MET)
                .extracting(Condition::code)
                .contains(
                        "access",
                        "release.expired",
                        "release.version-state",
                        "release.line",
                        "release.pre-release",
                        "release.environment-degraded",
                        "release.hold",
                        "release.upstream",
                        "release.policy-changed",
                        "release.plan-changed");
    }

    @Test
    void a_version_that_nobody_requested_is_explained_as_if_the_actor_did() {
        // given
        Pipeline pipeline = strict();
        Version version = fixture.version(pipeline);
        // when
        Explanation explanation = pipeline.as(BOB).releases().explain(version.id(), "production");
        // then
        assertThat(unmet(explanation))
                .containsExactly(
                        "access: bob may not request release in production: No group of bob has the permission"
                                + " REQUEST_RELEASE here []",
                        "release.upstream: v0.1.0 has to be active in staging first, where nothing is active"
                                + " [deploy to staging, bypass]",
                        "release.approvals: 1 approval of sre is lacking [approved by nobody]",
                        "release.approvals: 1 approval is lacking [approved by anyone who may approve, but not alice,"
                                + " author-101, bob]",
                        "release.window: Environment production is closed by 'audit week'; it opens at " + THAW
                                + " [wait, override the window]");
        assertThat(pipeline.as(ALICE)
                        .releases()
                        .explain(version.id(), "development")
                        .isClear())
                .isTrue();
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().explain(version.id(), "nowhere"))
                .hasMessageContaining("nowhere");
    }

    @Test
    void what_waits_in_the_queue_names_who_runs_and_who_goes_first() {
        // given
        Pipeline pipeline = fixture.start();
        CountDownLatch busy = new CountDownLatch(1);
        fixture.development.before(Step.DEPLOY_ARTIFACTS, () -> {
            busy.countDown();
            PipelineFixture.await(go);
        });
        Deployment first = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        PipelineFixture.await(busy);
        Deployment second = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        Deployment third = fixture.deploy(pipeline, fixture.version(pipeline), "development");
        // when / then
        assertThat(unmet(pipeline.as(ALICE).releases().explain(third.id())))
                .containsExactly(
                        "queue.busy: Environment development runs release " + first.id() + " [wait]",
                        "queue.place: 1 release waits before it, first " + second.id() + " [wait]");
        assertThat(unmet(pipeline.as(ALICE).releases().explain(first.id())))
                .containsExactly("release.running: Release " + first.id() + " is running [wait]");
        Release ready =
                pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), "development");
        Explanation explanation = pipeline.as(ALICE).releases().explain(ready.id());
        assertThat(explanation.isClear()).isTrue();
        assertThat(condition(explanation, "environment.busy").text()).endsWith("it would be queued");
        assertThat(condition(explanation, "environment.queue").text())
                .isEqualTo("2 releases wait for environment development");
        go.countDown();
        third.await(LONG);
        assertThat(unmet(pipeline.as(ALICE).releases().explain(third.id())))
                .containsExactly("release.ended: Release " + third.id() + " has succeeded [request a new release]");
    }

    @Test
    void a_paused_step_waits_for_a_person() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.development.loseReply(Step.BACKUP);
        fixture.development.loseProbe("the machine is gone");
        Release paused = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        // when / then
        assertThat(paused.state().kind()).isEqualTo(Kind.PAUSED);
        assertThat(condition(pipeline.as(ALICE).releases().explain(paused.id()), "release.paused"))
                .satisfies(condition -> {
                    assertThat(condition.text())
                            .contains("stands still in backup")
                            .contains("the machine is gone");
                    assertThat(condition.remedies()).containsExactly("Resolve");
                });
    }

    @Test
    void a_failed_release_tells_what_failed_and_whether_it_can_be_tried_again() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.development.failNext(Step.BACKUP, new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of()));
        Release failed = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        // when / then
        Explanation explanation = pipeline.as(ALICE).releases().explain(failed.id());
        assertThat(explanation.isClear()).isTrue();
        assertThat(condition(explanation, "release.failed").text()).isEqualTo("Attempt 1 failed in backup: disk full");
        pipeline.as(ALICE).versions().block(failed.version(), "leaks");
        assertThat(unmet(pipeline.as(ALICE).releases().explain(failed.id())))
                .containsExactly("release.version-state: Version v0.1.0 is BLOCKED and cannot be deployed []");
    }

    @Test
    void an_environment_that_cannot_be_looked_at_is_told() {
        // given
        AtomicBoolean dead = new AtomicBoolean();
        Pipeline pipeline = fixture.start(wiring -> wiring.environment("far", new MayBeDead(dead)));
        Release ready =
                pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), "far");
        dead.set(true);
        // when / then
        assertThat(unmet(pipeline.as(ALICE).releases().explain(ready.id())))
                .singleElement()
                .asString()
                .startsWith("environment.unreachable: Environment far cannot be looked at: ")
                .contains("no route to host")
                .endsWith("[whoever looks after far]");
        assertThat(unmet(pipeline.as(ALICE).releases().explain(ready.version(), "far")))
                .singleElement()
                .asString()
                .startsWith("environment.unreachable");
    }

    @Test
    void what_holds_an_automatic_rule_up_is_told_with_the_version_and_the_environment_it_wants() {
        // given
        AutoChangeSetRule rule = AutoChangeSetRule.versioning("feature", "Feature", "production");
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .autoChangeSetRules(rule)
                .environment("staging", fixture.staging)
                .environment("production", fixture.production, env -> env.after("staging")));
        pipeline.as(ALICE).pullRequests().synchronize();
        Merges.observe(fixture, pipeline, 7, "feature");
        Version version = Merges.versions(pipeline).get(0);
        // when / then
        assertThat(condition(pipeline.as(ALICE).releases().explain(version.id(), "production"), "automation.obstacle")
                        .text())
                .contains("is obstructed: v0.1.0 has to be active in staging first");
        assertThat(pipeline.as(ALICE)
                        .releases()
                        .explain(version.id(), "staging")
                        .conditions())
                .extracting(Condition::code)
                .doesNotContain("automation.obstacle");
    }

    @Test
    void a_hold_is_in_the_way_of_machines_and_not_of_people() {
        Pipeline pipeline = fixture.start();
        pipeline.as(ALICE).environments().hold("development", "incident");
        Release ready =
                pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), "development");
        assertThat(unmet(pipeline.as(Actor.service("robot")).releases().explain(ready.id())))
                .containsExactly("release.hold: Environment development is held by alice: incident [resume]");
        assertThat(pipeline.as(BOB).releases().explain(ready.id()).isClear()).isTrue();
    }

    @Test
    void a_release_whose_environment_demands_more_now_says_so() {
        // given
        Pipeline pipeline = fixture.start();
        ReleaseId id = fixture.approved(pipeline, fixture.version(pipeline), "staging");
        Pipeline stricter = fixture.build(
                fixture.bare(fixture.memory).environment("staging", fixture.staging, env -> env.approvals(2)));
        // when / then
        assertThat(unmet(stricter.as(ALICE).releases().explain(id)))
                .containsExactly("release.policy-changed: Environment staging demands more than when release " + id
                        + " was approved: it demands [2 approvals] instead of [1 approval]"
                        + " [deploy, which lets the approvals lapse, and approve again]");
        stricter.as(ALICE).releases().deploy(id);
        assertThat(condition(stricter.as(ALICE).releases().explain(id), "release.lapsed")
                        .text())
                .contains("it demands [2 approvals]");
    }

    @Test
    void a_preview_tells_what_would_be_done_and_needed_and_whether_it_could_be_taken_back() {
        // given
        Pipeline pipeline = strict();
        Version first = fixture.version(pipeline);
        ReleasePreview before = pipeline.as(ALICE).releases().preview(first.id(), "staging");
        fixture.deployed(pipeline, first, "staging");
        Version second = fixture.version(pipeline);
        // when
        ReleasePreview preview = pipeline.as(ALICE).releases().preview(second.id(), "production");
        ReleasePreview after = pipeline.as(ALICE).releases().preview(second.id(), "staging");
        // then
        assertThat(before.rollback())
                .isEqualTo(new Rollbackability.Impossible("No other version has been active in this environment"));
        assertThat(before.backup().text()).isEqualTo("There is nothing in the environment to back up");
        assertThat(after.rollback()).isEqualTo(new Rollbackability.Possible(first.id(), first.number()));
        assertThat(after.backup().text()).contains("is backed up before anything is deployed");
        assertThat(after.summary())
                .containsExactly("0 items will be updated", "1 workflow will be created", "0 items will be deleted");
        assertThat(preview.plan()).isEqualTo(pipeline.as(ALICE).releases().plan(second.id(), "production"));
        assertThat(preview.digest()).isEqualTo(preview.plan().digest());
        assertThat(preview.window()).isEqualTo(pipeline.as(ALICE).environments().window("production"));
        assertThat(preview.approvals()).hasSize(2);
        assertThat(preview.approvals().get(0).rule()).isEqualTo(ApprovalRule.group("sre", 1));
        assertThat(preview.approvals().get(0).candidates()).contains(List.of("bob"));
        assertThat(preview.approvals().get(1).candidates()).isEqualTo(Optional.empty());
        assertThat(preview.approvals().get(1).refused())
                .isEqualTo(new TreeMap<>(Map.of(
                        "alice", "alice requested release not-requested and cannot vote on it",
                        "author-101", "author-101 wrote a change that comes with v0.2.0 and cannot vote on it",
                        "author-102", "author-102 wrote a change that comes with v0.2.0 and cannot vote on it")));
        pipeline.as(ALICE).versions().block(first.id(), "leaks");
        assertThat(pipeline.as(ALICE).releases().preview(second.id(), "staging").rollback())
                .isEqualTo(new Rollbackability.Impossible("No other version that has been active in this environment"
                        + " can be gone back to: v0.1.0 is BLOCKED"));
    }

    @Test
    void whether_a_release_can_be_rolled_back_is_known_before_somebody_tries() {
        // given
        Pipeline pipeline = fixture.start();
        Release first = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        assertThat(pipeline.as(ALICE).releases().rollbackability(first.id()))
                .isEqualTo(new Rollbackability.Impossible("There is no version to go back to in development"));
        Release second = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // when / then
        assertThat(pipeline.as(ALICE).releases().rollbackability(second.id()))
                .isEqualTo(new Rollbackability.Possible(first.version(), first.number()));
        assertThat(pipeline.as(ALICE).releases().rollbackability(first.id()))
                .isInstanceOfSatisfying(
                        Rollbackability.Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("is not active in development any more"));
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().rollback(first.id(), "errors"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is not active in development any more");
    }

    /** A target whose machine may be gone. */
    private record MayBeDead(AtomicBoolean dead) implements DeploymentTarget {
        @Override
        public Observation observe() {
            if (dead.get()) {
                throw AdapterException.passing("no route to host", null);
            }
            return new Observation(Manifest.empty());
        }

        @Override
        public StepOutcome check(StepCall call) {
            throw new AssertionError("nothing is deployed here");
        }

        @Override
        public StepOutcome backUp(StepCall call) {
            throw new AssertionError("nothing is deployed here");
        }

        @Override
        public StepOutcome stage(StepCall call, Artifacts artifacts) {
            throw new AssertionError("nothing is deployed here");
        }

        @Override
        public StepOutcome activate(StepCall call) {
            throw new AssertionError("nothing is deployed here");
        }

        @Override
        public StepOutcome deactivate(StepCall call) {
            throw new AssertionError("nothing is deployed here");
        }

        @Override
        public StepOutcome restore(StepCall call, RestoreSource source) {
            throw new AssertionError("nothing is deployed here");
        }

        @Override
        public Probe probe(String attemptKey, long fencingToken) {
            throw new AssertionError("nothing is deployed here");
        }
    }

    /** Development, staging, and a production that demands everything at once. */
    private Pipeline strict() {
        GroupAccess access = GroupAccess.builder()
                .members("sre", BOB, Actor.user("author-101"))
                .members("everybody", ALICE, CAROL)
                .grant("sre", Permission.APPROVE_RELEASE, Permission.DEPLOY)
                .grant("everybody", Permission.values())
                .build();
        return fixture.build(fixture.bare(fixture.memory)
                .access(access)
                .environment("development", fixture.development)
                .environment("staging", fixture.staging)
                .environment(
                        "production",
                        fixture.production,
                        env -> env.tier(Tier.PRODUCTION)
                                .after("staging")
                                .soak(Duration.ofHours(1))
                                .approvalsOf("sre", 1)
                                .approvals(1)
                                .refuseVotesOf(Involved.values())
                                .window(FREEZE)));
    }

    private static List<String> unmet(Explanation explanation) {
        return explanation.unmet().stream()
                .map(condition -> condition.code() + ": " + condition.text() + " " + condition.remedies())
                .toList();
    }

    private static Condition condition(Explanation explanation, String code) {
        return explanation.conditions().stream()
                .filter(condition -> condition.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + code + " in " + explanation));
    }
}
