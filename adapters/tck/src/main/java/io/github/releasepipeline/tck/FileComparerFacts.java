package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.FileAt;
import io.github.releasepipeline.source.FileComparer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts about repositories that can compare files; of others they are not asked. */
abstract class FileComparerFacts extends OriginFacts {
    private static final String FLOW = "workflows/a.json";

    @Test
    void the_merge_base_is_where_a_branch_left_the_other() {
        CommitId root = commit(Map.of(FLOW, "1"));
        CommitId fork = commit(Map.of(FLOW, "2"), root);
        CommitId main = commit(Map.of(FLOW, "3"), fork);
        CommitId branch = commit(Map.of(FLOW, "4"), commit(Map.of(FLOW, "5"), fork));

        assertThat(comparer().mergeBase(main, branch)).contains(fork);
        assertThat(comparer().mergeBase(branch, main)).contains(fork);
    }

    @Test
    void the_merge_base_moves_when_the_other_branch_is_merged_in() {
        CommitId root = commit(Map.of(FLOW, "1"));
        CommitId main = commit(Map.of(FLOW, "2"), root);
        CommitId branch = commit(Map.of(FLOW, "3"), commit(Map.of(FLOW, "4"), root), main);

        assertThat(comparer().mergeBase(branch, main)).contains(main);
    }

    @Test
    void a_commit_and_its_descendant_have_the_commit_in_common() {
        CommitId older = commit(Map.of(FLOW, "1"));
        CommitId newer = commit(Map.of(FLOW, "2"), older);

        assertThat(comparer().mergeBase(older, newer)).contains(older);
        assertThat(comparer().mergeBase(newer, newer)).contains(newer);
    }

    @Test
    void histories_with_nothing_in_common_have_no_merge_base() {
        assertThat(comparer().mergeBase(commit(Map.of(FLOW, "1")), commit(Map.of(FLOW, "2"))))
                .isEmpty();
    }

    @Test
    void the_size_of_a_file_is_told_in_bytes() {
        CommitId commit = commit(Map.of(FLOW, "ä\r\n"));

        assertThat(comparer().size(new FileAt(commit, FLOW))).isEqualTo(4);
    }

    @Test
    void lines_that_changed_are_told_in_the_unified_format() {
        CommitId before = commit(Map.of(FLOW, "{\n  \"name\": \"a\",\n  \"old\": 1\n}\n"));
        CommitId after = commit(Map.of(FLOW, "{\n  \"name\": \"a\",\n  \"new\": \"ü\"\n}\n"), before);

        TextDifference.Compared compared = compared(Optional.of(before), Optional.of(after));

        assertThat(compared.added()).isEqualTo(1);
        assertThat(compared.removed()).isEqualTo(1);
        assertThat(compared.unified().lines())
                .startsWith("--- a/" + FLOW, "+++ b/" + FLOW)
                .containsSubsequence(" {", "   \"name\": \"a\",", "-  \"old\": 1", "+  \"new\": \"ü\"", " }");
        assertThat(compared.unified()).contains("@@ -1,4 +1,4 @@");
    }

    @Test
    void files_with_the_same_lines_have_no_difference() {
        CommitId before = commit(Map.of(FLOW, "same\n"));
        CommitId after = commit(Map.of(FLOW, "same\n", "README.md", "x"), before);

        assertThat(compared(Optional.of(before), Optional.of(after))).isEqualTo(new TextDifference.Compared("", 0, 0));
    }

    @Test
    void a_file_that_is_new_or_gone_has_only_lines_of_one_side() {
        CommitId commit = commit(Map.of(FLOW, "1\n2\n"));

        TextDifference.Compared created = compared(Optional.empty(), Optional.of(commit));
        TextDifference.Compared deleted = compared(Optional.of(commit), Optional.empty());

        assertThat(created.added()).isEqualTo(2);
        assertThat(created.removed()).isZero();
        assertThat(created.unified()).contains("--- /dev/null").contains("+1\n+2");
        assertThat(deleted.removed()).isEqualTo(2);
        assertThat(deleted.unified()).contains("+++ /dev/null").contains("-1\n-2");
    }

    @Test
    void a_binary_file_is_answered_as_not_comparable() {
        CommitId before = commit(Map.of(FLOW, "text"));
        CommitId after = commit(Map.of(FLOW, "\u0000\u0001\u0002"), before);

        assertThat(comparer().compareLines(file(before), file(after)))
                .isInstanceOfSatisfying(
                        TextDifference.NotCompared.class,
                        answer -> assertThat(answer.reason()).contains(FLOW, "binary"));
    }

    @Test
    void a_file_too_large_to_compare_is_answered_with_its_size_told() {
        CommitId commit = commit(Map.of(FLOW, "0123456789".repeat(5 << 20)));

        assertThat(comparer().compareLines(Optional.empty(), file(commit)))
                .isInstanceOfSatisfying(
                        TextDifference.NotCompared.class,
                        answer -> assertThat(answer.reason()).contains(FLOW, "too large"));
        assertThat(comparer().size(new FileAt(commit, FLOW))).isEqualTo(50L << 20);
    }

    @Test
    void files_that_differ_in_every_line_are_compared_in_bounded_time() {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            before.append(i % 7).append('\n');
            after.append(i % 5).append('\n');
        }
        CommitId older = commit(Map.of(FLOW, before.toString()));
        CommitId newer = commit(Map.of(FLOW, after.toString()), older);

        TextDifference.Compared compared = compared(Optional.of(older), Optional.of(newer));

        assertThat(compared.added()).isEqualTo(compared.removed()).isPositive();
    }

    @Test
    void a_file_or_commit_that_is_not_there_is_named() {
        CommitId commit = commit(Map.of(FLOW, "1"));
        CommitId missing = new CommitId("0123456789".repeat(4));

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> comparer().size(new FileAt(commit, "workflows/b.json")))
                .withMessageContaining("workflows/b.json");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() ->
                        comparer().compareLines(Optional.empty(), Optional.of(new FileAt(commit, "workflows/b.json"))))
                .withMessageContaining("workflows/b.json");
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> comparer().mergeBase(commit, missing))
                .withMessageContaining(missing.hex());
    }

    private TextDifference.Compared compared(Optional<CommitId> before, Optional<CommitId> after) {
        TextDifference difference = comparer()
                .compareLines(
                        before.map(commit -> new FileAt(commit, FLOW)), after.map(commit -> new FileAt(commit, FLOW)));
        assertThat(difference).isInstanceOf(TextDifference.Compared.class);
        return (TextDifference.Compared) difference;
    }

    private static Optional<FileAt> file(CommitId commit) {
        return Optional.of(new FileAt(commit, FLOW));
    }

    private FileComparer comparer() {
        assumeTrue(repository instanceof FileComparer, "This repository cannot compare files");
        return (FileComparer) repository;
    }
}
