package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rollback takes away, and what not. */
class ReversalTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private Pipeline pipeline;
    private Version first;
    private Version second;
    private Release live;

    @BeforeEach
    void start() {
        pipeline = fixture.start();
        first = fixture.version(pipeline);
        fixture.deployed(pipeline, first, "production");
        second = fixture.version(pipeline);
        fixture.clock.advance(Duration.ofHours(1));
        live = fixture.deployed(pipeline, second, "production");
    }

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void what_a_failed_rollback_was_to_take_away_goes_with_it() {
        // given
        Release newest = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        fixture.production.failNext(Step.VERIFY, FailureKind.FAILED, "1/3 smoke tests");
        Release failed = rollback(newest, "bad");
        // when
        Release other = rollback(failed, first);
        // then
        assertThat(get(newest).state())
                .isInstanceOfSatisfying(
                        ReleaseState.RolledBack.class,
                        back -> assertThat(back.by()).isEqualTo(other.id()));
        assertThat(get(failed).state().kind()).isEqualTo(Kind.ROLLED_BACK);
    }

    @Test
    void what_several_failed_rollbacks_were_to_take_away_goes_with_the_last() {
        // given
        Release newest = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        fixture.production.failNext(Step.VERIFY, FailureKind.FAILED, "1/3 smoke tests");
        Release toSecond = rollback(newest, "bad");
        fixture.production.failNext(Step.RESTORE, FailureKind.ERRORED, "backup is gone");
        Release toFirst = rollback(toSecond, first);
        // when
        Release again = rollback(toFirst, second);
        // then
        assertThat(again.succeeded()).isTrue();
        assertThat(get(newest).state().kind()).isEqualTo(Kind.ROLLED_BACK);
        assertThat(get(toFirst).state().kind()).isEqualTo(Kind.ROLLED_BACK);
        assertThat(get(toSecond).state().kind()).as("brought the same").isEqualTo(Kind.FAILED);
    }

    @Test
    void what_a_failed_rollback_was_to_take_away_may_be_brought_back() {
        // given
        fixture.production.failNext(Step.VERIFY, FailureKind.FAILED, "1/3 smoke tests");
        Release failed = rollback(live, "bad");
        // when
        rollback(failed, second);
        // then
        assertThat(active()).isEqualTo("v0.2.0");
        assertThat(get(live).succeeded()).isTrue();
    }

    @Test
    void a_rollback_of_a_failed_release_to_a_chosen_version_also_takes_away_what_is_active() {
        // given
        fixture.production.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "no space");
        Release failed = fixture.deploy(pipeline, fixture.version(pipeline), "production")
                .await(LONG);
        // when
        Release rollback = rollback(failed, first);
        // then
        assertThat(get(failed).state().kind()).isEqualTo(Kind.ROLLED_BACK);
        assertThat(get(live).state())
                .isInstanceOfSatisfying(
                        ReleaseState.RolledBack.class,
                        back -> assertThat(back.by()).isEqualTo(rollback.id()));
    }

    @Test
    void a_failed_release_that_another_came_after_cannot_be_rolled_back() {
        // given
        fixture.production.failNext(Step.PRE_DEPLOYMENT_CHECKS, FailureKind.FAILED, "no space");
        Release failed = fixture.deploy(pipeline, fixture.version(pipeline), "production")
                .await(LONG);
        fixture.clock.advance(Duration.ofSeconds(5));
        fixture.deployed(pipeline, fixture.version(pipeline), "production");
        // when / then
        assertThatThrownBy(() -> rollback(failed, first))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not active in production any more");
        assertThat(pipeline.as(ALICE).releases().actions(failed.id())).doesNotContain(ReleaseAction.ROLLBACK);
    }

    @Test
    void a_version_is_not_rolled_back_to_itself() {
        assertThatThrownBy(() -> rollback(live, second))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("request a release");
        assertThat(environment().hold()).isEmpty();
    }

    @Test
    void a_rollback_that_waited_takes_away_nothing_that_became_active_meanwhile() {
        // given
        CountDownLatch go = new CountDownLatch(1);
        fixture.production.before(Step.ACTIVATE, () -> PipelineFixture.await(go));
        Deployment running = fixture.deploy(pipeline, fixture.version(pipeline), "production");
        Deployment rollback = pipeline.as(ALICE).releases().rollback(live.id(), "error rate");
        fixture.clock.advance(Duration.ofSeconds(5));
        // when
        go.countDown();
        // then
        assertThat(running.await(LONG).succeeded()).isTrue();
        assertThat(rollback.await(LONG).state())
                .isInstanceOfSatisfying(
                        ReleaseState.Cancelled.class,
                        cancelled -> assertThat(cancelled.reason())
                                .startsWith("v0.3.0 of release " + running.id() + " became active in production"));
        assertThat(get(live).succeeded()).isTrue();
        assertThat(active()).isEqualTo("v0.3.0");
    }

    private Release rollback(Release release, String reason) {
        return pipeline.as(ALICE).releases().rollback(release.id(), reason).await(LONG);
    }

    private Release rollback(Release release, Version target) {
        return pipeline.as(ALICE)
                .releases()
                .rollback(release.id(), target.id(), false, "by name")
                .await(LONG);
    }

    private Release get(Release release) {
        return pipeline.as(ALICE).releases().get(release.id());
    }

    private Environment environment() {
        return pipeline.as(ALICE).environments().get("production");
    }

    private String active() {
        return environment().active().map(ActiveVersion::number).orElseThrow().tag();
    }
}
