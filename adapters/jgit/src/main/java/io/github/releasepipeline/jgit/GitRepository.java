package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A Git repository on this machine: bare or with a work tree, main or linked. Reads Git's own objects, so line-ending
 * conversion, filters and the state of a work tree do not matter.
 *
 * <p>Symbolic links are items whose bytes are the link's target; submodules are never items. Renames are recognised
 * among items. In a shallow clone, a question whose answer may lie beyond the cut is an {@link AdapterException} that
 * names the commit where history ends.
 *
 * <p>Safe for use by several threads; other processes may change the repository meanwhile. Nothing here writes the
 * repository's configuration.
 */
public final class GitRepository implements ItemRepository, AutoCloseable {
    private final OpenRepository repository;
    private final BlobDigests digests;
    private final Optional<TagRemote> remote;
    private final Object tagLock;

    private GitRepository(OpenRepository repository, BlobDigests digests, Optional<TagRemote> remote, Object tagLock) {
        this.repository = repository;
        this.digests = digests;
        this.remote = remote;
        this.tagLock = tagLock;
    }

    /**
     * The repository at a path: the root of a work tree, a {@code .git} folder or a bare repository.
     *
     * @throws AdapterException if there is none
     */
    public static GitRepository at(Path path) {
        OpenRepository repository = Locating.at(path);
        return new GitRepository(repository, new BlobDigests(repository), Optional.empty(), new Object());
    }

    /**
     * The same repository, which pushes the tags it creates. Both share what is open: close the last one only.
     *
     * @param remote name of a remote in the repository's configuration, for example {@code origin}
     */
    public GitRepository pushingTagsTo(String remote) {
        return new GitRepository(
                repository, digests, Optional.of(new TagRemote(repository, remote, Optional.empty())), tagLock);
    }

    /**
     * The same repository, which pushes the tags it creates. Both share what is open: close the last one only.
     *
     * @param remote name of a remote in the repository's configuration, for example {@code origin}
     * @param credentials asked when the remote wants to know who pushes
     */
    public GitRepository pushingTagsTo(String remote, CredentialsProvider credentials) {
        return new GitRepository(
                repository, digests, Optional.of(new TagRemote(repository, remote, Optional.of(credentials))), tagLock);
    }

    @Override
    public CommitId resolve(String revision) {
        return repository.run("Resolving '" + revision + "'", () -> {
            try (RevWalk walk = repository.walk()) {
                ObjectId id = repository.jgit().resolve(revision);
                if (id == null) {
                    throw new NotFoundException("revision", revision);
                }
                return ObjectIds.of(walk.parseCommit(id));
            } catch (RevisionSyntaxException
                    | AmbiguousObjectException
                    | IncorrectObjectTypeException
                    | MissingObjectException nameless) {
                throw new NotFoundException("revision", revision);
            }
        });
    }

    @Override
    public Manifest manifest(CommitId commit, List<ItemKind> kinds) {
        return repository.run(
                "Reading the manifest of " + commit, () -> new Manifests(repository, digests).at(commit, kinds));
    }

    @Override
    public List<ItemChange> changes(Optional<CommitId> from, CommitId to, List<ItemKind> kinds) {
        return between(
                "Comparing",
                from,
                to,
                (reader, before, after) -> new ItemChanges(kinds, digests).between(reader, before, after));
    }

    @Override
    public List<ChangeOrigin> origins(
            Optional<CommitId> from, CommitId to, Collection<MergedRange> merges, List<ItemKind> kinds) {
        return between(
                "Finding the origins of changes",
                from,
                to,
                (reader, before, after) ->
                        new Origins(repository, new ItemChanges(kinds, digests)).of(reader, before, after, merges));
    }

    @Override
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return repository.run(
                "Looking for " + ancestor + " before " + descendant,
                () -> new Ancestry(repository).isAncestor(ancestor, descendant));
    }

    @Override
    public List<Tag> tags() {
        return repository.run("Reading tags", () -> new Tags(repository).all());
    }

    @Override
    public TagOutcome createTag(TagRequest request) {
        // Other processes are kept out by Git's own locks; threads of this one need not wait for a failed lock.
        synchronized (tagLock) {
            return repository.run(
                    "Creating tag '" + request.name() + "'", () -> new TagWriter(repository, remote).create(request));
        }
    }

    @Override
    public InputStream open(CommitId commit, String path) {
        return repository.run("Opening '" + path + "' of " + commit, () -> {
            try (ObjectReader reader = repository.reader();
                    RevWalk walk = new RevWalk(reader)) {
                RevCommit at = repository.commit(walk, commit);
                return reader.open(blob(reader, at, path), Constants.OBJ_BLOB).openStream();
            }
        });
    }

    private static ObjectId blob(ObjectReader reader, RevCommit commit, String path) throws IOException {
        boolean namesAFile = !path.isEmpty() && !path.startsWith("/") && !path.endsWith("/") && !path.contains("//");
        try (TreeWalk walk = namesAFile ? TreeWalk.forPath(reader, path, commit.getTree()) : null) {
            // forPath decodes names leniently; only the very bytes of the path are the file that was asked for.
            if (walk == null
                    || !Manifests.isFile(walk.getRawMode(0))
                    || !Arrays.equals(walk.getRawPath(), path.getBytes(StandardCharsets.UTF_8))) {
                throw new NotFoundException("file", path + "' at commit '" + commit.name());
            }
            return walk.getObjectId(0);
        }
    }

    /** Closes the repository's files; the remotes' connections are closed after each use. */
    @Override
    public void close() {
        repository.jgit().close();
    }

    @Override
    public String toString() {
        return "GitRepository[" + repository.name()
                + remote.map(to -> ", pushing tags to " + to).orElse("") + "]";
    }

    OpenRepository repository() {
        return repository;
    }

    BlobDigests digests() {
        return digests;
    }

    private interface Comparison<T> {
        T run(ObjectReader reader, Optional<RevCommit> from, RevCommit to) throws IOException;
    }

    private <T> T between(String what, Optional<CommitId> from, CommitId to, Comparison<T> comparison) {
        String range = from.map(id -> id + " and ").orElse("nothing and ") + to;
        return repository.run(what + " between " + range, () -> {
            try (ObjectReader reader = repository.reader();
                    RevWalk walk = new RevWalk(reader)) {
                RevCommit after = repository.commit(walk, to);
                Optional<RevCommit> before =
                        from.isPresent() ? Optional.of(repository.commit(walk, from.get())) : Optional.empty();
                return comparison.run(reader, before, after);
            }
        });
    }
}
