package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Brings a work tree that stands between two commits to one of them. It touches nothing that somebody else has written:
 * each file and each entry of the index has to be as one of the two commits has it.
 */
final class WorkTreeRepair {
    private static final int MAX_NAMED = 5;

    private final Repository jgit;
    private final MergeJournal.Move move;
    private final List<String> foreign = new ArrayList<>();
    private final List<Path> onlyInOne = new ArrayList<>();

    WorkTreeRepair(Repository jgit, MergeJournal.Move move) {
        this.jgit = jgit;
        this.move = move;
    }

    /** Why it was left as it is; empty when it is as the commit has it. */
    Optional<String> bringTo(ObjectId target) throws IOException {
        try (RevWalk commits = new RevWalk(jgit)) {
            ObjectId from = commits.parseTree(move.from());
            ObjectId to = commits.parseTree(move.to());
            boolean back = target.equals(move.from());
            look(back ? to : from, back ? from : to);
            if (!foreign.isEmpty()) {
                return Optional.of("A merge was cut off between " + move.from().name() + " and "
                        + move.to().name() + ", and since then somebody changed "
                        + foreign.subList(0, Math.min(MAX_NAMED, foreign.size()))
                        + "; bring the work tree to either commit, `git status` tells more");
            }
            // Written by the merge that was cut off: whoever came later would have been kept out by it.
            Files.deleteIfExists(jgit.getIndexFile().toPath().resolveSibling("index.lock"));
            for (Path path : onlyInOne) {
                Files.deleteIfExists(path);
            }
            DirCacheCheckout checkout = new DirCacheCheckout(jgit, jgit.lockDirCache(), back ? from : to);
            checkout.setFailOnConflict(false);
            checkout.checkout();
            return Optional.empty();
        }
    }

    private void look(ObjectId other, ObjectId wanted) throws IOException {
        try (TreeWalk walk = new TreeWalk(jgit)) {
            walk.addTree(tree(walk, other));
            walk.addTree(tree(walk, wanted));
            walk.addTree(new DirCacheIterator(jgit.readDirCache()));
            FileTreeIterator files = new FileTreeIterator(jgit);
            files.setDirCacheIterator(walk, 2);
            walk.addTree(files);
            walk.setRecursive(true);
            while (walk.next()) {
                boolean tracked = walk.getRawMode(0) != 0 || walk.getRawMode(1) != 0 || walk.getRawMode(2) != 0;
                if (tracked && !(isEither(walk, 2) && isEither(walk, 3))) {
                    foreign.add(walk.getPathString());
                }
                if (walk.getRawMode(0) != 0 && walk.getRawMode(1) == 0) {
                    onlyInOne.add(jgit.getWorkTree().toPath().resolve(walk.getPathString()));
                }
            }
        }
    }

    private AbstractTreeIterator tree(TreeWalk walk, ObjectId tree) throws IOException {
        return new CanonicalTreeParser(null, walk.getObjectReader(), tree);
    }

    /** Whether index or file have what one of the commits has, also if that is nothing. */
    private static boolean isEither(TreeWalk walk, int tree) {
        for (int commit = 0; commit < 2; commit++) {
            if ((walk.getRawMode(commit) == 0) == (walk.getRawMode(tree) == 0) && walk.idEqual(commit, tree)) {
                return true;
            }
        }
        return false;
    }
}
