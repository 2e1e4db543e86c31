package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.metrics.Metrics;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.store.Window;
import java.time.ZoneId;
import java.util.Arrays;

/** The pipeline as somebody uses it. Cheap to make; thread-safe. */
public final class ActingPipeline {
    private static final PullRequestStatus[] OPEN = Arrays.stream(PullRequestStatus.values())
            .filter(PullRequestStatus::isOpen)
            .toArray(PullRequestStatus[]::new);

    private final Wiring wiring;
    private final Actor actor;

    ActingPipeline(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** Stage 1. */
    public PullRequests pullRequests() {
        return new PullRequests(wiring, actor);
    }

    /** Stage 2. */
    public ChangeSets changeSets() {
        return new ChangeSets(wiring, actor);
    }

    /** Stage 3. */
    public Versions versions() {
        return new Versions(wiring, actor);
    }

    /** Stage 4. */
    public Releases releases() {
        return new Releases(wiring, actor);
    }

    /** What is active where, holds and repairs. */
    public Environments environments() {
        return new Environments(wiring, actor);
    }

    /** Who did what, and the proof that it is complete. */
    public Audit audit() {
        return new Audit(wiring.store(), wiring.repository(), wiring.engine());
    }

    /** What could not be told to a notifier. */
    public Letters letters() {
        return new Letters(wiring, actor);
    }

    /** Figures. */
    public Metrics metrics() {
        return new Metrics(wiring.store(), wiring.engine()::now, new Recounting(wiring.store(), wiring.engine())::run);
    }

    /**
     * The four tables' first pages and the month's figures at once.
     *
     * @param filter what is shown; without pull-request statuses, the open ones
     * @param rows how many rows a table has at most
     * @param zone in which a month begins and ends
     */
    public PipelineView view(PipelineFilter filter, int rows, ZoneId zone) {
        return view(filter, Window.monthOf(wiring.engine().now(), zone), ViewPages.first(rows));
    }

    /**
     * The four tables and the figures at once. It costs the same however many there are; each table can also be read alone.
     *
     * @param filter what is shown; without pull-request statuses, the open ones. Its environment also holds for the figures
     * @param window of the figures
     */
    public PipelineView view(PipelineFilter filter, Window window, ViewPages pages) {
        PipelineTables tables = wiring.store().tables();
        PipelineFilter pullRequests = filter.pullRequests().isEmpty() ? filter.pullRequests(OPEN) : filter;
        return new PipelineView(
                tables.pullRequests(pullRequests, pages.pullRequests()),
                changeSets().list(filter, pages.changeSets()),
                tables.versions(filter, pages.versions()),
                tables.releases(filter, pages.releases()),
                metrics().of(window, filter.environment()));
    }
}
