package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges on a checked-out branch that were cut off: each state that a killed process can leave. */
class MergeRepairTest {
    @TempDir
    Path folder;

    private Path work;
    private PlainGit git;
    private CommitId base;
    private CommitId head;
    private CommitId merge;

    @BeforeEach
    void checkOut() throws Exception {
        work = folder.resolve("flows");
        git = new PlainGit(work);
        CommitId start = git.history.commit(
                Map.of("README.md", "flows", "workflows/a.json", "old", "workflows/gone.json", "old"),
                List.of(git.main()));
        git.history.ref("refs/heads/main", start);
        base = start;
        head = git.history.commit(
                Map.of("README.md", "flows", "workflows/a.json", "new", "workflows/b.json", "new"),
                List.of(base),
                "Change",
                "alice");
        git.history.ref("refs/heads/7-x", head);
        merge = git.history.commit(
                git.history.files(head), List.of(base, head), "Merge pull request #7 from 7-x\n\nChange", "bob");
        reset(base);
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void a_merge_killed_before_it_touched_a_file_is_made_by_the_next() throws Exception {
        begin();

        assertMergedAndClean();
    }

    @Test
    void a_merge_killed_between_two_files_with_the_index_locked_is_undone_and_made_again() throws Exception {
        begin();
        Files.createFile(work.resolve(".git/index.lock"));
        Files.writeString(work.resolve("workflows/b.json"), "new");
        Files.delete(work.resolve("workflows/gone.json"));

        assertMergedAndClean();
    }

    @Test
    void a_merge_killed_between_the_files_and_the_branch_is_undone_and_made_again() throws Exception {
        begin();
        reset(merge);
        git.history.ref("refs/heads/main", base);

        assertMergedAndClean();
    }

    @Test
    void a_merge_killed_after_the_branch_moved_is_completed() throws Exception {
        begin();
        git.history.ref("refs/heads/main", merge);

        assertMergedAndClean();
        assertThat(git.main()).isEqualTo(merge);
    }

    @Test
    void what_a_person_changed_since_is_named_and_left_alone() throws Exception {
        begin();
        Files.writeString(work.resolve("workflows/b.json"), "new");
        Files.writeString(work.resolve("README.md"), "mine");

        assertThat(git.merge(7, head, Method.MERGE))
                .isInstanceOfSatisfying(
                        MergeOutcome.NotAllowed.class,
                        refused -> assertThat(refused.reason())
                                .contains("README.md", base.hex())
                                .doesNotContain("b.json"));
        assertThat(work.resolve("README.md")).hasContent("mine");
        assertThat(work.resolve("workflows/b.json")).hasContent("new");

        Files.writeString(work.resolve("README.md"), "flows");
        assertMergedAndClean();
    }

    @Test
    void files_that_git_does_not_know_survive_the_repair() throws Exception {
        begin();
        Files.writeString(work.resolve("notes.txt"), "mine");

        assertMerged();
        assertThat(work.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void a_work_tree_that_somebody_moved_on_is_theirs() throws Exception {
        begin();
        CommitId moved = git.commit("main", "Direct", Map.of("README.md", "moved"));
        reset(moved);

        assertMergedAndClean();
        assertThat(work.resolve("README.md")).hasContent("moved");
    }

    @Test
    void a_merge_whose_commit_git_has_dropped_since_stops_no_other() throws Exception {
        begin(new CommitId("0123456789".repeat(4)));

        assertMergedAndClean();
    }

    @Test
    void a_merge_whose_commit_git_has_dropped_since_is_named_if_files_are_not_as_they_were() throws Exception {
        begin(new CommitId("0123456789".repeat(4)));
        Files.writeString(work.resolve("workflows/a.json"), "half");

        assertThat(git.merge(7, head, Method.MERGE))
                .isInstanceOfSatisfying(
                        MergeOutcome.NotAllowed.class,
                        refused -> assertThat(refused.reason()).contains("cut off", base.hex()));
        assertThat(work.resolve("workflows/a.json")).hasContent("half");

        Files.writeString(work.resolve("workflows/a.json"), "old");
        assertMergedAndClean();
    }

    @Test
    void a_journal_that_was_cut_off_itself_says_nothing() throws Exception {
        Files.writeString(
                work.resolve(".git/release-pipeline-merge"),
                base.hex() + " " + merge.hex().substring(9));

        assertMergedAndClean();
    }

    @Test
    void a_merge_in_the_same_work_tree_waits_its_turn_and_is_refused_in_words_in_the_end() throws Exception {
        MergeJournal held =
                MergeJournal.hold(git.repository.repository().jgit()).orElseThrow();

        assertThat(git.merge(7, head, Method.MERGE))
                .isInstanceOfSatisfying(
                        MergeOutcome.NotAllowed.class,
                        refused -> assertThat(refused.reason()).contains("Another merge", "main"));

        held.close();
        assertMergedAndClean();
    }

    /** A process wrote its journal, and died later. */
    private void begin() throws IOException {
        begin(merge);
    }

    private void begin(CommitId to) throws IOException {
        try (MergeJournal journal =
                MergeJournal.hold(git.repository.repository().jgit()).orElseThrow()) {
            journal.begin(new MergeJournal.Move(ObjectIds.of(base), ObjectIds.of(to)));
        }
    }

    private void assertMergedAndClean() throws Exception {
        assertMerged();
        try (Git status = new Git(git.history.jgit())) {
            assertThat(status.status().call().isClean()).isTrue();
        }
        try (MergeJournal journal =
                MergeJournal.hold(git.repository.repository().jgit()).orElseThrow()) {
            assertThat(journal.unfinished()).isEqualTo(Optional.empty());
        }
    }

    private void assertMerged() {
        assertThat(git.merge(7, head, Method.MERGE)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(work.resolve("workflows/a.json")).hasContent("new");
        assertThat(work.resolve("workflows/b.json")).hasContent("new");
        assertThat(work.resolve("workflows/gone.json")).doesNotExist();
    }

    /** Moves the branch, the index and the files. */
    private void reset(CommitId commit) throws GitAPIException {
        try (Git reset = new Git(git.history.jgit())) {
            reset.reset().setMode(ResetType.HARD).setRef(commit.hex()).call();
        }
    }
}
