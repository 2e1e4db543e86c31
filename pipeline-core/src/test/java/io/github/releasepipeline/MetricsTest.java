package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.metrics.MetricsReport;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_month_counts_what_happened_in_it() {
        // given
        Pipeline pipeline = fixture.start();
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        fixture.changeSet(pipeline);
        fixture.forge.open(900);
        pipeline.as(ALICE).pullRequests().synchronize();
        Release before = fixture.deployed(pipeline, first, "production");
        Release bad = fixture.deployed(pipeline, second, "production");
        Release back =
                pipeline.as(ALICE).releases().rollback(bad.id(), "errors").await(LONG);
        // when
        MetricsReport month = pipeline.as(ALICE).metrics().thisMonth(ZoneOffset.UTC);
        // then
        assertThat(month.openPullRequests()).isEqualTo(1);
        assertThat(month.changeSetsReady()).isEqualTo(1);
        assertThat(month.versionsPublished()).isEqualTo(2);
        assertThat(month.successfulDeployments().releases()).containsExactlyInAnyOrder(before.id(), bad.id());
        assertThat(month.deploymentSuccessRate().value()).contains(1.0);
        assertThat(month.changeFailureRate().part()).containsExactly(bad.id());
        assertThat(month.rollbackDuration().releases()).containsExactly(back.id());
        assertThat(month.timeToDeploy().sample()).isEqualTo(2);
        assertThat(pipeline.as(ALICE)
                        .view(PipelineFilter.all(), 10, ZoneOffset.UTC)
                        .metrics())
                .isEqualTo(month);
    }

    @Test
    void a_production_deployment_delivers_the_pull_requests_of_all_versions_since_the_last_one() {
        // given
        Pipeline pipeline = fixture.start();
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        // when
        Release both = fixture.deployed(pipeline, second, "production");
        Release again = fixture.deployed(pipeline, second, "production");
        // then
        assertThat(both.delivered())
                .extracting(delivery -> delivery.pullRequest())
                .containsExactlyInAnyOrder(
                        first.pullRequests().get(0), second.pullRequests().get(0));
        assertThat(again.delivered()).isEmpty();
        assertThat(pipeline.as(ALICE).versions().get(first.id()).deliveredBy())
                .contains(both.id().value());
        assertThat(pipeline.as(ALICE).versions().get(second.id()).deliveredBy())
                .contains(both.id().value());
    }

    @Test
    void a_deployment_outside_production_delivers_nothing() {
        // given
        Pipeline pipeline = fixture.start();
        // when
        Release release = fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // then
        assertThat(release.delivered()).isEmpty();
    }

    @Test
    void a_hotfix_within_a_week_counts_against_the_deployment_before_it() {
        // given
        Pipeline pipeline = fixture.start();
        Release bad = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        fixture.clock.advance(Duration.ofHours(3));
        long number = fixture.merged(pipeline);
        ChangeSet fix = pipeline.as(ALICE)
                .changeSets()
                .create("Fix", set -> set.type(ChangeType.HOTFIX).pullRequests(number));
        Version hotfix = pipeline.as(ALICE).versions().publish(fix.id());
        fixture.deployed(pipeline, hotfix, "production");
        Window week = Window.lastDays(7, fixture.clock.instant().plusSeconds(1));
        // when
        MetricsReport report = pipeline.as(ALICE).metrics().of(week, Optional.of(new EnvironmentName("production")));
        // then
        assertThat(report.changeFailureRate().part()).containsExactly(bad.id());
        assertThat(report.recoveryTime().median()).contains(Duration.ofHours(3));
        assertThat(pipeline.as(ALICE)
                        .metrics()
                        .of(week, Optional.of(new EnvironmentName("staging")))
                        .productionDeployments()
                        .value())
                .isZero();
        assertThat(pipeline.as(ALICE).metrics().trend(List.of(week, week), Optional.empty()))
                .hasSize(2);
    }
}
