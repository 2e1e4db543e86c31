package io.github.releasepipeline.metrics;

import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads figures. Thread-safe; each call reads the store. */
public final class Metrics {
    private static final PullRequestStatus[] OPEN = {
        PullRequestStatus.OPEN,
        PullRequestStatus.REVIEW_REQUESTED,
        PullRequestStatus.CHANGES_REQUESTED,
        PullRequestStatus.APPROVED
    };

    private final PipelineStore store;
    private final Supplier<Instant> now;

    /**
     * @param store where the releases are
     * @param now tells the time
     */
    public Metrics(PipelineStore store, Supplier<Instant> now) {
        this.store = store;
        this.now = now;
    }

    /** The figures of the calendar month we are in. */
    public MetricsReport thisMonth(ZoneId zone) {
        return of(Window.monthOf(now.get(), zone), Optional.empty());
    }

    /**
     * The figures of a window.
     *
     * @param environment only releases of this environment; empty for all
     */
    public MetricsReport of(Window window, Optional<EnvironmentName> environment) {
        PipelineFilter inEnvironment = environment.map(PipelineFilter.all()::in).orElse(PipelineFilter.all());
        List<Release> ended = new ArrayList<>();
        AllRows.<Release>forEach(page -> store.tables().releases(inEnvironment.finished(window), page), ended::add);
        List<Release> production = productionSince(inEnvironment, window);
        return MetricsFold.of(new MetricsFold.Facts(
                window,
                openPullRequests(),
                changeSetsReady(),
                versionsPublished(window),
                ended,
                production,
                hotfixes(production)));
    }

    /** The figures of consecutive windows, for a trend. */
    public List<MetricsReport> trend(List<Window> windows, Optional<EnvironmentName> environment) {
        return windows.stream().map(window -> of(window, environment)).toList();
    }

    private List<Release> productionSince(PipelineFilter filter, Window window) {
        Window longer = new Window(window.from(), window.to().plus(MetricsFold.HOTFIX_WINDOW));
        List<Release> production = new ArrayList<>();
        PipelineFilter succeeded =
                filter.finished(longer).releases(ReleaseState.Kind.SUCCEEDED, ReleaseState.Kind.ROLLED_BACK);
        AllRows.<Release>forEach(page -> store.tables().releases(succeeded, page), production::add);
        return production.stream()
                .filter(release -> release.kind() == ReleaseKind.DEPLOY)
                .filter(release -> release.policy().tier() == Tier.PRODUCTION)
                .sorted(Comparator.comparing(
                        release -> release.state().finishedAt().orElseThrow()))
                .toList();
    }

    private Set<VersionId> hotfixes(List<Release> production) {
        Set<VersionId> hotfixes = new HashSet<>();
        production.stream()
                .map(Release::version)
                .distinct()
                .forEach(id -> store.reader()
                        .find(id)
                        .map(Stored::snapshot)
                        .filter(version -> version.hotfix().isPresent()
                                || version.changeSets().stream().anyMatch(this::isHotfix))
                        .ifPresent(version -> hotfixes.add(id)));
        return hotfixes;
    }

    private boolean isHotfix(ChangeSetId id) {
        return store.reader()
                .find(id)
                .filter(set -> set.snapshot().type() == ChangeType.HOTFIX)
                .isPresent();
    }

    private int openPullRequests() {
        return count(page -> store.tables().pullRequests(PipelineFilter.all().pullRequests(OPEN), page));
    }

    private int changeSetsReady() {
        PipelineFilter ready = PipelineFilter.all().changeSets(ChangeSetState.Kind.READY);
        return count(page -> store.tables().changeSets(ready, page));
    }

    private int versionsPublished(Window window) {
        AtomicInteger published = new AtomicInteger();
        PipelineFilter all = PipelineFilter.all()
                .versions(VersionState.Kind.PUBLISHED, VersionState.Kind.DEPRECATED, VersionState.Kind.BLOCKED);
        AllRows.<Version>forEach(
                page -> store.tables().versions(all, page),
                version -> version.state()
                        .published()
                        .filter(window::contains)
                        .ifPresent(at -> published.incrementAndGet()));
        return published.get();
    }

    private static <T> int count(Function<PageRequest, Page<T>> pages) {
        AtomicInteger count = new AtomicInteger();
        AllRows.forEach(pages, row -> count.incrementAndGet());
        return count.get();
    }
}
