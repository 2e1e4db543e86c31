package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullRequestTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_synchronisation_tells_what_is_new_and_the_next_only_what_changed_since() {
        // given
        Pipeline pipeline = fixture.start();
        LongStream.rangeClosed(1, 250).forEach(fixture.forge::open);
        // when / then
        assertThat(pipeline.as(ALICE).pullRequests().synchronize()).hasSize(250);
        assertThat(pipeline.as(ALICE).pullRequests().synchronize()).isEmpty();
        fixture.forge.mergeThere(7);
        assertThat(pipeline.as(ALICE).pullRequests().synchronize()).containsExactly(7L);
        assertThat(pipeline.as(ALICE).pullRequests().get(7).status()).isEqualTo(PullRequestStatus.MERGED);
    }

    @Test
    void synchronisations_at_once_lose_nothing() throws Exception {
        // given
        Pipeline first = fixture.start();
        Pipeline second = fixture.start();
        LongStream.rangeClosed(1, 450).forEach(fixture.forge::open);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<Long>>> running = new ArrayList<>();
        // when
        for (Pipeline pipeline : List.of(first, second, first, second)) {
            running.add(threads.submit(() -> {
                PipelineFixture.await(go);
                return pipeline.as(ALICE).pullRequests().synchronize();
            }));
        }
        go.countDown();
        List<Long> told = new ArrayList<>();
        for (Future<List<Long>> one : running) {
            told.addAll(one.get());
        }
        threads.shutdown();
        // then
        assertThat(told).hasSize(450).doesNotHaveDuplicates();
        assertThat(first.as(ALICE)
                        .pullRequests()
                        .list(PipelineFilter.all(), PageRequest.first(500))
                        .rows())
                .hasSize(450);
    }

    @Test
    void older_data_after_newer_is_ignored() {
        // given
        PullRequest old = fixture.forge.open(1);
        PullRequest fresh =
                fixture.forge.put(Samples.titled(old, "Fresh", old.updatedAt().plusSeconds(5)));
        Pipeline pipeline = lying(cursor -> new PullRequestPage(
                cursor.isEmpty() ? List.of(fresh) : List.of(old), cursor.orElse("") + "x", cursor.isPresent()));
        // when
        List<Long> changed = pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(changed).containsExactly(1L);
        assertThat(pipeline.as(ALICE).pullRequests().get(1).title()).isEqualTo("Fresh");
    }

    @Test
    void a_provider_that_never_goes_on_is_an_error_and_not_an_endless_loop() {
        // given
        PullRequest one = fixture.forge.open(1);
        Pipeline pipeline = lying(cursor -> new PullRequestPage(List.of(one), "stuck", false));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).pullRequests().synchronize())
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("acme/flows");
    }

    @Test
    void an_approved_pull_request_is_merged_and_recorded_once() {
        // given
        Pipeline pipeline = opened();
        // when
        PullRequest merged = pipeline.as(ALICE).pullRequests().merge(1);
        PullRequest again = pipeline.as(BOB).pullRequests().merge(1);
        // then
        assertThat(merged.status()).isEqualTo(PullRequestStatus.MERGED);
        assertThat(again).isEqualTo(merged);
        assertThat(merges(pipeline)).isEqualTo(1);
    }

    @Test
    void two_merges_at_once_are_recorded_once() throws Exception {
        // given
        Pipeline pipeline = opened();
        CyclicBarrier bothAsked = new CyclicBarrier(2);
        fixture.forge.mergeRefusal = request -> {
            try {
                bothAsked.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        // when
        Future<PullRequest> alice =
                threads.submit(() -> pipeline.as(ALICE).pullRequests().merge(1));
        Future<PullRequest> bob =
                threads.submit(() -> pipeline.as(BOB).pullRequests().merge(1));
        // then
        assertThat(alice.get()).isEqualTo(bob.get());
        assertThat(merges(pipeline)).isEqualTo(1);
        threads.shutdown();
    }

    @Test
    void what_is_not_approved_is_not_merged_even_if_it_was_when_it_was_last_read() {
        // given
        Pipeline pipeline = opened();
        fixture.forge.put(
                Samples.with(fixture.forge.current(1), Samples.review(ReviewSummary.Decision.CHANGES_REQUESTED)));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).pullRequests().merge(1))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("changes were requested");
        assertThat(fixture.forge.current(1).merged()).isEmpty();
    }

    @Test
    void a_head_that_moved_since_it_was_read_is_refused() {
        // given
        Pipeline pipeline = opened();
        PullRequest read = pipeline.as(ALICE).pullRequests().get(1);
        fixture.forge.put(Samples.pushed(read, TestForge.commitId(77), fixture.clock.instant()));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).pullRequests().merge(1))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(TestForge.commitId(77).hex());
        assertThat(fixture.forge.current(1).merged()).isEmpty();
    }

    @Test
    void a_conflict_names_the_paths() {
        // given
        Pipeline pipeline = opened();
        fixture.forge.mergeRefusal = request -> Optional.of(new MergeOutcome.Conflict(List.of("workflows/a.json")));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).pullRequests().merge(1))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("workflows/a.json");
        assertThat(merges(pipeline)).isZero();
    }

    private Pipeline opened() {
        fixture.forge.open(1);
        Pipeline pipeline = fixture.start();
        pipeline.as(ALICE).pullRequests().synchronize();
        return pipeline;
    }

    private static long merges(Pipeline pipeline) {
        return pipeline
                .as(ALICE)
                .audit()
                .of(pipeline.as(ALICE).pullRequests().get(1).id())
                .stream()
                .filter(record -> record.event() instanceof PullRequestEvent.Merged)
                .count();
    }

    private Pipeline lying(Function<Optional<String>, PullRequestPage> pages) {
        return fixture.start(wiring -> wiring.sourceControl(new SourceControl() {
            @Override
            public String repository() {
                return fixture.forge.repository();
            }

            @Override
            public PullRequestPage changedSince(Optional<String> cursor, int limit) {
                return pages.apply(cursor);
            }

            @Override
            public PullRequestDetail pullRequest(long number) {
                return fixture.forge.pullRequest(number);
            }

            @Override
            public MergeOutcome merge(MergeRequest request) {
                return fixture.forge.merge(request);
            }
        }));
    }
}
