package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done when somebody calls maintain(). */
class MaintenanceTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_log_of_an_ended_release_is_dropped_when_it_is_old_enough() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.keepLogs(WEEK));
        ReleaseId old = deployed(pipeline);
        fixture.clock.advance(WEEK);
        ReleaseId young = deployed(pipeline);
        // when / then
        pipeline.maintain();
        assertThat(fixture.log(old)).as("just as old as it may be").isNotEmpty();
        fixture.clock.advance(SECOND);
        pipeline.maintain();
        assertThat(fixture.log(old)).isEmpty();
        assertThat(fixture.log(young)).isNotEmpty();
    }

    @Test
    void logs_are_kept_for_ever_unless_somebody_says_otherwise() {
        Pipeline pipeline = fixture.start();
        ReleaseId release = deployed(pipeline);
        fixture.clock.advance(Duration.ofDays(10_000));
        pipeline.maintain();
        assertThat(fixture.log(release)).isNotEmpty();
    }

    @Test
    void what_was_recorded_is_sealed_when_the_interval_since_the_last_seal_is_over() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.sealAuditEvery(HOUR));
        deployed(pipeline);
        long before = newest().number();
        // when / then
        fixture.clock.advance(HOUR.minus(SECOND));
        pipeline.maintain();
        assertThat(newest().number()).as("not yet").isEqualTo(before);
        fixture.clock.advance(SECOND);
        pipeline.maintain();
        assertThat(newest().number()).isEqualTo(before + 1);
        assertThat(newest().at()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void nothing_is_sealed_twice() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.sealAuditEvery(HOUR));
        deployed(pipeline);
        Checkpoint last = pipeline.as(ALICE).audit().seal().orElseThrow();
        // when
        fixture.clock.advance(HOUR);
        pipeline.maintain();
        // then
        assertThat(newest()).isEqualTo(last);
    }

    @Test
    void a_release_that_waits_and_has_time_left_costs_no_transaction() {
        // given
        FaultyStore store = new FaultyStore(fixture.memory);
        Pipeline pipeline = fixture.start(store, wiring -> {});
        Version version = fixture.version(pipeline);
        pipeline.as(ALICE).releases().request(version.id(), "staging");
        fixture.approved(pipeline, version, "development");
        // when
        store.before(number -> {});
        pipeline.maintain();
        // then
        assertThat(store.transactions()).isZero();
    }

    private ReleaseId deployed(Pipeline pipeline) {
        return fixture.deployed(pipeline, fixture.version(pipeline), "development")
                .id();
    }

    /** What the store has now: to ask the pipeline would seal. */
    private Checkpoint newest() {
        return fixture.memory.audit().newestCheckpoint().orElseThrow();
    }
}
