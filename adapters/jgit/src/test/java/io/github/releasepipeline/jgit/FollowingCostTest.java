package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to follow a repository with a long history; {@code -Dfollowing.merged=10000} makes it longer. */
class FollowingCostTest {
    private static final int MERGED = Integer.getInteger("following.merged", 2_000);
    private static final int OPEN = 50;

    @TempDir
    Path folder;

    private long seconds = 1_700_000_000L;

    @Test
    void after_ten_changes_among_thousands_of_pull_requests_work_is_done_for_ten() throws IOException {
        Path git = folder.resolve("flows.git");
        try (History history = History.create(git);
                CountedReads counted = new CountedReads(git);
                GitRepository repository = GitRepository.on(new OpenRepository(counted, "flows"))) {
            ObjectId main = write(history, Optional.empty(), 0, MERGED);
            for (int i = 0; i < OPEN; i++) {
                branch(history, MERGED + 100 + i, main, "opened");
            }
            GitPullRequests control = GitPullRequests.of(repository, PlainGit.KINDS);
            PlainGit.Followed first = PlainGit.follow(control, Optional.empty(), 100);
            assertThat(first.told()).hasSize(MERGED + OPEN);
            assertThat(counted.objects()).isGreaterThan(MERGED);

            ObjectId grown = write(history, Optional.of(main), MERGED, 5);
            for (int i = 0; i < 5; i++) {
                branch(history, MERGED + 100 + i, main, "pushed");
            }
            PlainGit.Followed second = PlainGit.follow(control, Optional.of(first.cursor()), 100);

            assertThat(second.told()).hasSize(10);
            assertThat(grown).isNotEqualTo(main);
            int read = counted.objects();
            assertThat(read).as("objects read for ten changes").isPositive().isLessThan(MERGED / 4);
        }
    }

    /** Merged pull requests, one after the other, in one pack. */
    private ObjectId write(History history, Optional<ObjectId> onto, int from, int count) throws IOException {
        ObjectId main = onto.orElse(ObjectId.zeroId());
        try (ObjectInserter inserter = ((ObjectDirectory) history.jgit().getObjectDatabase()).newPackInserter()) {
            if (onto.isEmpty()) {
                main = commit(inserter, "start", List.of(), "Start");
            }
            for (int number = from + 1; number <= from + count; number++) {
                ObjectId head = commit(inserter, "flow " + number, List.of(main), "Change " + number);
                main = commit(
                        inserter, "flow " + number, List.of(main, head), "Merge pull request #" + number + " from x/y");
            }
            inserter.flush();
        }
        update(history, "refs/heads/main", main);
        return main;
    }

    private void branch(History history, int number, ObjectId parent, String content) throws IOException {
        try (ObjectInserter inserter = history.jgit().newObjectInserter()) {
            ObjectId head = commit(inserter, content + number, List.of(parent), "Open " + number);
            inserter.flush();
            update(history, "refs/heads/" + number + "-x", head);
        }
    }

    private static void update(History history, String name, ObjectId target) throws IOException {
        RefUpdate update = history.jgit().updateRef(name);
        update.setNewObjectId(target);
        update.setForceUpdate(true);
        update.update();
    }

    private ObjectId commit(ObjectInserter inserter, String content, List<ObjectId> parents, String message)
            throws IOException {
        TreeFormatter workflows = new TreeFormatter();
        workflows.append(
                "a.json",
                FileMode.REGULAR_FILE,
                inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8)));
        TreeFormatter root = new TreeFormatter();
        root.append("workflows", FileMode.TREE, inserter.insert(workflows));
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(inserter.insert(root));
        commit.setParentIds(parents);
        commit.setAuthor(
                new PersonIdent("alice", "alice@example.org", Instant.ofEpochSecond(seconds++), ZoneOffset.UTC));
        commit.setCommitter(commit.getAuthor());
        commit.setMessage(message);
        return inserter.insert(commit);
    }
}
