package io.github.releasepipeline.memory;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.FigureTables;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The tables of the pipeline view: rows in order, filtered as they are read. */
final class MemoryTables implements PipelineTables {
    private final Supplier<State> state;

    MemoryTables(Supplier<State> state) {
        this.state = state;
    }

    @Override
    public Page<PullRequest> pullRequests(PipelineFilter filter, PageRequest page) {
        return page(
                "pull-requests",
                state.get().pullRequests,
                Place::of,
                row -> !row.items().isEmpty() && filter.accepts(row),
                page);
    }

    @Override
    public Page<ChangeSet> changeSets(PipelineFilter filter, PageRequest page) {
        return page("change-sets", state.get().changeSets, Place::of, filter::accepts, page);
    }

    @Override
    public Page<Version> versions(PipelineFilter filter, PageRequest page) {
        boolean discardedToo = filter.versions().contains(VersionState.Kind.DISCARDED);
        return page(
                "versions",
                state.get().versions,
                Place::of,
                row -> (discardedToo || row.state().kind() != VersionState.Kind.DISCARDED) && filter.accepts(row),
                page);
    }

    @Override
    public Page<Release> releases(PipelineFilter filter, PageRequest page) {
        return page("releases", state.get().releases, Place::of, filter::accepts, page);
    }

    @Override
    public List<PullRequest> pullRequests(Set<PullRequestId> ids) {
        State now = state.get();
        return ids.stream()
                .flatMap(id -> now.subjects.get(id.reference()).stream())
                .map(stored -> (PullRequest) stored.snapshot())
                .toList();
    }

    @Override
    public FigureTables figures() {
        return new MemoryFigures(state);
    }

    @Override
    public List<Automation> automationsUnderWay() {
        return state.get().automations.values().toList();
    }

    private static <T> Page<T> page(
            String table, Sorted<Place, T> rows, Function<T, Place> place, Predicate<T> shown, PageRequest page) {
        Stream<T> rest = page.after()
                .map(cursor -> rows.after(Place.parse(table, cursor)))
                .orElseGet(rows::values);
        return firstOf(rest.filter(shown), page.size(), row -> place.apply(row).cursor(table));
    }

    /** A page of what comes next; one row more tells whether there is a page after it. */
    static <T> Page<T> firstOf(Stream<T> rest, int size, Function<T, String> cursor) {
        List<T> found = rest.limit(size + 1L).toList();
        return found.size() <= size
                ? new Page<>(found, Optional.empty())
                : new Page<>(found.subList(0, size), Optional.of(cursor.apply(found.get(size - 1))));
    }
}
