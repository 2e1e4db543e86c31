package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Differences of trees, looking at items only. Renames are looked for among items only, so a file that moves out of all
 * globs is deleted and one that moves into them is created.
 */
final class TreeDiff {
    /** Above so many created or deleted items, only moves with unchanged bytes are recognised: the rest is quadratic. */
    private static final int RENAME_LIMIT = 1_000;

    /** Git's own: half of the lines. */
    private static final int RENAME_SCORE = 50;

    private static final int RENAME_BIG_FILE = 1 << 20;

    private final ObjectReader reader;
    private final ItemPaths paths;

    TreeDiff(ObjectReader reader, ItemPaths paths) {
        this.reader = reader;
        this.paths = paths;
    }

    /** Items that differ between two commits; from nothing if there is no older one. */
    List<DiffEntry> between(Optional<RevCommit> from, RevCommit to) throws IOException {
        if (from.isPresent() && from.get().getTree().equals(to.getTree())) {
            return List.of();
        }
        List<DiffEntry> entries = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            if (from.isPresent()) {
                walk.addTree(from.get().getTree());
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(to.getTree());
            walk.setFilter(AndTreeFilter.create(TreeFilter.ANY_DIFF, new Items(paths, to)));
            walk.setRecursive(true);
            for (DiffEntry entry : DiffEntry.scan(walk)) {
                if (!sameBytes(entry)) {
                    entries.add(entry);
                }
            }
        }
        return withRenames(entries);
    }

    /** Paths of items where a merge commit differs from each of its parents. */
    List<String> differentFromAll(RevCommit[] parents, RevCommit merge) throws IOException {
        for (RevCommit parent : parents) {
            if (parent.getTree().equals(merge.getTree())) {
                return List.of();
            }
        }
        List<String> different = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(merge.getTree());
            for (RevCommit parent : parents) {
                walk.addTree(parent.getTree());
            }
            walk.setFilter(AndTreeFilter.create(new DiffersFromAll(), new Items(paths, merge)));
            walk.setRecursive(true);
            while (walk.next()) {
                different.add(walk.getPathString());
            }
        }
        return different;
    }

    private List<DiffEntry> withRenames(List<DiffEntry> entries) throws IOException {
        boolean anyNew = entries.stream().anyMatch(entry -> entry.getChangeType() == ChangeType.ADD);
        boolean anyGone = entries.stream().anyMatch(entry -> entry.getChangeType() == ChangeType.DELETE);
        if (!anyNew || !anyGone) {
            return entries;
        }
        // Our own limits, not those of the user's configuration: the same commits give the same answer everywhere.
        RenameDetector renames = new RenameDetector(reader, new Config().get(DiffConfig.KEY));
        renames.setRenameScore(RENAME_SCORE);
        renames.setRenameLimit(RENAME_LIMIT);
        renames.setBigFileThreshold(RENAME_BIG_FILE);
        renames.addAll(entries);
        return renames.compute();
    }

    /** Only the mode changed, or there is no file on either side. */
    private static boolean sameBytes(DiffEntry entry) {
        return entry.getChangeType() == ChangeType.MODIFY && entry.getOldId().equals(entry.getNewId());
    }

    /** Lets items pass, and folders that may hold some. */
    private static final class Items extends TreeFilter {
        private final ItemPaths paths;
        private final RevCommit commit;

        Items(ItemPaths paths, RevCommit commit) {
            this.paths = paths;
            this.commit = commit;
        }

        @Override
        public boolean include(TreeWalk walk) {
            return walk.isSubtree()
                    ? paths.enters(walk)
                    : anyFile(walk) && paths.itemAt(walk, commit).isPresent();
        }

        private static boolean anyFile(TreeWalk walk) {
            for (int tree = 0; tree < walk.getTreeCount(); tree++) {
                if (Manifests.isFile(walk.getRawMode(tree))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean shouldBeRecursive() {
            return true;
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }

    /** Lets pass where the first tree differs from each other tree. */
    private static final class DiffersFromAll extends TreeFilter {
        @Override
        public boolean include(TreeWalk walk) {
            int mode = walk.getRawMode(0);
            for (int parent = 1; parent < walk.getTreeCount(); parent++) {
                boolean sameSort = walk.getRawMode(parent) == mode
                        || (Manifests.isFile(mode) && Manifests.isFile(walk.getRawMode(parent)));
                if (sameSort && walk.idEqual(0, parent)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean shouldBeRecursive() {
            return false;
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }

    /** Whether a side of an entry is a file: not absent and not a submodule. */
    static boolean isFile(FileMode mode) {
        return Manifests.isFile(mode.getBits());
    }
}
