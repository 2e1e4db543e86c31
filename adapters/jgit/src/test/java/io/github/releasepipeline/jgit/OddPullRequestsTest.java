package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests that somebody made to do harm, or by mistake: they are told, and hold up no other. */
class OddPullRequestsTest {
    @TempDir
    Path folder;

    private PlainGit git;

    @BeforeEach
    void open() {
        git = new PlainGit(folder.resolve("flows.git"));
        git.commit("1-good", "Good");
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void an_item_whose_name_is_no_text_is_shown_and_cannot_become_part_of_a_version() throws IOException {
        CommitId head = odd(new byte[] {'a', (byte) 0xE9, '.', 'j', 's', 'o', 'n'});

        Map<Long, PullRequest> all = git.all();

        assertThat(all).containsOnlyKeys(1L, 2L);
        assertThat(all.get(2L).items())
                .extracting(change -> change.id().path())
                .containsExactly("workflows/a\u00E9.json");
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> git.repository.manifest(head, PlainGit.KINDS))
                .withMessageContaining("a\\xe9.json");
    }

    @Test
    void an_item_that_leads_out_of_the_repository_is_shown_and_cannot_become_part_of_a_version() throws IOException {
        CommitId head = odd("..".getBytes(StandardCharsets.UTF_8));

        assertThat(git.all()).containsOnlyKeys(1L, 2L);
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> git.repository.changes(Optional.of(git.main()), head, PlainGit.KINDS));
    }

    @Test
    void a_title_and_labels_of_any_kind_and_size_are_told() {
        String title = "\u202Egnp \u001B[31m<script>alert(1)</script> " + "x".repeat(100_000);
        git.commit("2-odd", title + "\n\nLabels: " + "l".repeat(100_000) + ", \u0007bell");

        Map<Long, PullRequest> all = git.all();

        assertThat(all).containsOnlyKeys(1L, 2L);
        assertThat(all.get(2L).title()).startsWith("\u202Egnp").hasSizeLessThan(10_000);
    }

    @Test
    void an_item_that_was_changed_and_changed_back_is_not_told() {
        git.commit("main", "Base", Map.of("workflows/a.json", "1"));
        git.commit("3-x", "Change", Map.of("workflows/a.json", "2", "workflows/b.json", "new"));
        git.commit("3-x", "Back", Map.of("workflows/a.json", "1"));

        assertThat(git.read(3).items()).extracting(change -> change.id().path()).containsExactly("workflows/b.json");
    }

    /** A pull request of one item with this name. */
    private CommitId odd(byte[] name) throws IOException {
        try (ObjectInserter inserter = git.history.jgit().newObjectInserter()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, "1".getBytes(StandardCharsets.UTF_8));
            TreeFormatter workflows = new TreeFormatter();
            workflows.append(name, FileMode.REGULAR_FILE, blob);
            TreeFormatter root = new TreeFormatter();
            root.append("workflows", FileMode.TREE, inserter.insert(workflows));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(root));
            commit.setParentIds(List.of(ObjectIds.of(git.main())));
            commit.setAuthor(new PersonIdent(git.history.jgit()));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Odd");
            CommitId id = ObjectIds.of(inserter.insert(commit));
            inserter.flush();
            git.history.ref("refs/heads/2-odd", id);
            return id;
        }
    }
}
