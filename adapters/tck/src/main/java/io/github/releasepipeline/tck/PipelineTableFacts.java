package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Facts about the four tables. */
abstract class PipelineTableFacts extends ConcurrencyFacts {
    private static final PipelineFilter ALL = PipelineFilter.all();

    @Test
    void tables_of_an_empty_store_have_one_empty_page() {
        for (Function<PageRequest, Page<?>> table : tables()) {
            Page<?> page = table.apply(PageRequest.first(10));
            assertThat(page.rows()).isEmpty();
            assertThat(page.next()).isEmpty();
        }
    }

    @Test
    void rows_stand_newest_first_and_those_of_one_instant_with_the_greatest_id_first() {
        Population population = populate(1, 60);

        assertShown(population, ALL);
    }

    @Test
    void every_filter_alone_shows_what_it_accepts() {
        Population population = populate(2, 80);

        Population.parts().forEach(part -> assertShown(population, part.apply(ALL)));
    }

    @Test
    void filters_combine() {
        Population population = populate(3, 60);
        List<UnaryOperator<PipelineFilter>> parts = Population.parts();

        for (int i = 0; i < parts.size(); i++) {
            PipelineFilter filter = parts.get(i)
                    .andThen(parts.get((i * 7 + 11) % parts.size()))
                    .andThen(parts.get((i * 3 + 5) % parts.size()))
                    .apply(ALL);
            assertShown(population, filter);
        }
    }

    @Test
    void pull_requests_that_touch_no_item_are_not_shown() {
        save(Sample.pullRequest(1).items().build());
        assertThat(pullRequests()).isEmpty();

        PullRequest touching = Sample.pullRequest(1).build();
        save(touching);
        assertThat(pullRequests()).containsExactly(touching);

        save(Sample.pullRequest(1).items().build());
        assertThat(pullRequests()).isEmpty();
    }

    @Test
    void discarded_versions_are_shown_only_when_the_filter_names_them() {
        Version discarded =
                Sample.version("v-1", Sample.number(1, 0, 0)).discarded().build();
        Version published = Sample.version("v-2", Sample.number(1, 0, 0)).build();
        save(discarded);
        save(published);

        assertThat(versions(ALL)).containsExactly(published);
        assertThat(versions(ALL.versions(VersionState.Kind.DISCARDED))).containsExactly(discarded);
        assertThat(versions(ALL.versions(VersionState.Kind.DISCARDED, VersionState.Kind.PUBLISHED)))
                .containsExactlyInAnyOrder(discarded, published);
    }

    @Test
    void a_row_is_what_was_saved_last_and_keeps_its_place() {
        Release older = Sample.release("r-1").build();
        Release newer =
                Sample.release("r-2").requestedAt(Sample.NOW.plusSeconds(1)).build();
        save(older);
        save(newer);
        Release done = Sample.release("r-1")
                .state(new ReleaseState.Succeeded(Sample.NOW.plusSeconds(9)))
                .build();
        save(done);

        assertThat(releases(ALL)).containsExactly(newer, done);
        assertThat(releases(ALL.releases(ReleaseState.Kind.SUCCEEDED))).containsExactly(done);
        assertThat(releases(ALL.releases(ReleaseState.Kind.PENDING_APPROVAL))).containsExactly(newer);
    }

    @Test
    void pages_of_any_size_show_every_row_once_and_the_last_one_has_no_next() {
        Population population = populate(4, 24);

        for (int size : new int[] {1, 2, 5, 23, 24, 25, 500}) {
            assertThat(pages(size, page -> store.tables().releases(ALL, page)))
                    .as("pages of %d", size)
                    .isEqualTo(population.releases(ALL));
            assertThat(pages(size, page -> store.tables().pullRequests(ALL, page)))
                    .as("pages of %d", size)
                    .isEqualTo(population.pullRequests(ALL));
        }
        assertThat(store.tables().releases(ALL, PageRequest.first(24)).next()).isEmpty();
        assertThat(store.tables().releases(ALL, PageRequest.first(23)).next()).isPresent();
    }

