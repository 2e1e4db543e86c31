package io.github.releasepipeline.metrics;

import io.github.releasepipeline.store.Window;

/**
 * The figures of a window of time.
 *
 * @param window from its first instant to the first after it
 * @param openPullRequests open, not draft, touching an item, now
 * @param changeSetsReady ready to be versioned, now
 * @param versionsPublished published in the window, also if deprecated since
 * @param successfulDeployments deployments that succeeded in the window, also if rolled back since
 * @param deploymentSuccessRate those, out of all deployments that succeeded or failed
 * @param timeToDeploy from the opening of a pull request to its first success in production
 * @param productionDeployments deployments that succeeded in production: the deployment frequency
 * @param leadTime from the first commit to production
 * @param changeFailureRate production deployments that were rolled back, or followed by a hotfix within 7 days
 * @param recoveryTime from a failed production deployment to the rollback or hotfix that ended it
 * @param rollbackRate successful deployments that were rolled back since
 * @param rollbackDuration how long rollbacks took
 * @param approvalLatency from the request to the last approval
 */
public record MetricsReport(
        Window window,
        long openPullRequests,
        long changeSetsReady,
        long versionsPublished,
        long successfulDeployments,
        Figures.Ratio deploymentSuccessRate,
        Figures.Spread timeToDeploy,
        long productionDeployments,
        Figures.Spread leadTime,
        Figures.Ratio changeFailureRate,
        Figures.Spread recoveryTime,
        Figures.Ratio rollbackRate,
        Figures.Spread rollbackDuration,
        Figures.Spread approvalLatency) {}
