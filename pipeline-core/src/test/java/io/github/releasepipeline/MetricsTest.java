package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.metrics.Figures;
import io.github.releasepipeline.metrics.MetricsReport;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.PageRequest;
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
        assertThat(month.successfulDeployments()).isEqualTo(2);
        assertThat(behind(pipeline, FactKind.SUCCEEDED))
                .containsExactlyInAnyOrder(before.id().reference(), bad.id().reference());
        assertThat(month.deploymentSuccessRate().value()).contains(1.0);
        assertThat(month.changeFailureRate().part()).isEqualTo(1);
        assertThat(behind(pipeline, FactKind.RECOVERED))
                .containsExactly(bad.id().reference());
        assertThat(behind(pipeline, FactKind.ROLLBACK))
                .containsExactly(back.id().reference());
        assertThat(month.timeToDeploy().sample()).isEqualTo(2);
        assertThat(pipeline.as(ALICE)
                        .view(PipelineFilter.all(), 10, ZoneOffset.UTC)
                        .metrics())
                .isEqualTo(month);
    }

    private List<String> behind(Pipeline pipeline, FactKind kind) {
        Window month = Window.monthOf(fixture.clock.instant(), ZoneOffset.UTC);
        return pipeline.as(ALICE).metrics().behind(kind, month, Optional.empty(), PageRequest.first(50)).rows().stream()
                .map(Fact::subject)
                .toList();
    }

    @Test
    void counting_again_from_the_audit_trail_finds_nothing_that_differs() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.deployed(pipeline, fixture.version(pipeline), "production");
        Release bad = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        pipeline.as(ALICE).releases().rollback(bad.id(), "errors").await(LONG);
        // then
        assertThat(pipeline.as(ALICE).metrics().recount()).isZero();
    }

    @Test
    void what_somebody_has_miscounted_is_put_right() {
        // given
        Pipeline pipeline = fixture.start();
        Release release = fixture.deployed(pipeline, fixture.version(pipeline), "production");
        MetricsReport before = pipeline.as(ALICE).metrics().thisMonth(ZoneOffset.UTC);
        List<Fact> facts = fixture.memory.tables().figures().of(release.id().reference());
        boolean lost = fixture.memory.transact(session -> {
            session.recount(facts, List.of());
            return true;
        });
        assertThat(lost).isTrue();
        assertThat(pipeline.as(ALICE).metrics().thisMonth(ZoneOffset.UTC)).isNotEqualTo(before);
        // when
        long corrected = pipeline.as(ALICE).metrics().recount();
        // then
        assertThat(corrected).isEqualTo(1);
        assertThat(pipeline.as(ALICE).metrics().thisMonth(ZoneOffset.UTC)).isEqualTo(before);
    }

    @Test
    void a_release_that_failed_and_was_retried_counts_once() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.development.failNext(Step.ACTIVATE, FailureKind.FAILED, "no");
        Release failed = fixture.deploy(pipeline, fixture.version(pipeline), "development")
                .await(LONG);
        assertThat(pipeline.as(ALICE)
                        .metrics()
                        .thisMonth(ZoneOffset.UTC)
                        .deploymentSuccessRate()
                        .value())
                .contains(0.0);
        // when
        pipeline.as(ALICE).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(pipeline.as(ALICE).metrics().thisMonth(ZoneOffset.UTC).deploymentSuccessRate())
                .isEqualTo(new Figures.Ratio(Optional.of(1.0), 1, 1));
    }

    @Test
    void a_pull_request_that_two_versions_bring_is_delivered_once() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.stowaways(Stowaways.WARN));
        fixture.deployed(pipeline, fixture.version(pipeline), "production");
        long stowaway = fixture.merged(pipeline);
        Version first = fixture.version(pipeline);
        long member = fixture.merged(pipeline);
        ChangeSet set = pipeline.as(ALICE)
                .changeSets()
                .create("Late", wish -> wish.type(ChangeType.FEATURE).pullRequests(stowaway, member));
        Version second = pipeline.as(ALICE).versions().publish(set.id());
        // when
        Release both = fixture.deployed(pipeline, second, "production");
        // then
        assertThat(first.pullRequests()).contains(stowaway);
        assertThat(second.pullRequests()).contains(stowaway);
        assertThat(both.delivered())
                .extracting(delivery -> delivery.pullRequest())
                .contains(stowaway)
                .doesNotHaveDuplicates();
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
        assertThat(report.changeFailureRate().part()).isEqualTo(1);
        assertThat(pipeline.as(ALICE).metrics().hotfixed(week, Optional.empty()))
                .extracting(Fact::subject)
                .containsExactly(bad.id().reference());
        assertThat(report.recoveryTime().median()).contains(Duration.ofHours(3));
        assertThat(pipeline.as(ALICE)
                        .metrics()
                        .of(week, Optional.of(new EnvironmentName("staging")))
                        .productionDeployments())
                .isZero();
        assertThat(pipeline.as(ALICE).metrics().trend(List.of(week, week), Optional.empty()))
                .hasSize(2);
    }
}
