package io.github.releasepipeline.metrics;

import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.figure.Stock;
import io.github.releasepipeline.figure.Tally;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.FigureTables;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads figures. They are kept while things happen, so that reading them costs the same however many releases there are; what
 * they are made of can be listed, and counted again from the audit trail. Thread-safe; each call reads the store.
 */
public final class Metrics {
    /** How long after a production deployment a hotfix counts against it. */
    public static final Duration HOTFIX_WINDOW = Duration.ofDays(7);

    private final PipelineStore store;
    private final Supplier<Instant> now;
    private final LongSupplier recounting;

    /**
     * @param store where the facts are
     * @param now tells the time
     * @param recounting counts everything again, and tells how much was counted otherwise before
     */
    public Metrics(PipelineStore store, Supplier<Instant> now, LongSupplier recounting) {
        this.store = store;
        this.now = now;
        this.recounting = recounting;
    }

    /** The figures of the calendar month we are in. */
    public MetricsReport thisMonth(ZoneId zone) {
        return of(Window.monthOf(now.get(), zone), Optional.empty());
    }

    /**
     * The figures of a window.
     *
     * @param environment only releases of this environment, and all versions; empty for all
     */
    public MetricsReport of(Window window, Optional<EnvironmentName> environment) {
        FigureTables figures = store.tables().figures();
        Map<FactKind, Tally> tallies = figures.tally(window, environment);
        List<Duration> hotfixed = figures.hotfixed(window, HOTFIX_WINDOW, environment).stream()
                .map(Fact::took)
                .toList();
        Tally recovered = Figures.and(of(tallies, FactKind.RECOVERED), hotfixed);
        Stock stock = figures.stock();
        long succeeded = of(tallies, FactKind.SUCCEEDED).count();
        long production = of(tallies, FactKind.PRODUCTION).count();
        return new MetricsReport(
                window,
                stock.openPullRequests(),
                stock.changeSetsReady(),
                of(tallies, FactKind.PUBLISHED).count(),
                succeeded,
                Figures.Ratio.of(
                        succeeded, succeeded + of(tallies, FactKind.FAILED).count()),
                Figures.Spread.of(of(tallies, FactKind.TIME_TO_DEPLOY)),
                production,
                Figures.Spread.of(of(tallies, FactKind.LEAD_TIME)),
                Figures.Ratio.of(recovered.count(), production),
                Figures.Spread.of(recovered),
                Figures.Ratio.of(of(tallies, FactKind.ROLLED_BACK).count(), succeeded),
                Figures.Spread.of(of(tallies, FactKind.ROLLBACK)),
                Figures.Spread.of(of(tallies, FactKind.APPROVED)));
    }

    private static Tally of(Map<FactKind, Tally> tallies, FactKind kind) {
        return tallies.getOrDefault(kind, Tally.nothing());
    }

    /** The figures of consecutive windows, for a trend. */
    public List<MetricsReport> trend(List<Window> windows, Optional<EnvironmentName> environment) {
        return windows.stream().map(window -> of(window, environment)).toList();
    }

    /**
     * What a figure was made of, newest first: releases that succeeded or failed, pull requests that were delivered, and so on.
     * A change failure rate is made of {@link FactKind#RECOVERED} and of {@link #hotfixed}.
     *
     * @param environment only releases of this environment, and all versions; empty for all
     */
    public Page<Fact> behind(FactKind kind, Window window, Optional<EnvironmentName> environment, PageRequest page) {
        Optional<EnvironmentName> place = kind == FactKind.PUBLISHED ? Optional.empty() : environment;
        return store.tables().figures().list(kind, window, place, page);
    }

    /** Production deployments of a window that a hotfix followed within {@link #HOTFIX_WINDOW}, oldest first. */
    public List<Fact> hotfixed(Window window, Optional<EnvironmentName> environment) {
        return store.tables().figures().hotfixed(window, HOTFIX_WINDOW, environment);
    }

    /**
     * Counts everything again from the audit trail, subject after subject, each in a transaction of its own, and puts right what
     * differs. Nothing does, unless the rules of counting have changed with a new version of this library or somebody has
     * changed rows by hand. May run while releases do, may be interrupted, and may be repeated.
     *
     * @return how many releases and versions were counted otherwise before
     */
    public long recount() {
        return recounting.getAsLong();
    }
}
