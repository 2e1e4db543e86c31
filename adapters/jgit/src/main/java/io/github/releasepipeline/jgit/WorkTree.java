package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.errors.CheckoutConflictException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Keeps index and work tree in step when the branch that is checked out moves. Files come first, then the branch; a journal
 * beside the index tells of a merge that was cut off in between, and the next one repairs what it left.
 */
final class WorkTree implements AutoCloseable {
    private final OpenRepository repository;
    private final Repository jgit;
    private final TargetBranch base;
    private Optional<MergeJournal> journal = Optional.empty();

    WorkTree(OpenRepository repository, TargetBranch base) {
        this.repository = repository;
        this.jgit = repository.jgit();
        this.base = base;
    }

    /** Repairs what a merge left that was cut off; why it could not. */
    Optional<String> repaired() throws IOException {
        if (!isCheckedOutHere()) {
            return Optional.empty();
        }
        journal = MergeJournal.hold(jgit);
        if (journal.isEmpty()) {
            return Optional.of("Another merge is being made in the work tree of " + base.name() + "; try again");
        }
        Optional<MergeJournal.Move> unfinished = journal.get().unfinished();
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        ObjectId tip = base.tip(repository).orElse(ObjectId.zeroId());
        boolean known = tip.equals(unfinished.get().from())
                || tip.equals(unfinished.get().to());
        Optional<String> problem = known ? repair(unfinished.get(), tip) : Optional.empty();
        if (problem.isEmpty()) {
            journal.get().end(); // if somebody moved the branch on, the work tree is theirs
        }
        return problem;
    }

    private Optional<String> repair(MergeJournal.Move move, ObjectId tip) throws IOException {
        try {
            return new WorkTreeRepair(jgit, move).bringTo(tip);
        } catch (MissingObjectException collected) {
            // Git drops commits that no branch ever had: nothing tells any more which files the merge wrote.
            return isDirty()
                    ? Optional.of("A merge into " + base.name() + " was cut off, and its commit "
                            + collected.getObjectId().name() + " is gone since; bring the work tree to " + tip.name()
                            + ", `git status` tells more")
                    : Optional.empty();
        }
    }

    /** Brings index and work tree to what the branch is going to be; why they could not. */
    Optional<String> begin(ObjectId from, ObjectId to) throws IOException {
        if (journal.isPresent()) {
            journal.get().begin(new MergeJournal.Move(from, to));
        }
        Optional<String> conflict = checkOut(from, to);
        if (conflict.isPresent() && journal.isPresent()) {
            journal.get().end();
        }
        return conflict;
    }

    /** The branch moved, or it did not and the files go back. */
    void end(ObjectId from, ObjectId to, boolean moved) throws IOException {
        if (!moved) {
            checkOut(to, from);
        }
        if (journal.isPresent()) {
            journal.get().end();
        }
    }

    @Override
    public void close() throws IOException {
        if (journal.isPresent()) {
            journal.get().close();
        }
    }

    /** Why the branch must not move now. */
    Optional<String> refusal() {
        return repository.run("Looking at the work tree", () -> {
            Optional<Path> elsewhere = otherWorkTree();
            if (elsewhere.isPresent()) {
                return Optional.of("Branch " + base.name() + " is checked out in another work tree, by "
                        + elsewhere.get().getFileName());
            }
            return isCheckedOutHere() && isDirty()
                    ? Optional.of("Branch " + base.name() + " is checked out and its work tree has uncommitted changes")
                    : Optional.empty();
        });
    }

    private Optional<String> checkOut(ObjectId from, ObjectId to) throws IOException {
        if (!isCheckedOutHere()) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(jgit)) {
            DirCacheCheckout checkout =
                    new DirCacheCheckout(jgit, walk.parseTree(from), jgit.lockDirCache(), walk.parseTree(to));
            checkout.setFailOnConflict(true);
            checkout.checkout();
            return Optional.empty();
        } catch (CheckoutConflictException e) {
            return Optional.of(
                    "Files in the work tree of branch " + base.name() + " are in the way: " + e.getMessage());
        }
    }

    private boolean isCheckedOutHere() throws IOException {
        return !jgit.isBare() && base.refName().equals(jgit.getFullBranch());
    }

    private boolean isDirty() throws IOException {
        try (Git git = new Git(jgit)) {
            return git.status().call().hasUncommittedChanges();
        } catch (GitAPIException | JGitInternalException e) {
            throw new IOException("The state of the work tree cannot be told: " + e.getMessage(), e);
        }
    }

    private Optional<Path> otherWorkTree() throws IOException {
        Path common = jgit.getCommonDirectory().toPath().toRealPath();
        Path own = jgit.getDirectory().toPath().toRealPath();
        List<Path> folders = new ArrayList<>();
        boolean commonHasWorkTree = !jgit.getConfig()
                .getBoolean(ConfigConstants.CONFIG_CORE_SECTION, ConfigConstants.CONFIG_KEY_BARE, false);
        if (!own.equals(common) && commonHasWorkTree) {
            folders.add(common);
        }
        Path linked = common.resolve("worktrees");
        if (Files.isDirectory(linked)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(linked)) {
                each.forEach(folders::add);
            }
        }
        for (Path folder : folders) {
            Path head = folder.resolve(Constants.HEAD);
            if (!folder.toRealPath().equals(own)
                    && Files.isRegularFile(head)
                    && Files.readString(head, StandardCharsets.UTF_8).strip().equals("ref: " + base.refName())) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
