package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions that are watched after their activation, and what follows if they do not prove themselves. */
class WatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static final Instant START = Instant.parse("2024-03-19T14:23:15Z");

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_version_that_stays_healthy_is_verified_at_the_end_of_its_watch() {
        // given
        Instant started = fixture.clock.instant();
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        Release release = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        assertThat(environment(pipeline).active())
                .flatMap(ActiveVersion::verified)
                .isEmpty();
        // when / then
        passTime(() -> environment(pipeline).watch().isEmpty());
        assertThat(environment(pipeline).active())
                .flatMap(ActiveVersion::verified)
                .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(started.plus(TEN_MINUTES)));
        assertThat(lines(release)).contains("Watching v0.1.0 for 10m 0s");
        assertThat(lines(release)).last().asString().startsWith("✓ Version v0.1.0 is verified after ");
    }

    @Test
    void a_version_whose_verification_fails_is_rolled_back_to_the_last_that_was_verified() {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        Version first = verified(pipeline);
        Version second = fixture.version(pipeline);
        Release bad = fixture.deployed(pipeline, second, "development");
        // when
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "error rate 12 %");
        // then
        passTime(() -> state(pipeline, bad) == Kind.ROLLED_BACK);
        Release rollback = newest(pipeline);
        assertThat(rollback.kind()).isEqualTo(ReleaseKind.ROLLBACK);
        assertThat(rollback.requestedBy()).isEqualTo(Actor.rule("automatic-rollback"));
        assertThat(rollback.reason()).contains("verification of v0.2.0 failed: error rate 12 %");
        assertThat(rollback.version()).isEqualTo(first.id());
        assertThat(environment(pipeline).active()).map(ActiveVersion::version).contains(first.id());
        assertThat(environment(pipeline).hold()).map(Hold::by).contains(Actor.rule("automatic-rollback"));
        assertThat(lines(bad))
                .endsWith(
                        "✗ error rate 12 %",
                        "✗ Verification of v0.2.0 failed: error rate 12 %",
                        "! Rolling back to v0.1.0 with release " + rollback.id());
        assertThat(fixture.memory.audit().of(new EnvironmentId(new EnvironmentName("development"))))
                .extracting(record -> record.event().name())
                .contains("environment.verification-failed");
    }

    @Test
    void a_rollback_is_never_rolled_back_by_itself() {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        verified(pipeline);
        Release bad = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy still");
        // when / then
        passTime(() -> environment(pipeline).degradation().isPresent());
        assertThat(state(pipeline, bad)).isEqualTo(Kind.SUCCEEDED);
        assertThat(environment(pipeline).watch()).isEmpty();
        assertThat(releases(pipeline))
                .filteredOn(release -> release.kind() == ReleaseKind.ROLLBACK)
                .hasSize(1);
    }

    @Test
    void where_the_policy_says_so_a_failed_verification_is_told_and_left_to_people() {
        // given
        Pipeline pipeline = watching(AfterFailure.STAY);
        verified(pipeline);
        Version second = fixture.version(pipeline);
        Release bad = fixture.deployed(pipeline, second, "development");
        // when
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        // then
        passTime(() -> environment(pipeline).watch().isEmpty());
        assertThat(environment(pipeline).active()).map(ActiveVersion::version).contains(second.id());
        assertThat(environment(pipeline).active())
                .flatMap(ActiveVersion::verified)
                .isEmpty();
        assertThat(newest(pipeline)).isEqualTo(pipeline.as(ALICE).releases().get(bad.id()));
    }

    @Test
    void a_first_version_has_nowhere_to_go_back_to_and_the_log_says_so() {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        Release bad = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // when
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        // then
        passTime(() -> environment(pipeline).watch().isEmpty());
        assertThat(fixture.log(bad.id()))
                .last()
                .asString()
                .endsWith("! Not rolled back: no other version was verified in development");
        assertThat(state(pipeline, bad)).isEqualTo(Kind.SUCCEEDED);
    }

    @Test
    void a_version_that_was_never_verified_is_not_gone_back_to() {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        Version first = verified(pipeline);
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        Release third = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // when
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        // then
        passTime(() -> state(pipeline, third) == Kind.ROLLED_BACK);
        assertThat(environment(pipeline).active()).map(ActiveVersion::version).contains(first.id());
    }

    @Test
    void a_target_that_cannot_be_reached_proves_nothing_and_is_not_rolled_back() {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        verified(pipeline);
        Version second = fixture.version(pipeline);
        fixture.deployed(pipeline, second, "development");
        fixture.development.throwBefore(Step.VERIFY, new IllegalStateException("no route"));
        // when
        fixture.development.throwBefore(Step.VERIFY, new IllegalStateException("no route"));
        // then
        passTime(() -> environment(pipeline).watch().isEmpty());
        assertThat(environment(pipeline).active()).map(ActiveVersion::version).contains(second.id());
    }

    @Test
    void a_watch_goes_on_after_the_process_died() {
        // given
        Pipeline dying = watching(AfterFailure.ROLL_BACK);
        verified(dying);
        Release bad = fixture.deployed(dying, fixture.version(dying), "development");
        dying.close();
        fixture.development.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        // when
        Pipeline next = watching(AfterFailure.ROLL_BACK);
        assertThat(next.maintain()).isEmpty();
        // then
        passTime(() -> state(next, bad) == Kind.ROLLED_BACK);
    }

    @ParameterizedTest
    @EnumSource(names = {"POST_DEPLOYMENT_CHECKS", "ACTIVATE"})
    void a_deployment_that_fails_before_it_is_active_leaves_nothing_staged_where_the_policy_says_so(Step step) {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        Version first = verified(pipeline);
        fixture.development.failNext(step, FailureKind.FAILED, "2 of 3 smoke tests failed");
        // when
        Release release = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.FAILED);
        assertThat(PipelineFixture.steps(fixture.development)).last().isEqualTo(Step.RESTORE);
        assertThat(fixture.development.observe().active().digest()).isEqualTo(first.manifest());
        assertThat(environment(pipeline).degradation()).isEmpty();
        assertThat(environment(pipeline).running()).isEmpty();
    }

    @Test
    void what_was_staged_and_cannot_be_dropped_degrades_the_environment() {
        // given
        Pipeline pipeline = watching(AfterFailure.ROLL_BACK);
        fixture.development.failNext(Step.POST_DEPLOYMENT_CHECKS, FailureKind.FAILED, "no");
        fixture.development.failNext(Step.RESTORE, FailureKind.ERRORED, "disk full");
        // when
        fixture.deploy(pipeline, fixture.version(pipeline), "development").await(LONG);
        // then
        assertThat(environment(pipeline).degradation())
                .hasValueSatisfying(
                        degradation -> assertThat(degradation.reason()).contains("disk full"));
    }

    private Pipeline watching(AfterFailure afterFailure) {
        return fixture.build(fixture.bare(fixture.memory)
                .environment(
                        "development",
                        fixture.development,
                        env -> env.watch(TEN_MINUTES, MINUTE).afterFailure(afterFailure)));
    }

    private Version verified(Pipeline pipeline) {
        Version version = fixture.version(pipeline);
        fixture.deployed(pipeline, version, "development");
        passTime(() ->
                environment(pipeline).active().flatMap(ActiveVersion::verified).isPresent());
        return version;
    }

    private static Environment environment(Pipeline pipeline) {
        return pipeline.as(ALICE).environments().get("development");
    }

    private static Kind state(Pipeline pipeline, Release release) {
        return pipeline.as(ALICE).releases().get(release.id()).state().kind();
    }

    private static List<Release> releases(Pipeline pipeline) {
        return pipeline.as(ALICE)
                .releases()
                .list(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    private static Release newest(Pipeline pipeline) {
        return releases(pipeline).get(0);
    }

    /** Lets time go on until something is so: who waits for a time may begin to wait late. */
    private void passTime(Callable<Boolean> condition) {
        await().atMost(LONG).until(() -> {
            if (condition.call()) {
                return true;
            }
            fixture.clock.advance(MINUTE.multipliedBy(5));
            return false;
        });
    }

    private List<String> lines(Release release) {
        return fixture.log(release.id()).stream()
                .map(line -> line.substring("[2024-03-19 14:23:15] ".length()))
                .toList();
    }
}
