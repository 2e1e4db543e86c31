package io.github.releasepipeline.core.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.metrics.Figures;
import io.github.releasepipeline.metrics.Metrics;
import io.github.releasepipeline.metrics.MetricsReport;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.version.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the figures, one by one. */
class FactsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Window MONTH = new Window(T0, T0.plus(Duration.ofDays(31)));

    /** A release of the version of the same number. */
    private static Release release(
            String id, ReleaseKind kind, Tier tier, ReleaseState state, List<Delivery> delivered, Instant... votes) {
        List<Approval> approvals = new ArrayList<>();
        for (Instant vote : votes) {
            approvals.add(new Approval(Actor.user("v" + approvals.size()), Set.of(), "", vote, Samples.MANIFEST));
        }
        return new Release(
                new ReleaseId(id),
                kind,
                new VersionId("v of " + id),
                Samples.number(1, 0, 0),
                Samples.MANIFEST,
                new EnvironmentName(tier == Tier.PRODUCTION ? "production" : "staging"),
                Samples.ALICE,
                T0,
                Optional.empty(),
                EnvironmentPolicy.of(tier),
                Samples.plan("p", "o"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Release.Order.FORWARD,
                approvals,
                List.of(new Attempt(1, 1, Samples.ALICE, T0, Optional.of(Duration.ofMinutes(2)), List.of())),
                Optional.empty(),
                delivered,
                state);
    }

    private static Instant day(int day) {
        return T0.plus(Duration.ofDays(day));
    }

    private static Release good(String id, int day, Delivery... delivered) {
        return release(
                id, ReleaseKind.DEPLOY, Tier.PRODUCTION, new ReleaseState.Succeeded(day(day)), List.of(delivered));
    }

    private static Release staged(String id, int day) {
        return release(id, ReleaseKind.DEPLOY, Tier.STAGING, new ReleaseState.Succeeded(day(day)), List.of());
    }

    private static Release bad(String id, int day) {
        ReleaseState state = new ReleaseState.Failed(Step.ACTIVATE, FailureKind.FAILED, "no", day(day));
        return release(id, ReleaseKind.DEPLOY, Tier.PRODUCTION, state, List.of());
    }

    private static Release rolledBack(String id, int day, int back, boolean succeeded) {
        ReleaseState state = new ReleaseState.RolledBack(new ReleaseId("back"), day(day), succeeded, day(back));
        return release(id, ReleaseKind.DEPLOY, Tier.PRODUCTION, state, List.of());
    }

    private static Release rollback(String id, ReleaseState state) {
        return release(id, ReleaseKind.ROLLBACK, Tier.PRODUCTION, state, List.of());
    }

    /** The figures of these releases, of which some are of versions that correct others. */
    private static MetricsReport fold(List<Release> releases, String... hotfixes) {
        return figures(releases, hotfixes).of(MONTH, Optional.empty());
    }

    private static Metrics figures(List<Release> releases, String... hotfixes) {
        MemoryPipelineStore store = new MemoryPipelineStore();
        for (Release release : releases) {
            boolean hotfix = List.of(hotfixes).contains(release.id().value());
            boolean counted = store.transact(session -> {
                session.recount(List.of(), Facts.of(release, hotfix));
                return true;
            });
            assertThat(counted).isTrue();
        }
        return new Metrics(store, () -> T0, () -> 0);
    }

    private static MetricsReport fold(Release... ended) {
        return fold(List.of(ended));
    }

    private static List<String> hotfixed(List<Release> releases, String... hotfixes) {
        return figures(releases, hotfixes).hotfixed(MONTH, Optional.empty()).stream()
                .map(Fact::subject)
                .toList();
    }

    @Test
    void an_empty_denominator_is_absent_and_not_zero() {
        MetricsReport report = fold();
        assertThat(report.deploymentSuccessRate().value()).isEmpty();
        assertThat(report.changeFailureRate().value()).isEmpty();
        assertThat(report.rollbackRate().value()).isEmpty();
        assertThat(report.timeToDeploy().median()).isEmpty();
        assertThat(report.timeToDeploy().mean()).isEmpty();
        assertThat(report.timeToDeploy().p90()).isEmpty();
        assertThat(report.timeToDeploy().sample()).isZero();
        assertThat(report.successfulDeployments()).isZero();
    }

    @Test
    void a_success_stays_one_when_it_is_rolled_back_later() {
        MetricsReport report = fold(good("a", 1), rolledBack("b", 2, 3, true), staged("c", 3));
        assertThat(report.successfulDeployments()).isEqualTo(3);
    }

    @Test
    void the_success_rate_is_of_what_succeeded_or_failed() {
        MetricsReport report = fold(good("a", 1), bad("b", 2), rolledBack("c", 2, 3, false), good("d", 4));
        assertThat(report.deploymentSuccessRate()).isEqualTo(new Figures.Ratio(Optional.of(0.5), 2, 4));
    }

    @Test
    void what_was_called_off_or_never_started_does_not_count() {
        ReleaseState[] others = {
            new ReleaseState.Cancelled(Samples.ALICE, "", day(1)),
            new ReleaseState.Rejected(Samples.ALICE, "", day(1)),
            new ReleaseState.Expired(day(1)),
            new ReleaseState.Superseded(new ReleaseId("x"), day(1))
        };
        for (ReleaseState state : others) {
            Release release = release("a", ReleaseKind.DEPLOY, Tier.PRODUCTION, state, List.of());
            assertThat(fold(release).deploymentSuccessRate().whole()).isZero();
            assertThat(fold(release).productionDeployments()).isZero();
        }
    }

    @Test
    void rollbacks_are_not_deployments() {
        MetricsReport report = fold(rollback("a", new ReleaseState.Succeeded(day(1))));
        assertThat(report.successfulDeployments()).isZero();
        assertThat(report.deploymentSuccessRate().value()).isEmpty();
        assertThat(report.productionDeployments()).isZero();
    }

    @Test
    void deployment_frequency_counts_production_only() {
        assertThat(fold(good("a", 1), staged("b", 1), bad("c", 1)).productionDeployments())
                .isEqualTo(1);
    }

    @Test
    void time_to_deploy_is_from_opening_to_the_first_success_in_production() {
        MetricsReport report = fold(
                good("a", 5, delivery(1, day(3), Optional.of(day(1))), delivery(2, day(4), Optional.empty())),
                good("b", 9, delivery(3, day(0), Optional.of(day(0)))));
        assertThat(report.timeToDeploy())
                .isEqualTo(new Figures.Spread(
                        Optional.of(Duration.ofDays(4)),
                        Optional.of(Duration.ofDays(2)),
                        Optional.of(Duration.ofDays(9)),
                        3));
        assertThat(report.leadTime())
                .isEqualTo(new Figures.Spread(
                        Optional.of(Duration.ofHours(156)),
                        Optional.of(Duration.ofDays(4)),
                        Optional.of(Duration.ofDays(9)),
                        2));
    }

    private static Delivery delivery(long number, Instant opened, Optional<Instant> firstCommit) {
        return new Delivery(number, opened, firstCommit);
    }

    @Test
    void a_production_deployment_that_was_rolled_back_failed() {
        MetricsReport report = fold(rolledBack("a", 1, 3, true), good("b", 5));
        assertThat(report.changeFailureRate()).isEqualTo(new Figures.Ratio(Optional.of(0.5), 1, 2));
        assertThat(report.recoveryTime().mean()).contains(Duration.ofDays(2));
        assertThat(report.recoveryTime().sample()).isEqualTo(1);
    }

    @Test
    void a_hotfix_within_seven_days_makes_the_deployment_before_it_a_failure() {
        List<Release> releases = List.of(good("a", 1), good("h", 8));
        assertThat(hotfixed(releases, "h")).containsExactly("release:a");
        assertThat(fold(releases, "h").changeFailureRate()).isEqualTo(new Figures.Ratio(Optional.of(0.5), 1, 2));
        assertThat(fold(releases, "h").recoveryTime().median()).contains(Duration.ofDays(7));
    }

    @Test
    void a_hotfix_after_seven_days_does_not() {
        Release late = release(
                "h",
                ReleaseKind.DEPLOY,
                Tier.PRODUCTION,
                new ReleaseState.Succeeded(day(8).plusNanos(1_000)),
                List.of());
        assertThat(hotfixed(List.of(good("a", 1), late), "h")).isEmpty();
    }

    @Test
    void a_hotfix_counts_against_the_deployment_it_follows_and_not_against_earlier_ones() {
        List<Release> releases = List.of(good("a", 1), good("b", 2), good("h", 3));
        assertThat(hotfixed(releases, "h")).containsExactly("release:b");
        assertThat(fold(releases, "h").changeFailureRate().whole()).isEqualTo(3);
    }

    @Test
    void a_deployment_that_was_rolled_back_and_then_corrected_failed_once() {
        List<Release> releases = List.of(rolledBack("a", 1, 2, true), good("h", 3));
        assertThat(hotfixed(releases, "h")).isEmpty();
        assertThat(fold(releases, "h").changeFailureRate().part()).isEqualTo(1);
        assertThat(fold(releases, "h").recoveryTime().mean()).contains(Duration.ofDays(1));
    }

    @Test
    void an_ordinary_deployment_or_one_elsewhere_is_no_hotfix() {
        assertThat(hotfixed(List.of(good("a", 1), good("b", 2)))).isEmpty();
        assertThat(hotfixed(List.of(good("a", 1), staged("h", 2)), "h")).isEmpty();
    }

    @Test
    void the_rollback_rate_is_of_all_successful_deployments() {
        assertThat(fold(rolledBack("a", 1, 2, true), staged("b", 1), rolledBack("c", 1, 2, false))
                        .rollbackRate())
                .isEqualTo(new Figures.Ratio(Optional.of(0.5), 1, 2));
    }

    @Test
    void rollback_duration_is_of_rollbacks_that_succeeded() {
        ReleaseState failed = new ReleaseState.Failed(Step.RESTORE, FailureKind.ERRORED, "no", day(1));
        MetricsReport report =
                fold(rollback("a", new ReleaseState.Succeeded(day(1))), rollback("b", failed), good("c", 1));
        assertThat(report.rollbackDuration().sample()).isEqualTo(1);
        assertThat(report.rollbackDuration().mean()).contains(Duration.ofMinutes(2));
    }

    @Test
    void approval_latency_is_from_the_request_to_the_last_vote() {
        Release voted = release(
                "a", ReleaseKind.DEPLOY, Tier.STAGING, new ReleaseState.Succeeded(day(9)), List.of(), day(3), day(2));
        MetricsReport report = fold(voted, good("b", 1));
        assertThat(report.approvalLatency().sample()).isEqualTo(1);
        assertThat(report.approvalLatency().mean()).contains(Duration.ofDays(3));
    }
}
