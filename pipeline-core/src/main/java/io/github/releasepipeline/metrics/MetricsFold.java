package io.github.releasepipeline.metrics;

import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.version.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the figures of a window of the releases that ended in it. Pure. */
final class MetricsFold {
    /** How long after a production deployment a hotfix counts against it. */
    static final Duration HOTFIX_WINDOW = Duration.ofDays(7);

    /**
     * What the figures are made of.
     *
     * @param ended releases that ended in the window
     * @param productionSince production deployments that succeeded in the window or within 7 days after it, oldest first
     * @param hotfixes ids of versions that were made on the hotfix lane or hold a change set of type HOTFIX
     */
    record Facts(
            Window window,
            int openPullRequests,
            int changeSetsReady,
            int versionsPublished,
            List<Release> ended,
            List<Release> productionSince,
            Set<VersionId> hotfixes) {}

    private MetricsFold() {}

    /** The figures. */
    static MetricsReport of(Facts facts) {
        List<Release> deployed = facts.ended().stream()
                .filter(release -> release.kind() == ReleaseKind.DEPLOY)
                .filter(release -> succeeded(release) || failed(release))
                .toList();
        List<Release> successful =
                deployed.stream().filter(MetricsFold::succeeded).toList();
        List<Release> production = successful.stream()
                .filter(release -> release.policy().tier() == Tier.PRODUCTION)
                .toList();
        List<Release> rolledBack =
                successful.stream().filter(MetricsFold::rolledBack).toList();
        List<Release> rollbacks = facts.ended().stream()
                .filter(release -> release.kind() == ReleaseKind.ROLLBACK && succeeded(release))
                .toList();
        List<Map.Entry<ReleaseId, Duration>> recoveries = production.stream()
                .flatMap(release -> recovery(release, facts).stream()
                        .map(end -> Map.entry(release.id(), Duration.between(ended(release), end))))
                .toList();
        Set<ReleaseId> bad = recoveries.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        return new MetricsReport(
                facts.window(),
                facts.openPullRequests(),
                facts.changeSetsReady(),
                facts.versionsPublished(),
                Figures.Count.of(successful),
                Figures.Ratio.of(successful, deployed),
                Figures.Spread.of(deliveries(production, delivery -> Optional.of(delivery.openedAt()))),
                Figures.Count.of(production),
                Figures.Spread.of(deliveries(production, Delivery::firstCommitAt)),
                Figures.Ratio.of(
                        production.stream()
                                .filter(release -> bad.contains(release.id()))
                                .toList(),
                        production),
                Figures.Spread.of(recoveries),
                Figures.Ratio.of(rolledBack, successful),
                Figures.Spread.of(rollbacks.stream()
                        .flatMap(release -> release.took().stream().map(took -> Map.entry(release.id(), took)))
                        .toList()),
                Figures.Spread.of(facts.ended().stream()
                        .flatMap(MetricsFold::approvalLatency)
                        .toList()));
    }

    private static List<Map.Entry<ReleaseId, Duration>> deliveries(
            List<Release> production, Function<Delivery, Optional<Instant>> begin) {
        return production.stream()
                .flatMap(release -> release.delivered().stream()
                        .flatMap(delivery -> begin.apply(delivery).stream())
                        .map(since -> Map.entry(release.id(), Duration.between(since, ended(release)))))
                .toList();
    }

    /** When a production deployment that turned out bad was mended: by its rollback, or by a hotfix soon after. */
    private static Optional<Instant> recovery(Release release, Facts facts) {
        if (release.state() instanceof ReleaseState.RolledBack back) {
            return Optional.of(back.at());
        }
        Instant limit = ended(release).plus(HOTFIX_WINDOW);
        return facts.productionSince().stream()
                .filter(later -> later.environment().equals(release.environment()))
                .filter(later -> ended(later).isAfter(ended(release)))
                .findFirst()
                .filter(later -> facts.hotfixes().contains(later.version()))
                .map(MetricsFold::ended)
                .filter(end -> !end.isAfter(limit));
    }

    private static Stream<Map.Entry<ReleaseId, Duration>> approvalLatency(Release release) {
        return release.approvals().stream()
                .map(Approval::at)
                .max(Comparator.naturalOrder())
                .map(last -> Map.entry(release.id(), Duration.between(release.requestedAt(), last)))
                .stream();
    }

    private static boolean succeeded(Release release) {
        return release.succeeded() || (release.state() instanceof ReleaseState.RolledBack back && back.succeeded());
    }

    private static boolean failed(Release release) {
        return release.state() instanceof ReleaseState.Failed
                || (release.state() instanceof ReleaseState.RolledBack back && !back.succeeded());
    }

    private static boolean rolledBack(Release release) {
        return release.state() instanceof ReleaseState.RolledBack;
    }

    private static Instant ended(Release release) {
        return release.state().finishedAt().orElseThrow();
    }
}
