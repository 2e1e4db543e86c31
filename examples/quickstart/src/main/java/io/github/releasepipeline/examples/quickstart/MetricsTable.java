package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.metrics.Figures;
import io.github.releasepipeline.metrics.MetricsReport;
import java.time.Duration;
import java.util.Optional;

/** The figures of a month: those of the pipeline's page, then the four of DORA. */
final class MetricsTable {
    private MetricsTable() {}

    static TextTable of(MetricsReport metrics) {
        return new TextTable("Metric", "Value", "Description")
                .row("Open PRs", metrics.openPullRequests(), "PRs awaiting review or merge")
                .row("Change sets ready", metrics.changeSetsReady(), "Change sets ready to version")
                .row("Versions published (this month)", metrics.versionsPublished(), "Total versions created")
                .row(
                        "Successful deployments (this month)",
                        metrics.successfulDeployments(),
                        "Deployments that succeeded")
                .row(
                        "Deployment success rate",
                        percent(metrics.deploymentSuccessRate()),
                        "Percentage of successful deployments")
                .row(
                        "Mean time to deploy",
                        span(metrics.timeToDeploy().mean()),
                        "Average time from PR open to production" + spread(metrics.timeToDeploy()))
                .row(
                        "Deployment frequency (DORA)",
                        metrics.productionDeployments(),
                        "Deployments to production this month")
                .row(
                        "Lead time for changes (DORA)",
                        span(metrics.leadTime().median()),
                        "Median from first commit to production")
                .row(
                        "Change failure rate (DORA)",
                        percent(metrics.changeFailureRate()),
                        "Production deployments rolled back or hotfixed")
                .row(
                        "Failed deployment recovery time (DORA)",
                        span(metrics.recoveryTime().median()),
                        "Median from bad deployment to its end")
                .row("Rollback rate", percent(metrics.rollbackRate()), "Deployments that were rolled back")
                .row(
                        "Approval latency",
                        span(metrics.approvalLatency().median()),
                        "Median from request to last approval");
    }

    private static String percent(Figures.Ratio ratio) {
        return ratio.value().map(value -> Math.round(value * 100) + "%").orElse("-");
    }

    private static String span(Optional<Duration> span) {
        return span.map(Times::span).orElse("-");
    }

    private static String spread(Figures.Spread spread) {
        return spread.median()
                .map(median -> " (median " + Times.span(median) + ")")
                .orElse("");
    }
}
