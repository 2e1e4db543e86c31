package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.tck.SourceControlFixture.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SourceControl} does. A test of an adapter extends it and gives a {@link SourceControlFixture}. */
public abstract class SourceControlContract extends SourceControlMergeFacts {
    /** For subclasses. */
    protected SourceControlContract() {}

    /** A new repository; closed by the contract after each fact. */
    @Override
    protected abstract SourceControlFixture newFixture();

    // one pull request

    @Test
    void an_open_pull_request_tells_what_the_table_shows() {
        long number = fixture.open(
                new Proposal("Read \"invoices\" faster", "alice", List.of("feature", "ai"), false, INVOICE));

        PullRequest read = read(number);

        assertThat(read.id()).isEqualTo(new PullRequestId(control.repository(), number));
        assertThat(read.title()).isEqualTo("Read \"invoices\" faster");
        assertThat(read.author()).isEqualTo("alice");
        assertThat(read.labels()).containsExactly("feature", "ai");
        assertThat(read.progress()).isEqualTo(new Progress.Open());
        assertThat(read.baseBranch()).isEqualTo("main");
        assertThat(read.createdAt()).isBeforeOrEqualTo(read.updatedAt());
        assertThat(read.checks().total()).isZero();
        assertThat(read.merged()).isEmpty();
        assertThat(read.revertedBy()).isEmpty();
    }

    @Test
    void changed_items_are_told_in_the_order_of_their_paths() {
        long number = open("Add", Map.of("workflows/a.json", "1", "agents/b.json", "2", "README.md", "x"));

        assertThat(read(number).items())
                .containsExactly(
                        ChangedItem.created(new ItemId("agent", "agents/b.json")),
                        ChangedItem.created(new ItemId("workflow", "workflows/a.json")));
        assertThat(read(number).itemCounts()).hasToString("1 agent, 1 workflow");
    }

    @Test
    void what_main_gained_since_does_not_count_as_changed_by_an_open_pull_request() {
        long number = open("Add", INVOICE);
        fixture.commitToMain(Map.of("agents/other.json", "x"));

        assertThat(read(number).items())
                .extracting(change -> change.id().path())
                .containsExactly("workflows/invoice.json");
    }

    @Test
    void a_draft_is_told_as_one() {
        long number = fixture.open(new Proposal("Not yet", "alice", List.of(), true, INVOICE));

        assertThat(read(number).progress()).isEqualTo(new Progress.Draft());
        assertThat(read(number).status()).isEqualTo(PullRequestStatus.DRAFT);
    }

    @Test
    void a_title_may_contain_anything() {
        String title = "<script>alert('x')</script> Ünïcödé 🚀 `${jndi}` \\ \"%s\" ; DROP TABLE";

        assertThat(read(open(title, INVOICE)).title()).isEqualTo(title);
    }

    @Test
    void a_push_moves_the_head() {
        long number = open("Add", INVOICE);
        CommitId before = read(number).head();

        CommitId pushed = fixture.push(number, Map.of("agents/b.json", "2"));

        assertThat(pushed).isNotEqualTo(before);
        assertThat(read(number).head()).isEqualTo(pushed);
        assertThat(read(number).itemCounts().total()).isEqualTo(2);
    }

