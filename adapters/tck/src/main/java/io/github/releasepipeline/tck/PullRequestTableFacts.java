package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Facts about the pull-request table in use: combined filters, rows that change meanwhile, and texts of any kind. */
abstract class PullRequestTableFacts extends PipelineTableFacts {
    private static final PipelineFilter ALL = PipelineFilter.all();
    private static final String PATH = "workflows/invoice.json";

    @Test
    void status_author_label_and_changed_item_filter_alone_and_in_every_combination() {
        List<PullRequest> rows = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            PullRequestSample row = Sample.pullRequest(i + 1)
                    .author((i & 1) == 0 ? "alice" : "bob")
                    .labels((i & 2) == 0 ? new String[] {"bug", "hotfix"} : new String[] {"feature"})
                    .items(Sample.created((i & 4) == 0 ? PATH : "agents/other.json"))
                    .review((i & 8) == 0 ? Decision.APPROVED : Decision.CHANGES_REQUESTED);
            rows.add(row.build());
        }
        rows.forEach(this::save);
        List<UnaryOperator<PipelineFilter>> parts = List.of(
                filter -> filter.by("alice"),
                filter -> filter.label("hotfix"),
                filter -> filter.item(PATH),
                filter -> filter.pullRequests(PullRequestStatus.APPROVED));

        for (int combination = 0; combination < 16; combination++) {
            PipelineFilter filter = ALL;
            for (int part = 0; part < parts.size(); part++) {
                filter = (combination & 1 << part) == 0
                        ? filter
                        : parts.get(part).apply(filter);
            }
            PipelineFilter combined = filter;
            List<PullRequest> wanted = rows.stream()
                    .filter(combined::accepts)
                    .sorted((a, b) -> Long.compare(b.number(), a.number()))
                    .toList();
            assertThat(wanted).hasSize(48 >> Integer.bitCount(combination));
            assertThat(pages(5, page -> store.tables().pullRequests(combined, page)))
                    .as("%s", combined)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void pages_stay_right_while_rows_are_added_and_change_their_status() {
        for (int i = 1; i <= 20; i++) {
            save(Sample.pullRequest(i).review(Decision.APPROVED).build());
        }
        PipelineFilter approved = ALL.pullRequests(PullRequestStatus.APPROVED);
        List<Long> seen = new ArrayList<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(4));
        long added = 100;
        while (request.isPresent()) {
            Page<PullRequest> page = store.tables().pullRequests(approved, request.get());
            page.rows().forEach(row -> seen.add(row.number()));
            save(Sample.pullRequest(++added).review(Decision.APPROVED).build());
            long shown = page.rows().get(0).number();
            save(Sample.pullRequest(shown)
                    .progress(new Progress.Closed(Sample.NOW))
                    .build());
            if (seen.size() == 8) { // one ahead leaves the filter, one behind comes into it
                save(Sample.pullRequest(5).progress(new Progress.Draft()).build());
                save(Sample.pullRequest(20).review(Decision.APPROVED).build());
            }
            request = page.next().map(PageRequest.first(4)::after);
        }

        assertThat(seen)
                .containsExactly(20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L, 4L, 3L, 2L, 1L);
    }

    @Test
    void a_label_is_found_only_as_it_is_written() {
        PullRequest row = Sample.pullRequest(1).labels("Hotfix").build();
        save(row);

        assertThat(shown(ALL.label("Hotfix"))).containsExactly(row);
        assertThat(shown(ALL.label("hotfix"))).isEmpty();
        assertThat(shown(ALL.label("Hot"))).isEmpty();
    }

    @Test
    void texts_of_any_kind_are_kept_and_found() {
        List<String> hostile = List.of(
                "\u0000\u0007\u001B[31m\r\n",
                "<script>alert('x')</script>&amp;",
                "\u202Egnp.exe\u2066\u200F",
                "'; drop table release_pipeline_pull_request; --",
                "lone \uD83D surrogate \uDC00",
                "Ünïcödé 🚀 発票",
                "%_\\",
                "x".repeat(100_000));
        List<PullRequest> rows = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i++) {
            String text = hostile.get(i);
            rows.add(Sample.pullRequest(i + 1)
                    .title(text)
                    .author(text)
                    .labels(text, "plain")
                    .items(Sample.created("workflows/" + text))
                    .checks(new CheckSummary(List.of(
                            new CheckSummary.Check(text, CheckSummary.Status.UNKNOWN, text, text, Optional.empty()))))
                    .build());
        }
        rows.forEach(this::save);

        assertThat(shown(ALL.label("plain"))).containsExactlyInAnyOrderElementsOf(rows);
        for (int i = 0; i < hostile.size(); i++) {
            String text = hostile.get(i);
            assertThat(shown(ALL.by(text))).containsExactly(rows.get(i));
            assertThat(shown(ALL.label(text))).containsExactly(rows.get(i));
            assertThat(shown(ALL.item("workflows/" + text))).containsExactly(rows.get(i));
        }
    }

    private List<PullRequest> shown(PipelineFilter filter) {
        return store.tables().pullRequests(filter, PageRequest.first(100)).rows();
    }
}