    @Test
    void pages_keep_the_filter() {
        Population population = populate(5, 60);
        PipelineFilter filter = ALL.in(Sample.PRODUCTION).releases(ReleaseState.Kind.SUCCEEDED);

        assertThat(pages(2, page -> store.tables().releases(filter, page)))
                .isEqualTo(population.releases(filter))
                .hasSizeGreaterThan(2);
    }

    @Test
    void rows_added_meanwhile_do_not_make_a_later_page_repeat_or_skip_a_row() {
        Population population = populate(6, 20);
        List<Release> before = population.releases(ALL);
        int[] added = {0};

        List<Release> seen = pages(3, page -> {
            Page<Release> answer = store.tables().releases(ALL, page);
            added[0]++;
            save(Sample.release("new-" + added[0])
                    .requestedAt(Sample.NOW.plusSeconds(1_000_000 + added[0]))
                    .build());
            return answer;
        });

        assertThat(seen).isEqualTo(before);
    }

    @Test
    void a_place_that_was_not_handed_out_is_an_illegal_argument() {
        populate(7, 5);
        List<String> foreign = new ArrayList<>(List.of("", "x", "|||", "0", "2026-03-01T10:00:00Z", "é😀", "' OR 1=1"));

        for (String after : foreign) {
            for (Function<PageRequest, Page<?>> table : tables()) {
                assertThatIllegalArgumentException()
                        .as("'%s'", after)
                        .isThrownBy(() -> table.apply(PageRequest.first(2).after(after)));
            }
        }
    }

    @Test
    void a_place_in_another_table_is_an_illegal_argument() {
        populate(8, 20);
        List<Function<PageRequest, Page<?>>> tables = tables();

        for (int from = 0; from < tables.size(); from++) {
            String after = tables.get(from).apply(PageRequest.first(1)).next().orElseThrow();
            for (int to = 0; to < tables.size(); to++) {
                if (to != from) {
                    Function<PageRequest, Page<?>> other = tables.get(to);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> other.apply(PageRequest.first(1).after(after)));
                }
            }
        }
    }

    private Population populate(long seed, int size) {
        Population population = new Population(seed, size);
        inTransaction(population::save);
        return population;
    }

    private void assertShown(Population population, PipelineFilter filter) {
        assertShown(store.tables(), population, filter);
    }

    static void assertShown(PipelineTables tables, Population population, PipelineFilter filter) {
        PageRequest all = PageRequest.first(PageRequest.MAX_SIZE);
        assertThat(tables.pullRequests(filter, all).rows()).as("%s", filter).isEqualTo(population.pullRequests(filter));
        assertThat(tables.changeSets(filter, all).rows()).as("%s", filter).isEqualTo(population.changeSets(filter));
        assertThat(tables.versions(filter, all).rows()).as("%s", filter).isEqualTo(population.versions(filter));
        assertThat(tables.releases(filter, all).rows()).as("%s", filter).isEqualTo(population.releases(filter));
    }

    /** All rows, page by page. */
    static <T> List<T> pages(int size, Function<PageRequest, Page<T>> table) {
        List<T> rows = new ArrayList<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(size));
        while (request.isPresent()) {
            assertThat(rows.size()).as("a list has an end").isLessThan(100_000);
            Page<T> page = table.apply(request.get());
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(size);
            if (page.next().isPresent()) {
                assertThat(page.rows()).as("a page before the last one is full").hasSize(size);
            }
            rows.addAll(page.rows());
            request = page.next().map(PageRequest.first(size)::after);
        }
        return rows;
    }

    private List<Function<PageRequest, Page<?>>> tables() {
        PipelineTables tables = store.tables();
        return List.of(
                page -> tables.pullRequests(ALL, page),
                page -> tables.changeSets(ALL, page),
                page -> tables.versions(ALL, page),
                page -> tables.releases(ALL, page));
    }

    private List<PullRequest> pullRequests() {
        return store.tables().pullRequests(ALL, PageRequest.first(100)).rows();
    }

    private List<Version> versions(PipelineFilter filter) {
        return store.tables().versions(filter, PageRequest.first(100)).rows();
    }

    private List<Release> releases(PipelineFilter filter) {
        return store.tables().releases(filter, PageRequest.first(100)).rows();
    }
}
