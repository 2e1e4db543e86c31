package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Reads manifests. A symbolic link is an item whose bytes are its target, as Git stores it. A submodule is another
 * repository and never an item.
 */
final class Manifests {
    private final OpenRepository repository;
    private final BlobDigests digests;

    Manifests(OpenRepository repository, BlobDigests digests) {
        this.repository = repository;
        this.digests = digests;
    }

    Manifest at(CommitId commitId, List<ItemKind> kinds) throws IOException {
        List<File> files = new ArrayList<>();
        ItemPaths paths = new ItemPaths(kinds);
        try (ObjectReader reader = repository.reader();
                RevWalk commits = new RevWalk(reader);
                TreeWalk walk = new TreeWalk(reader)) {
            RevCommit commit = repository.commit(commits, commitId);
            walk.addTree(commit.getTree());
            while (walk.next()) {
                if (walk.isSubtree()) {
                    if (paths.enters(walk)) {
                        walk.enterSubtree();
                    }
                } else if (isFile(walk.getRawMode(0))) {
                    Optional<ItemId> item = paths.itemAt(walk, commit);
                    if (item.isPresent()) {
                        files.add(new File(item.get(), walk.getObjectId(0)));
                    }
                }
            }
        }
        return manifest(commitId, files);
    }

    static boolean isFile(int mode) {
        return FileMode.REGULAR_FILE.equals(mode)
                || FileMode.EXECUTABLE_FILE.equals(mode)
                || FileMode.SYMLINK.equals(mode);
    }

    private Manifest manifest(CommitId commit, List<File> files) throws IOException {
        Map<ObjectId, Digest> byBlob = digests.of(files.stream().map(File::blob).toList());
        List<Item> items = new ArrayList<>(files.size());
        for (File file : files) {
            items.add(new Item(file.id(), Objects.requireNonNull(byBlob.get(file.blob()))));
        }
        try {
            return new Manifest(items);
        } catch (IllegalArgumentException e) { // a broken tree may name a file twice
            throw AdapterException.lasting("The tree of commit " + commit + " is broken: " + e.getMessage(), e);
        }
    }

    private record File(ItemId id, ObjectId blob) {}
}
