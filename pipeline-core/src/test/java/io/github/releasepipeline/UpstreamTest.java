package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Explanation;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has to come before a release into an environment. */
class UpstreamTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private Pipeline pipeline;
    private Version version;

    @BeforeEach
    void start() {
        pipeline = fixture.build(fixture.bare(fixture.memory)
                .stowaways(Stowaways.WARN)
                .environment("staging", fixture.staging, env -> env.tier(Tier.STAGING))
                .environment(
                        "production",
                        fixture.production,
                        env -> env.tier(Tier.PRODUCTION).after("staging").soak(Duration.ofHours(1))));
        version = fixture.version(pipeline);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_version_has_to_be_active_upstream_before_it_is_requested() {
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().request(version.id(), "production"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("staging")
                .hasMessageContaining("nothing is active");
    }

    @Test
    void a_version_has_to_soak_upstream_before_it_is_deployed() {
        // given
        fixture.deployed(pipeline, version, "staging");
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(version.id(), "production")
                .id();
        // when / then
        fixture.clock.advance(Duration.ofMinutes(59));
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().deploy(id))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("2024-03-19T15:23:15Z");
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(pipeline.as(ALICE).releases().deploy(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void a_version_that_was_replaced_upstream_meanwhile_is_refused() {
        // given
        fixture.deployed(pipeline, version, "staging");
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(version.id(), "production")
                .id();
        fixture.deployed(pipeline, fixture.version(pipeline), "staging");
        fixture.clock.advance(Duration.ofHours(2));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().deploy(id))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v0.2.0 is active");
    }

    @Test
    void a_queued_version_that_was_replaced_upstream_meanwhile_goes_back_to_ready() {
        // given
        fixture.deployed(pipeline, version, "staging");
        fixture.clock.advance(Duration.ofHours(1));
        CountDownLatch go = busy();
        Deployment running = fixture.deploy(pipeline, version, "production");
        Release ready = pipeline.as(ALICE).releases().request(version.id(), "production");
        fixture.clock.advance(Duration.ofMinutes(1));
        Deployment waiting = pipeline.as(ALICE).releases().deploy(ready.id());
        fixture.deployed(pipeline, fixture.version(pipeline), "staging");
        // when
        Kind queued = waiting.release().state().kind();
        Explanation explanation = pipeline.as(ALICE).releases().explain(waiting.id());
        go.countDown();
        Release sentBack = waiting.await(LONG);
        // then
        assertThat(queued).isEqualTo(Kind.QUEUED);
        assertThat(explanation.unmet()).extracting(Condition::code).containsExactly("queue.busy", "release.upstream");
        assertThat(running.await(LONG).succeeded()).isTrue();
        assertThat(sentBack.state()).isEqualTo(ready.state());
        assertThat(pipeline.as(ALICE).environments().get("production").queue()).isEmpty();
        assertThat(pipeline.as(ALICE).audit().of(sentBack.id()))
                .last()
                .extracting(AuditRecord::event)
                .isInstanceOfSatisfying(
                        ReleaseEvent.SentBack.class,
                        event -> assertThat(event.why()).contains("v0.2.0 is active"));
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().deploy(sentBack.id()))
                .hasMessageContaining("v0.2.0 is active");
    }

    @Test
    void a_queued_version_that_passed_its_upstream_over_runs_in_its_turn() {
        // given
        fixture.deployed(pipeline, version, "staging");
        fixture.clock.advance(Duration.ofHours(1));
        CountDownLatch go = busy();
        fixture.deploy(pipeline, version, "production");
        Release urgent = pipeline.as(ALICE)
                .releases()
                .requestBypassing(fixture.version(pipeline).id(), "production", "customers are down");
        Deployment waiting = pipeline.as(ALICE).releases().deploy(urgent.id());
        // when
        go.countDown();
        // then
        assertThat(waiting.await(LONG).succeeded()).isTrue();
    }

    /** Keeps production busy from its next release on, until the latch is counted down. */
    private CountDownLatch busy() {
        CountDownLatch go = new CountDownLatch(1);
        fixture.production.before(Step.DEPLOY_ARTIFACTS, () -> PipelineFixture.await(go));
        return go;
    }

    @Test
    void a_bypass_needs_a_reason_and_is_kept() {
        // given
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().requestBypassing(version.id(), "production", ""))
                .isInstanceOf(IllegalArgumentException.class);
        // when
        Release hotfix =
                pipeline.as(ALICE).releases().requestBypassing(version.id(), "production", "customers are down");
        // then
        assertThat(hotfix.bypassed()).contains(new EnvironmentName("staging"));
        assertThat(hotfix.reason()).contains("customers are down");
        assertThat(pipeline.as(ALICE).releases().deploy(hotfix.id()).await(LONG).succeeded())
                .isTrue();
        assertThat(pipeline.as(ALICE).audit().of(hotfix.id()))
                .anySatisfy(record -> assertThat(record.event().name()).isEqualTo("release.upstream-bypassed"));
    }

    @Test
    void an_automatic_start_waits_for_the_soak_time_and_starts_with_the_maintenance_after_it() {
        // given
        Pipeline automatic = fixture.build(fixture.bare(fixture.memory)
                .environment("staging", fixture.staging)
                .environment(
                        "production",
                        fixture.production,
                        env -> env.tier(Tier.PRODUCTION)
                                .after("staging")
                                .soak(Duration.ofHours(1))
                                .startOnApproval()));
        fixture.deployed(automatic, version, "staging");
        Release waiting = automatic.as(ALICE).releases().request(version.id(), "production");
        // when
        automatic.maintain();
        Kind early = automatic.as(ALICE).releases().get(waiting.id()).state().kind();
        fixture.clock.advance(Duration.ofHours(1));
        automatic.maintain();
        // then
        assertThat(early).isEqualTo(Kind.READY);
        assertThat(automatic
                        .as(ALICE)
                        .releases()
                        .follow(waiting.id())
                        .await(LONG)
                        .succeeded())
                .isTrue();
    }

    @Test
    void a_pre_release_stays_out_of_production_unless_its_policy_allows_it() {
        // given
        long merged = fixture.merged(pipeline);
        var set = pipeline.as(ALICE).changeSets().create("rc", editor -> editor.pullRequests(merged));
        Version candidate =
                pipeline.as(ALICE).versions().publish(List.of(set.id()), editor -> editor.number("1.0.0-rc.1"));
        fixture.deployed(pipeline, candidate, "staging");
        Pipeline lenient = fixture.build(fixture.bare(fixture.memory)
                .environment(
                        "production",
                        fixture.production,
                        env -> env.tier(Tier.PRODUCTION).preReleases(EnvironmentPolicy.PreReleases.ALLOWED)));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().request(candidate.id(), "production"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Pre-release v1.0.0-rc.1");
        fixture.deployed(lenient, candidate, "production");
    }
}
