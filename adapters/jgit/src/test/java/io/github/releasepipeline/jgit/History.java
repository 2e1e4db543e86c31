package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Writes history into a repository, without a work tree. One second passes with each commit. */
final class History implements AutoCloseable {
    private final Repository repository;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.DAYS);

    private History(Repository repository) {
        this.repository = repository;
    }

    /** A new repository; bare if its name ends with {@code .git}. */
    static History create(Path folder) {
        try {
            boolean bare = folder.toString().endsWith(".git");
            Path git = bare ? folder : folder.resolve(".git");
            Files.createDirectories(git);
            Repository repository =
                    new FileRepositoryBuilder().setGitDir(git.toFile()).build();
            repository.create(bare);
            History history = new History(repository);
            repository.updateRef(Constants.HEAD).link("refs/heads/main");
            return history;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Repository jgit() {
        return repository;
    }

    CommitId commit(Map<String, String> files, List<CommitId> parents) {
        return commit(files, parents, "Commit", "alice");
    }

    CommitId commit(Map<String, String> files, List<CommitId> parents, String message, String author) {
        return write(() -> {
            now = now.plusSeconds(1);
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(tree(inserter, files));
                commit.setParentIds(parents.stream().map(ObjectIds::of).toList());
                commit.setAuthor(new PersonIdent(author, author + "@example.org", now, ZoneOffset.UTC));
                commit.setCommitter(commit.getAuthor());
                commit.setMessage(message);
                ObjectId id = inserter.insert(commit);
                inserter.flush();
                return ObjectIds.of(id);
            }
        });
    }

    /** A commit of one folder. */
    static CommitId commitTree(Repository repository, ObjectInserter inserter, String folder, ObjectId tree)
            throws IOException {
        TreeFormatter root = new TreeFormatter();
        root.append(folder, FileMode.TREE, tree);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(inserter.insert(root));
        commit.setAuthor(new PersonIdent(repository));
        commit.setCommitter(commit.getAuthor());
        commit.setMessage("Tree " + tree.name());
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        return ObjectIds.of(id);
    }

    void ref(String name, CommitId at) {
        write(() -> {
            RefUpdate update = repository.updateRef(name);
            update.setNewObjectId(ObjectIds.of(at));
            update.setForceUpdate(true);
            return update.forceUpdate();
        });
    }

    void turnBackTheClock(long seconds) {
        now = now.minusSeconds(seconds);
    }

    void deleteRef(String name) {
        write(() -> {
            RefUpdate update = repository.updateRef(name);
            update.setForceUpdate(true);
            return update.delete();
        });
    }

    CommitId at(String revision) {
        return write(() -> ObjectIds.of(repository.resolve(revision)));
    }

    /** The whole tree of a commit. */
    Map<String, String> files(CommitId commit) {
        return write(() -> {
            Map<String, String> files = new TreeMap<>();
            try (RevWalk commits = new RevWalk(repository);
                    TreeWalk walk = new TreeWalk(repository)) {
                walk.addTree(commits.parseCommit(ObjectIds.of(commit)).getTree());
                walk.setRecursive(true);
                while (walk.next()) {
                    byte[] bytes = repository.open(walk.getObjectId(0)).getBytes();
                    files.put(walk.getPathString(), new String(bytes, StandardCharsets.UTF_8));
                }
            }
            return files;
        });
    }

    String message(CommitId commit) {
        return write(() -> parse(commit).getFullMessage());
    }

    List<CommitId> parents(CommitId commit) {
        return write(() -> {
            List<CommitId> parents = new ArrayList<>();
            for (RevCommit parent : parse(commit).getParents()) {
                parents.add(ObjectIds.of(parent));
            }
            return parents;
        });
    }

    private RevCommit parse(CommitId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(ObjectIds.of(commit));
        }
    }

    private static ObjectId tree(ObjectInserter inserter, Map<String, String> files) throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(
                    inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return cache.writeTree(inserter);
    }

    private static <T> T write(OpenRepository.Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
