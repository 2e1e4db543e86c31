package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.tck.SourceControlFixture.Proposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts about merging. */
abstract class SourceControlMergeFacts extends SourceControlFacts {
    @Test
    void a_merge_with_the_expected_head_brings_the_change_to_main() {
        for (Method method : Method.values()) {
            long number = open("By " + method, Map.of("workflows/" + method + ".json", "x"));
            CommitId base = fixture.commitToMain(Map.of("README.md", "before " + method));

            MergeOutcome outcome = merge(number, read(number).head(), method);

            MergedRange range = mergedRange(outcome);
            assertThat(range.base()).as("%s", method).isEqualTo(base);
            PullRequest read = read(number);
            assertThat(read.status()).as("%s", method).isEqualTo(PullRequestStatus.MERGED);
            assertThat(read.merged()).as("%s", method).contains(range);
            assertThat(read.title()).as("%s", method).isEqualTo("By " + method);
            assertThat(read.author()).as("%s", method).isEqualTo("alice");
            assertThat(read.items())
                    .as("%s", method)
                    .extracting(change -> change.id().path())
                    .containsExactly("workflows/" + method + ".json");
        }
    }

    @Test
    void the_provider_chooses_the_method_if_the_order_does_not() {
        long number = open("Add", INVOICE);

        MergeOutcome outcome = control.merge(
                new MergeRequest(number, read(number).head(), Optional.empty(), Actor.user("maintainer"), now()));

        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void labels_survive_every_method_of_merging() {
        for (Method method : Method.values()) {
            long number = fixture.open(new Proposal(
                    "By " + method,
                    "alice",
                    List.of("feature", "ai"),
                    false,
                    Map.of("agents/" + method + ".json", "x")));

            merge(number, read(number).head(), method);

            assertThat(read(number).labels()).as("%s", method).containsExactly("feature", "ai");
        }
    }

    @Test
    void a_moved_head_is_refused() {
        long number = open("Add", INVOICE);
        CommitId reviewed = read(number).head();
        CommitId pushed = fixture.push(number, Map.of("agents/sneaked-in.json", "x"));

        for (Method method : Method.values()) {
            assertThat(merge(number, reviewed, method)).isEqualTo(new MergeOutcome.HeadMoved(pushed));
        }
        assertThat(read(number).status()).isEqualTo(PullRequestStatus.OPEN);
    }

    @Test
    void a_conflict_is_told_with_its_paths_and_changes_nothing() {
        fixture.commitToMain(Map.of("workflows/a.json", "1\n"));
        long number = open("Change", Map.of("workflows/a.json", "2\n"));
        fixture.commitToMain(Map.of("workflows/a.json", "3\n"));

        for (Method method : Method.values()) {
            MergeOutcome outcome = merge(number, read(number).head(), method);

            assertThat(outcome).as("%s", method).isInstanceOf(MergeOutcome.Conflict.class);
            List<String> paths = ((MergeOutcome.Conflict) outcome).paths();
            assertThat(paths).as("%s", method).isSubsetOf("workflows/a.json");
        }
        assertThat(read(number).status()).isEqualTo(PullRequestStatus.OPEN);
    }

    @Test
    void merging_again_what_was_merged_tells_the_same_range() {
        for (Method method : Method.values()) {
            long number = open("By " + method, Map.of("workflows/" + method + ".json", "x"));
            CommitId head = read(number).head();
            MergedRange range = mergedRange(merge(number, head, method));
            fixture.commitToMain(Map.of("README.md", "after " + method));

            assertThat(merge(number, head, method)).isEqualTo(new MergeOutcome.Merged(range));
        }
    }

    @Test
    void merging_again_from_another_head_is_no_success() {
        long number = open("Add", INVOICE);
        CommitId other = read(number).head();
        CommitId head = fixture.push(number, Map.of("agents/b.json", "2"));
        merge(number, head, Method.MERGE);

        assertThat(merge(number, other, Method.MERGE)).isNotInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void what_somebody_else_merged_is_told_as_merged() {
        long number = open("Add", INVOICE);
        CommitId head = read(number).head();
        fixture.mergeElsewhere(number);

        assertThat(merge(number, head, Method.MERGE)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(read(number).merged()).isPresent();
    }

    @Test
    void a_draft_is_not_merged() {
        long number = fixture.open(new Proposal("Not yet", "alice", List.of(), true, INVOICE));

        assertThat(merge(number, read(number).head(), Method.MERGE)).isInstanceOf(MergeOutcome.NotAllowed.class);
        assertThat(read(number).status()).isEqualTo(PullRequestStatus.DRAFT);
    }

    @Test
    void merging_an_unknown_number_is_not_found() {
        CommitId head = read(open("Add", INVOICE)).head();

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> merge(987_654, head, Method.MERGE));
    }

    private static MergedRange mergedRange(MergeOutcome outcome) {
        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
        return ((MergeOutcome.Merged) outcome).range();
    }
}
