package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.memory.CrashPoints;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The import is interrupted, meets what it cannot read, or runs on several nodes. */
class HistoryImportCrashTest extends HistoryFacts {
    @Test
    void a_tag_whose_commit_cannot_be_read_is_left_out_and_the_others_are_not() {
        tag("v1.0.0", "main", "");
        CommitId broken = git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v1.1.0", "main", "");
        git.commitOn("main", Map.of("workflows/c.json", "1"));
        tag("v1.2.0", "main", "");

        HistoryReport report = start(store, failing(broken, AdapterException.lasting("Object 12 is missing", null)))
                .versions()
                .importHistory();

        assertThat(report.skipped()).containsExactly("Tag v1.1.0 was left out: Object 12 is missing");
        assertThat(report.imported())
                .extracting(version -> version.number().tag())
                .containsExactly("v1.0.0", "v1.2.0");
        assertThat(previous("v1.2.0")).contains("v1.0.0");
    }

    @Test
    void what_cannot_be_read_for_now_ends_the_import_and_the_next_one_goes_on() {
        tag("v1.0.0", "main", "");
        CommitId busy = git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v1.1.0", "main", "");

        assertThatThrownBy(() -> start(store, failing(busy, AdapterException.passing("busy", null)))
                        .versions()
                        .importHistory())
                .isInstanceOf(AdapterException.class)
                .hasMessage("busy");

        HistoryReport rest = start().versions().importHistory();
        assertThat(rest.known()).isEqualTo(1);
        assertThat(rest.imported()).hasSize(1);
    }

    @Test
    void a_version_that_comes_below_while_a_tag_is_read_is_the_one_before_it() {
        CommitId first = git.resolve("main");
        CommitId second = git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v2.0.0", "main", "");

        Tag older = new Tag("v1.0.0", first, "", Optional.of("tim"), clock.instant());

        HistoryReport report = start(
                        store,
                        meanwhile(
                                second,
                                () -> start(store, tagged(older)).versions().importHistory()))
                .versions()
                .importHistory();

        assertThat(report.known() + report.imported().size()).isEqualTo(1);
        assertThat(previous("v2.0.0")).contains("v1.0.0");
    }

    @Test
    void a_version_that_is_published_below_while_a_tag_is_read_ends_history() {
        CommitId foreign = git.commitOn("main", Map.of("workflows/b.json", "in no change set"));
        tag("v9.0.0", "main", "");
        long number = merged("workflows/c.json");
        ActingPipeline alice = start();
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets().create("New", wish -> wish.pullRequests(number));

        HistoryReport report = start(
                        store, meanwhile(foreign, () -> alice.versions().publish(set.id())))
                .versions()
                .importHistory();

        assertThat(report.imported()).isEmpty();
        assertThat(report.skipped()).singleElement().asString().startsWith("Tag v9.0.0 was left out: it is above");
    }

    @Test
    void a_draft_below_a_tag_is_not_the_version_before_it() {
        long number = merged("workflows/b.json");
        ActingPipeline dying = start(store, untagged());
        dying.pullRequests().synchronize();
        ChangeSet set = dying.changeSets().create("New", wish -> wish.pullRequests(number));
        assertThatThrownBy(() -> dying.versions().publish(set.id())).hasMessage("down");
        git.commitOn("main", Map.of("workflows/c.json", "1"));
        tag("v1.0.0", "main", "");

        HistoryReport report = start().versions().importHistory();

        assertThat(report.imported()).hasSize(1);
        assertThat(previous("v1.0.0")).isEmpty();
    }

    @Test
    void wherever_the_import_dies_the_next_one_goes_on_where_it_was() {
        tag("v1.0.0", "main", "");
        merged("workflows/b.json");
        tag("v1.1.0", "main", "");
        tag("v2.0.0", "main", "");
        int points = 0;
        boolean died = true;
        while (died) {
            points++;
            MemoryPipelineStore fresh = new MemoryPipelineStore();
            CrashPoints process = CrashPoints.dyingAt(points);
            died = dies(() -> start(process.store(fresh), git).versions().importHistory());
            HistoryReport rest = start(fresh, git).versions().importHistory();
            assertThat(rest.known() + rest.imported().size()).isEqualTo(3);
            List<Version> all = start(fresh, git)
                    .versions()
                    .list(PipelineFilter.all(), PageRequest.first(10))
                    .rows();
            assertThat(all).hasSize(3);
            assertThat(all)
                    .allSatisfy(
                            version -> assertThat(start(fresh, git).versions().verify(version.id()))
                                    .isEmpty());
            assertThat(start(fresh, git).audit().verify().problems()).isEmpty();
        }
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void several_nodes_that_import_at_once_make_each_version_once() throws Exception {
        for (int i = 0; i < 12; i++) {
            git.commitOn("main", Map.of("workflows/" + i + ".json", "1"));
            tag("v1." + i + ".0", "main", "");
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<HistoryReport>> nodes = Stream.generate(this::start)
                .limit(4)
                .<Callable<HistoryReport>>map(node -> () -> node.versions().importHistory())
                .toList();
        for (Future<HistoryReport> report : threads.invokeAll(nodes)) {
            assertThat(report.get().known() + report.get().imported().size()).isEqualTo(12);
        }
        threads.shutdown();

        List<Version> all = start().versions()
                .list(PipelineFilter.all(), PageRequest.first(50))
                .rows();
        assertThat(all).hasSize(12);
        assertThat(previous("v1.0.0")).isEmpty();
        for (int i = 1; i < 12; i++) {
            assertThat(previous("v1." + i + ".0")).contains("v1." + (i - 1) + ".0");
        }
        assertThat(start().audit().verify().problems()).isEmpty();
    }
}