    @Test
    void an_unknown_number_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> control.pullRequest(987_654))
                .withMessageContaining("987654");
    }

    // reviews

    @Test
    void an_approval_counts_for_the_head_it_was_given_on() {
        long number = open("Add", INVOICE);

        CommitId reviewed = fixture.review(number, "bob", Decision.APPROVED);

        assertThat(read(number).head()).isEqualTo(reviewed);
        assertThat(read(number).review().given()).contains(1);
        assertThat(read(number).review().decision()).isEqualTo(Decision.APPROVED);
        assertThat(read(number).status()).isEqualTo(PullRequestStatus.APPROVED);
        assertThat(read(number).review().reviews()).singleElement().satisfies(review -> {
            assertThat(review.reviewer()).isEqualTo("bob");
            assertThat(review.decision()).isEqualTo(Decision.APPROVED);
        });
    }

    @Test
    void a_request_for_changes_is_told() {
        long number = open("Add", INVOICE);

        fixture.review(number, "bob", Decision.CHANGES_REQUESTED);

        assertThat(read(number).status()).isEqualTo(PullRequestStatus.CHANGES_REQUESTED);
    }

    @Test
    void the_latest_opinion_of_a_reviewer_counts() {
        long number = open("Add", INVOICE);

        fixture.review(number, "bob", Decision.CHANGES_REQUESTED);
        fixture.review(number, "bob", Decision.APPROVED);

        assertThat(read(number).review().reviews()).hasSize(1);
        assertThat(read(number).status()).isEqualTo(PullRequestStatus.APPROVED);
    }

    // following changes

    @Test
    void the_first_call_tells_of_all_open_and_merged_pull_requests() {
        long open = open("Open", INVOICE);
        long merged = open("Merged", Map.of("agents/b.json", "2"));
        fixture.mergeElsewhere(merged);

        Followed all = follow(Optional.empty(), 100);

        assertThat(all.told()).containsOnlyKeys(open, merged);
        assertThat(all.of(open)).isEqualTo(read(open));
        assertThat(all.of(merged)).isEqualTo(read(merged));
    }

    @Test
    void a_repository_without_pull_requests_gives_a_complete_empty_page() {
        PullRequestPage page = control.changedSince(Optional.empty(), 10);

        assertThat(page.changed()).isEmpty();
        assertThat(page.complete()).isTrue();
        assertThat(control.changedSince(Optional.of(page.cursor()), 10).changed())
                .isEmpty();
    }

    @Test
    void small_pages_tell_the_same_as_a_large_one() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            numbers.add(open("Number " + i, Map.of("workflows/" + i + ".json", "x")));
        }
        numbers.subList(0, 4).forEach(fixture::mergeElsewhere);

        assertThat(follow(Optional.empty(), 1).told().keySet()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(follow(Optional.empty(), 3).told().keySet()).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void a_cursor_tells_what_was_opened_pushed_merged_and_closed_since() {
        open("Untouched", Map.of("workflows/0.json", "x"));
        long pushed = open("Pushed", Map.of("workflows/1.json", "x"));
        long merged = open("Merged", Map.of("workflows/2.json", "x"));
        long closed = open("Closed", Map.of("workflows/3.json", "x"));
        String cursor = follow(Optional.empty(), 10).cursor();

        fixture.push(pushed, Map.of("workflows/1.json", "y"));
        fixture.mergeElsewhere(merged);
        fixture.close(closed);
        long opened = open("Opened", Map.of("workflows/4.json", "x"));

        Followed since = follow(Optional.of(cursor), 10);
        assertThat(since.of(pushed)).isEqualTo(read(pushed));
        assertThat(since.of(merged).status()).isEqualTo(PullRequestStatus.MERGED);
        assertThat(since.of(closed).status()).isEqualTo(PullRequestStatus.CLOSED);
        assertThat(since.of(closed).title()).isEqualTo("Closed");
        assertThat(since.of(opened).status()).isEqualTo(PullRequestStatus.OPEN);
    }

    @Test
    void asking_again_with_the_same_cursor_loses_nothing() {
        String cursor = follow(Optional.empty(), 10).cursor();
        long opened = open("Opened", INVOICE);
        long merged = open("Merged", Map.of("agents/b.json", "2"));
        fixture.mergeElsewhere(merged);

        assertThat(follow(Optional.of(cursor), 10).told()).containsKeys(opened, merged);
        assertThat(follow(Optional.of(cursor), 10).told()).containsKeys(opened, merged);
    }

    @Test
    void a_cursor_of_something_else_is_an_illegal_argument() {
        assertThatIllegalArgumentException().isThrownBy(() -> control.changedSince(Optional.of("no cursor"), 10));
        assertThatIllegalArgumentException().isThrownBy(() -> control.changedSince(Optional.of(""), 10));
    }

    @Test
    void a_limit_below_one_is_an_illegal_argument() {
        assertThatIllegalArgumentException().isThrownBy(() -> control.changedSince(Optional.empty(), 0));
    }

    // activity

    @Test
    void the_activity_tells_of_pushes_reviews_and_the_merge_oldest_first() {
        long number = open("Add", INVOICE);
        fixture.push(number, Map.of("agents/b.json", "2"));
        fixture.review(number, "bob", Decision.APPROVED);
        fixture.mergeElsewhere(number);

        PullRequestDetail detail = control.pullRequest(number);

        assertThat(detail.activity()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(detail.activity()).extracting(Activity::type).contains("pushed", "approved", "merged");
        assertThat(detail.pullRequest().status()).isEqualTo(PullRequestStatus.MERGED);
    }
}
