package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.PipelineStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a synchronisation costs, and what it makes of changes at the provider. */
class SynchronisationTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void of_ten_thousand_pull_requests_the_ten_that_changed_cost_ten_reads_and_ten_writes() {
        CountingStore store = new CountingStore(fixture.memory);
        Observed provider = new Observed(fixture.forge);
        PullRequests pulls = pulls(provider, store);
        LongStream.rangeClosed(1, 10_000).forEach(fixture.forge::open);
        assertThat(pulls.synchronize()).hasSize(10_000);

        LongStream.rangeClosed(1, 10).forEach(i -> relabel(i * 1_000));
        store.forget();
        provider.told.clear();
        provider.calls = 0;

        assertThat(pulls.synchronize()).hasSize(10);
        assertThat(provider.calls).isEqualTo(1);
        assertThat(provider.told).hasSize(10);
        assertThat(store.calls("transact")).isEqualTo(1);
        assertThat(store.calls("find")).isLessThanOrEqualTo(15);
        assertThat(store.calls("save")).isEqualTo(11); // the ten, and how far we are
        assertThat(store.calls("pullRequests")).isZero();
    }

    @Test
    void a_synchronisation_without_news_writes_nothing() {
        CountingStore store = new CountingStore(fixture.memory);
        PullRequests pulls = pulls(fixture.forge, store);
        fixture.forge.open(1);
        pulls.synchronize();
        store.forget();

        assertThat(pulls.synchronize()).isEmpty();
        assertThat(store.calls("save")).isZero();
    }

    @Test
    void a_pull_request_that_changes_between_two_pages_is_not_lost_and_not_kept_old() {
        LongStream.rangeClosed(1, 250).forEach(fixture.forge::open);
        Observed provider = new Observed(fixture.forge);
        provider.afterPage = page -> {
            if (page == 1) { // read already, on the page to come, and on the last one
                LongStream.of(50, 150, 249).forEach(this::relabel);
                fixture.forge.mergeThere(151);
            }
        };
        PullRequests pulls = pulls(provider, fixture.memory);

        pulls.synchronize();

        LongStream.rangeClosed(1, 250)
                .forEach(number -> assertThat(pulls.get(number)).isEqualTo(fixture.forge.current(number)));
        assertThat(pulls.get(151).status()).isEqualTo(PullRequestStatus.MERGED);
    }

    @Test
    void a_crash_between_two_pages_loses_nothing_and_reads_no_page_twice() {
        LongStream.rangeClosed(1, 250).forEach(fixture.forge::open);
        FaultyStore dying = new FaultyStore(fixture.memory).dieAfter(2);
        PullRequests first = pulls(fixture.forge, dying);
        assertThatThrownBy(first::synchronize).isInstanceOf(FaultyStore.Crash.class);
        Observed provider = new Observed(fixture.forge);

        List<Long> rest = pulls(provider, fixture.memory).synchronize();

        assertThat(rest).hasSize(50);
        assertThat(provider.calls).isEqualTo(1);
    }

    @Test
    void a_pull_request_that_was_retargeted_closed_and_reopened_is_told_as_it_is_now() {
        PullRequest opened = fixture.forge.open(1);
        PullRequests pulls = pulls(fixture.forge, fixture.memory);
        pulls.synchronize();

        fixture.forge.put(Samples.onto(opened, "release"));
        pulls.synchronize();
        assertThat(pulls.get(1).baseBranch()).isEqualTo("release");

        fixture.forge.put(Samples.with(
                opened,
                new Progress.Closed(fixture.clock.instant()),
                opened.updatedAt().plusSeconds(1)));
        pulls.synchronize();
        assertThat(pulls.get(1).status()).isEqualTo(PullRequestStatus.CLOSED);

        fixture.forge.put(
                Samples.with(opened, new Progress.Open(), opened.updatedAt().plusSeconds(2)));
        pulls.synchronize();
        assertThat(pulls.get(1).status()).isEqualTo(PullRequestStatus.APPROVED);
    }

    @Test
    void a_branch_that_went_back_to_an_earlier_commit_is_told_as_it_is_now() {
        PullRequest opened = fixture.forge.open(1);
        PullRequests pulls = pulls(fixture.forge, fixture.memory);
        fixture.forge.put(
                Samples.pushed(opened, TestForge.commitId(9), opened.updatedAt().plusSeconds(5)));
        pulls.synchronize();

        fixture.forge.put(opened);

        assertThat(pulls.synchronize()).containsExactly(1L);
        assertThat(pulls.get(1)).isEqualTo(opened);
    }

    @Test
    void a_merge_that_is_dated_before_its_branch_was_found_gone_is_a_merge() {
        PullRequest opened = fixture.forge.open(1);
        PullRequests pulls = pulls(fixture.forge, fixture.memory);
        Instant gone = opened.updatedAt().plusSeconds(5);
        fixture.forge.put(Samples.with(opened, new Progress.Closed(gone), gone));
        pulls.synchronize();

        fixture.forge.mergeThere(1);
        pulls.synchronize();

        assertThat(pulls.get(1).status()).isEqualTo(PullRequestStatus.MERGED);
    }

    @Test
    void what_a_slow_node_read_does_not_replace_what_a_faster_one_read_later() {
        PullRequest opened = fixture.forge.open(1);
        PullRequest later = Samples.titled(opened, "Later", opened.updatedAt());
        PullRequests faster = pulls(fixture.forge, fixture.memory);
        Observed slow = new Observed(fixture.forge);
        slow.afterPage = page -> {
            if (page == 1) {
                fixture.forge.put(later);
                faster.synchronize();
            }
        };

        pulls(slow, fixture.memory).synchronize();

        assertThat(faster.get(1)).isEqualTo(later);
    }

    @Test
    void one_that_was_read_alone_does_not_replace_what_was_read_later() {
        PullRequest opened = fixture.forge.open(1);
        PullRequest later = Samples.titled(opened, "Later", opened.updatedAt());
        PullRequests faster = pulls(fixture.forge, fixture.memory);
        Observed slow = new Observed(fixture.forge);
        slow.afterOne = () -> {
            slow.afterOne = () -> {};
            fixture.forge.put(later);
            faster.synchronize();
        };

        assertThat(pulls(slow, fixture.memory).refresh(1)).isEqualTo(later);

        assertThat(faster.get(1)).isEqualTo(later);
    }

    @Test
    void a_new_head_has_neither_the_reviews_nor_the_checks_of_the_old_one() {
        MemorySourceControl forge = memoryForge();
        PullRequests pulls = pulls(forge, fixture.memory);
        long number = forge.open("Add", "alice", List.of(), Map.of("workflows/a.json", "1"));
        forge.review(number, "bob", Decision.APPROVED);
        forge.check(number, "Unit tests", Status.PASSED, "");
        pulls.synchronize();
        assertThat(pulls.get(number).status()).isEqualTo(PullRequestStatus.APPROVED);

        forge.push(number, Map.of("workflows/a.json", "2"));
        pulls.synchronize();

        assertThat(pulls.get(number).review().reviews()).isEmpty();
        assertThat(pulls.get(number).checks().passed()).isZero();
        assertThatThrownBy(() -> pulls.merge(number)).hasMessageContaining("not approved");
    }

    @Test
    void a_reverted_pull_request_stays_listed_and_shows_what_reverted_it() {
        MemorySourceControl forge = memoryForge();
        PullRequests pulls = pulls(forge, fixture.memory);
        long number = forge.open("Add", "alice", List.of(), Map.of("workflows/a.json", "1"));
        forge.mergeElsewhere(number, "bob");
        pulls.synchronize();
        forge.reverted(number, "#2");

        assertThat(pulls.synchronize()).containsExactly(number);

        assertThat(pulls.get(number).status()).isEqualTo(PullRequestStatus.MERGED);
        assertThat(pulls.get(number).revertedBy()).contains("#2");
    }

    private MemorySourceControl memoryForge() {
        return new MemorySourceControl(
                "acme/flows",
                new MemoryItemRepository(fixture.clock),
                List.of(ItemKind.of("workflow", "workflows/**")),
                fixture.clock);
    }

    private void relabel(long number) {
        fixture.forge.put(Samples.labelled(fixture.forge.current(number), "changed"));
    }

    private PullRequests pulls(SourceControl provider, PipelineStore store) {
        return fixture.start(store, wiring -> wiring.sourceControl(provider))
                .as(ALICE)
                .pullRequests();
    }

    private interface Page {
        void read(int number);
    }

    /** A provider that remembers what it was asked and told. */
    private static final class Observed implements SourceControl {
        private final SourceControl provider;
        private final List<Long> told = new ArrayList<>();
        private Page afterPage = number -> {};
        private Runnable afterOne = () -> {};
        private int calls;

        Observed(SourceControl provider) {
            this.provider = provider;
        }

        @Override
        public String repository() {
            return provider.repository();
        }

        @Override
        public PullRequestPage changedSince(Optional<String> cursor, int limit) {
            PullRequestPage page = provider.changedSince(cursor, limit);
            page.changed().forEach(row -> told.add(row.number()));
            calls++;
            afterPage.read(calls);
            return page;
        }

        @Override
        public PullRequestDetail pullRequest(long number) {
            PullRequestDetail one = provider.pullRequest(number);
            afterOne.run();
            return one;
        }

        @Override
        public MergeOutcome merge(MergeRequest request) {
            return provider.merge(request);
        }
    }
}
