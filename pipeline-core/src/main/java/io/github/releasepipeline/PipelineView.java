package io.github.releasepipeline;

import io.github.releasepipeline.metrics.MetricsReport;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.version.Version;

/**
 * The pipeline at one glance.
 *
 * @param pullRequests stage 1
 * @param changeSets stage 2
 * @param versions stage 3
 * @param releases stage 4
 * @param metrics the figures of the window that was asked for, or else of this month
 */
public record PipelineView(
        Page<PullRequest> pullRequests,
        Page<ChangeSetRow> changeSets,
        Page<Version> versions,
        Page<Release> releases,
        MetricsReport metrics) {}
