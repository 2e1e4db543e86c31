package io.github.releasepipeline.core.changeset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.tck.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetChangesTest {
    private static final ItemId A = Sample.item("a.json", "").id();
    private static final ItemId B = Sample.item("b.json", "").id();

    @Test
    void changes_of_different_items_all_count() {
        assertThat(NetChanges.of(List.of(merged(1, ChangedItem.created(A)), merged(2, ChangedItem.modified(B)))))
                .containsExactly(ChangedItem.created(A), ChangedItem.modified(B));
    }

    @Test
    void changes_of_one_item_become_one_change_from_the_first_state_to_the_last() {
        assertThat(NetChanges.of(List.of(merged(1, ChangedItem.created(A)), merged(2, ChangedItem.modified(A)))))
                .containsExactly(ChangedItem.created(A));
        assertThat(NetChanges.of(List.of(merged(1, ChangedItem.modified(A)), merged(2, ChangedItem.deleted(A)))))
                .containsExactly(ChangedItem.deleted(A));
    }

    @Test
    void the_order_of_the_merges_counts_and_not_that_of_the_list() {
        assertThat(NetChanges.of(List.of(merged(2, ChangedItem.created(A)), merged(1, ChangedItem.deleted(A)))))
                .containsExactly(ChangedItem.modified(A));
    }

    @Test
    void what_is_not_merged_yet_comes_last() {
        PullRequest open = with(Sample.pullRequest(1).build(), List.of(ChangedItem.deleted(A)), Optional.empty());
        assertThat(NetChanges.of(List.of(open, merged(2, ChangedItem.modified(A)))))
                .containsExactly(ChangedItem.deleted(A));
    }

    @Test
    void an_item_that_is_created_and_deleted_again_drops_out() {
        assertThat(NetChanges.of(List.of(merged(1, ChangedItem.created(A)), merged(2, ChangedItem.deleted(A)))))
                .isEmpty();
    }

    @Test
    void an_item_is_followed_through_its_renaming() {
        assertThat(NetChanges.of(List.of(
                        merged(1, ChangedItem.modified(A)),
                        merged(2, ChangedItem.renamed(A, B)),
                        merged(3, ChangedItem.deleted(B)))))
                .containsExactly(ChangedItem.deleted(A));
        assertThat(NetChanges.of(List.of(merged(1, ChangedItem.created(A)), merged(2, ChangedItem.renamed(A, B)))))
                .containsExactly(ChangedItem.created(B));
    }

    @Test
    void a_deleted_item_whose_place_another_takes_still_counts() {
        assertThat(NetChanges.of(List.of(merged(1, ChangedItem.deleted(B)), merged(2, ChangedItem.renamed(A, B)))))
                .containsExactlyInAnyOrder(ChangedItem.deleted(B), ChangedItem.renamed(A, B));
    }

    @Test
    void what_was_reverted_drops_out() {
        PullRequest reverted = reverted(merged(1, ChangedItem.modified(A)), "#9");
        assertThat(NetChanges.of(List.of(reverted))).isEmpty();
        assertThat(NetChanges.of(List.of(reverted, merged(2, ChangedItem.modified(B)))))
                .containsExactly(ChangedItem.modified(B));
    }

    @Test
    void of_a_member_that_reverted_others_only_what_else_it_did_counts() {
        PullRequest one = reverted(merged(1, ChangedItem.modified(A)), "#3");
        PullRequest two = reverted(merged(2, ChangedItem.created(B)), "#3");
        ItemId other = Sample.item("c.json", "").id();
        assertThat(NetChanges.of(List.of(
                        one,
                        two,
                        merged(3, ChangedItem.modified(A), ChangedItem.deleted(B), ChangedItem.modified(other)))))
                .containsExactly(ChangedItem.modified(other));
    }

    private static PullRequest merged(long number, ChangedItem... changes) {
        PullRequest pr = Sample.pullRequest(number)
                .progress(new PullRequest.Progress.Merged(
                        new MergedRange(Sample.commit(number), Sample.commit(number + 1)),
                        Sample.NOW.plusSeconds(number),
                        Optional.empty()))
                .build();
        return with(pr, List.of(changes), Optional.empty());
    }

    private static PullRequest reverted(PullRequest pr, String by) {
        return with(pr, pr.items(), Optional.of(by));
    }

    private static PullRequest with(PullRequest pr, List<ChangedItem> items, Optional<String> revertedBy) {
        return new PullRequest(
                pr.id(),
                pr.title(),
                pr.author(),
                pr.progress(),
                pr.labels(),
                pr.review(),
                pr.checks(),
                items,
                pr.head(),
                pr.baseBranch(),
                pr.createdAt(),
                pr.updatedAt(),
                pr.firstCommitAt(),
                pr.link(),
                revertedBy);
    }
}
