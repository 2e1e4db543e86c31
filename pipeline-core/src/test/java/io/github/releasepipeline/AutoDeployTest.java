package io.github.releasepipeline;

import static io.github.releasepipeline.Merges.HOTFIX;
import static io.github.releasepipeline.Merges.automation;
import static io.github.releasepipeline.Merges.awaitState;
import static io.github.releasepipeline.Merges.following;
import static io.github.releasepipeline.Merges.observe;
import static io.github.releasepipeline.Merges.releases;
import static io.github.releasepipeline.Merges.stoppedBecause;
import static io.github.releasepipeline.Merges.versions;
import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that deploy. */
class AutoDeployTest {
    private static final AutoChangeSetRule EVERYWHERE =
            AutoChangeSetRule.versioning("hotfix", "Hotfix", "development", "staging", "production");

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void auto_deploy_to_asks_for_a_release_that_starts_by_itself_once_it_is_approved() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        observe(fixture, pipeline, 1, "hotfix");
        Release waiting = onlyRelease(pipeline);
        assertThat(waiting.environment().value()).isEqualTo("staging");
        assertThat(waiting.state().kind()).isEqualTo(ReleaseState.Kind.PENDING_APPROVAL);
        assertThat(waiting.requestedBy()).isEqualTo(HOTFIX.actor());
        // when
        pipeline.as(BOB).releases().approve(waiting.id(), "fine");
        // then
        Automation done = awaitState(pipeline, 1, AutomationState.Kind.DONE);
        assertThat(done.releases()).containsExactly(waiting.id());
        assertThat(onlyRelease(pipeline).state().kind()).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        assertThat(pipeline.as(ALICE)
                        .environments()
                        .get("staging")
                        .active()
                        .orElseThrow()
                        .version())
                .isEqualTo(versions(pipeline).get(0).id());
        fixture.auditIsIntact();
    }

    @Test
    void environments_come_in_the_order_of_the_list_each_after_the_one_before_has_succeeded() {
        // given
        Pipeline pipeline = following(fixture, EVERYWHERE);
        List<List<String>> asked = new CopyOnWriteArrayList<>();
        fixture.development.before(Step.ACTIVATE, () -> asked.add(environments(pipeline)));
        fixture.staging.before(Step.ACTIVATE, () -> asked.add(environments(pipeline)));
        // when
        observe(fixture, pipeline, 1, "hotfix");
        // then
        approveWhenAsked(pipeline, "staging", BOB);
        approveWhenAsked(pipeline, "production", BOB, CAROL);
        Automation done = awaitState(pipeline, 1, AutomationState.Kind.DONE);
        assertThat(done.releases())
                .extracting(id ->
                        pipeline.as(ALICE).releases().get(id).environment().value())
                .containsExactly("development", "staging", "production");
        assertThat(asked.get(0)).containsExactly("development");
        assertThat(asked.get(1)).containsExactlyInAnyOrder("development", "staging");
        assertThat(releases(pipeline))
                .allSatisfy(release -> assertThat(release.succeeded()).isTrue());
    }

    @Test
    void a_failed_release_stops_the_rule_with_the_reason_and_a_person_may_go_on() {
        // given
        Pipeline pipeline = following(fixture, EVERYWHERE);
        fixture.development.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "no route to the database");
        // when
        observe(fixture, pipeline, 1, "hotfix");
        // then
        Automation stopped = awaitState(pipeline, 1, AutomationState.Kind.STOPPED);
        assertThat(stoppedBecause(stopped))
                .contains("development")
                .contains("FAILED")
                .contains("no route to the database");
        pipeline.maintain();
        assertThat(environments(pipeline)).containsExactly("development");
        Release retried =
                pipeline.as(ALICE).releases().retry(stopped.releases().get(0)).await(PipelineFixture.LONG);
        assertThat(retried.succeeded()).isTrue();
        pipeline.maintain();
        assertThat(automation(pipeline, 1)).isEqualTo(stopped);
    }

    @Test
    void a_rejected_release_stops_the_rule_with_the_reason() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        observe(fixture, pipeline, 1, "hotfix");
        // when
        pipeline.as(BOB).releases().reject(onlyRelease(pipeline).id(), "not on a Friday");
        // then
        assertThat(stoppedBecause(automation(pipeline, 1))).contains("REJECTED").contains("not on a Friday");
    }

    @Test
    void a_cancelled_release_stops_the_rule_with_the_reason() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        observe(fixture, pipeline, 1, "hotfix");
        // when
        pipeline.as(ALICE).releases().cancel(onlyRelease(pipeline).id(), "wrong branch");
        // then
        assertThat(stoppedBecause(automation(pipeline, 1)))
                .contains("CANCELLED")
                .contains("wrong branch");
    }

    @Test
    void an_expired_release_stops_the_rule() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        observe(fixture, pipeline, 1, "hotfix");
        // when
        fixture.clock.advance(Duration.ofDays(8));
        pipeline.maintain();
        // then
        assertThat(stoppedBecause(automation(pipeline, 1))).contains("EXPIRED");
    }

    @Test
    void whoever_merged_cannot_approve_the_release_that_the_merge_made() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.forge.put(Samples.labelled(fixture.forge.open(1), "hotfix"));
        fixture.forge.mergedBy(1, "bob");
        pipeline.as(ALICE).pullRequests().synchronize();
        // when / then
        assertThatThrownBy(() -> pipeline.as(BOB)
                        .releases()
                        .approve(onlyRelease(pipeline).id(), ""))
                .isInstanceOf(RefusedException.class);
        pipeline.as(CAROL).releases().approve(onlyRelease(pipeline).id(), "");
        awaitState(pipeline, 1, AutomationState.Kind.DONE);
    }

    @Test
    void an_environment_that_comes_after_another_is_waited_for_and_tried_again() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("staging", fixture.staging)
                .environment("production", fixture.production, env -> env.after("staging"))
                .autoChangeSetRules(AutoChangeSetRule.versioning("hotfix", "Hotfix", "production")));
        pipeline.as(ALICE).pullRequests().synchronize();
        observe(fixture, pipeline, 1, "hotfix");
        Automation waits = automation(pipeline, 1);
        assertThat(waits.state().kind()).isEqualTo(AutomationState.Kind.DEPLOYING);
        assertThat(waits.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("active in staging first"));
        // when
        Version version = versions(pipeline).get(0);
        fixture.deployed(pipeline, version, "staging");
        pipeline.maintain();
        // then
        awaitState(pipeline, 1, AutomationState.Kind.DONE);
    }

    @Test
    void a_newer_version_that_is_active_already_is_not_replaced_by_a_rule() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("staging", fixture.staging)
                .environment("production", fixture.production, env -> env.after("staging"))
                .autoChangeSetRules(AutoChangeSetRule.versioning("hotfix", "Hotfix", "production")));
        pipeline.as(ALICE).pullRequests().synchronize();
        observe(fixture, pipeline, 1, "hotfix");
        Version newer = fixture.version(pipeline);
        // when
        fixture.deployed(pipeline, newer, "staging");
        fixture.deployed(pipeline, newer, "production");
        pipeline.maintain();
        // then
        assertThat(stoppedBecause(automation(pipeline, 1)))
                .contains(newer.number() + ", which is newer")
                .contains("production");
    }

    @Test
    void a_hold_keeps_a_rule_back_and_a_newer_version_that_passes_it_stops_it() {
        // given
        Pipeline pipeline = following(fixture, AutoChangeSetRule.versioning("hotfix", "Hotfix", "development"));
        pipeline.as(ALICE).environments().hold("development", "incident");
        observe(fixture, pipeline, 1, "hotfix");
        Release held = onlyRelease(pipeline);
        assertThat(held.state().kind()).isEqualTo(ReleaseState.Kind.READY);
        pipeline.maintain();
        assertThat(onlyRelease(pipeline)).isEqualTo(held);
        // when
        fixture.clock.advance(Duration.ofMinutes(1));
        Version newer = fixture.version(pipeline);
        fixture.deployed(pipeline, newer, "development");
        pipeline.maintain();
        // then
        assertThat(stoppedBecause(automation(pipeline, 1))).contains(newer.number() + ", which is newer");
        assertThat(pipeline.as(ALICE).releases().get(held.id())).isEqualTo(held);
        assertThat(pipeline.as(ALICE).environments().get("development").hold()).isEmpty();
    }

    @Test
    void a_blocked_version_goes_no_further() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("staging", fixture.staging)
                .environment("production", fixture.production, env -> env.after("staging"))
                .autoChangeSetRules(AutoChangeSetRule.versioning("hotfix", "Hotfix", "production")));
        pipeline.as(ALICE).pullRequests().synchronize();
        observe(fixture, pipeline, 1, "hotfix");
        // when
        pipeline.as(ALICE).versions().block(versions(pipeline).get(0).id(), "leaks");
        pipeline.maintain();
        // then
        assertThat(stoppedBecause(automation(pipeline, 1))).contains("BLOCKED");
    }

    @Test
    void an_environment_that_is_not_configured_any_more_is_said_to_be_in_the_way() {
        // given
        Pipeline pipeline = following(fixture, EVERYWHERE);
        fixture.development.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.ERRORED, "x");
        fixture.forge.beforeTag = () -> {
            throw AdapterException.passing("away", null);
        };
        observe(fixture, pipeline, 1, "hotfix");
        fixture.forge.beforeTag = () -> {};
        // when
        Pipeline changed = fixture.build(fixture.bare(fixture.memory).environment("staging", fixture.staging));
        // then
        assertThat(changed.maintain()).singleElement().asString().contains("development");
        assertThat(automation(changed, 1).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("development"));
    }

    private static Release onlyRelease(Pipeline pipeline) {
        assertThat(releases(pipeline)).hasSize(1);
        return releases(pipeline).get(0);
    }

    private static List<String> environments(Pipeline pipeline) {
        return releases(pipeline).stream()
                .map(release -> release.environment().value())
                .toList();
    }

    private static void approveWhenAsked(Pipeline pipeline, String environment, Actor... voters) {
        await().atMost(PipelineFixture.LONG).until(() -> environments(pipeline).contains(environment));
        Release release = releases(pipeline).stream()
                .filter(one -> one.environment().value().equals(environment))
                .findFirst()
                .orElseThrow();
        for (Actor voter : voters) {
            pipeline.as(voter).releases().approve(release.id(), "fine");
        }
    }
}
