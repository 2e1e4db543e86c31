package io.github.releasepipeline.jgit;

import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.FileAt;
import io.github.releasepipeline.source.FileComparer;
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
import org.eclipse.jgit.lib.Ref;
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
public final class GitRepository implements ItemRepository, FileComparer, AutoCloseable {
    private final OpenRepository repository;
    private final BlobDigests digests;
    private final Optional<TagRemote> remote;
    private final Optional<Fetching> fetching;
    private final Object tagLock;

    private GitRepository(
            OpenRepository repository,
            BlobDigests digests,
            Optional<TagRemote> remote,
            Optional<Fetching> fetching,
            Object tagLock) {
        this.repository = repository;
        this.digests = digests;
        this.remote = remote;
        this.fetching = fetching;
        this.tagLock = tagLock;
    }

    /**
     * The repository at a path: the root of a work tree, a {@code .git} folder or a bare repository.
     *
     * @throws AdapterException if there is none
     */
    public static GitRepository at(Path path) {
        return on(Locating.at(path));
    }

    static GitRepository on(OpenRepository repository) {
        return new GitRepository(
                repository, new BlobDigests(repository), Optional.empty(), Optional.empty(), new Object());
    }

    /**
     * The same repository, which pushes the tags it creates. Both share what is open: close the last one only.
     *
     * @param remote name of a remote in the repository's configuration, for example {@code origin}
     */
    public GitRepository pushingTagsTo(String remote) {
        return pushingTagsTo(new Remote(repository, remote, Optional.empty()));
    }

    /**
     * The same repository, which pushes the tags it creates. Both share what is open: close the last one only.
     *
     * @param remote name of a remote in the repository's configuration, for example {@code origin}
     * @param credentials asked when the remote wants to know who pushes
     */
    public GitRepository pushingTagsTo(String remote, CredentialsProvider credentials) {
        return pushingTagsTo(new Remote(repository, remote, Optional.of(credentials)));
    }

    private GitRepository pushingTagsTo(Remote to) {
        return new GitRepository(repository, digests, Optional.of(new TagRemote(to)), fetching, tagLock);
    }

    /**
     * The same repository, a clone that follows its remote: what is asked for and is not here is fetched, so a forge may
     * tell of merges and heads that the clone has not seen. Branches are then those of the remote. Both share what is open:
     * close the last one only.
     *
     * <p>Fetched are branches, tags and, if that is not enough, {@code refs/pull/N/head}, where GitHub and Gitea keep the
     * heads of forks too. A fetch is given up after ten minutes, most transports give up a silent remote after one.
     *
     * @param remote name of a remote in the repository's configuration, for example {@code origin}
     */
    public GitRepository fetchingFrom(String remote) {
        return fetchingFrom(new Remote(repository, remote, Optional.empty()));
    }

    /**
     * As {@link #fetchingFrom(String)}, from a remote that wants to know who asks.
     *
     * @param credentials asked when the remote wants to know who fetches; never told in a message
     */
    public GitRepository fetchingFrom(String remote, CredentialsProvider credentials) {
        return fetchingFrom(new Remote(repository, remote, Optional.of(credentials)));
    }

    GitRepository fetchingFrom(Remote from) {
        return new GitRepository(repository, digests, remote, Optional.of(new Fetching(from)), tagLock);
    }

    /**
     * Fetches all branches, tags and heads of pull requests now. For {@link GitPullRequests}, which tell what is here, and
     * for hosts that would rather wait in a web hook than in a page.
     *
     * @throws IllegalStateException unless this repository is {@link #fetchingFrom(String)} a remote
     * @throws AdapterException if the remote cannot be used
     */
    public void fetch() {
        Fetching from = fetching.orElseThrow(
                () -> new IllegalStateException("Say fetchingFrom(…) before " + repository.name() + " can be fetched"));
        repository.run("Fetching", () -> {
            from.all();
            return from;
        });
    }

    @Override
    public CommitId resolve(String revision) {
        return repository.run("Resolving '" + revision + "'", () -> {
            Optional<CommitId> found = find(revision);
            if (found.isEmpty() && fetching.isPresent()) {
                fetching.get().all();
                found = find(revision);
            }
            return found.orElseThrow(() -> new NotFoundException("revision", revision));
        });
    }

    private Optional<CommitId> find(String revision) throws IOException {
        try (RevWalk walk = repository.walk()) {
            Ref tracked = fetching.isPresent()
                    ? repository.jgit().exactRef(fetching.get().trackingRef(revision))
                    : null;
            ObjectId id = tracked == null ? repository.jgit().resolve(revision) : tracked.getObjectId();
            return id == null ? Optional.empty() : Optional.of(ObjectIds.of(walk.parseCommit(id)));
        } catch (RevisionSyntaxException
                | AmbiguousObjectException
                | IncorrectObjectTypeException
                | MissingObjectException nameless) {
            return Optional.empty();
        }
    }

    @Override
    public Manifest manifest(CommitId commit, List<ItemKind> kinds) {
        return reading("Reading the manifest of " + commit, () -> new Manifests(repository, digests).at(commit, kinds));
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
        return reading(
                "Looking for " + ancestor + " before " + descendant,
                () -> new Ancestry(repository).isAncestor(ancestor, descendant));
    }

    @Override
    public Optional<CommitId> mergeBase(CommitId one, CommitId other) {
        return reading(
                "Looking for what " + one + " and " + other + " have in common",
                () -> new Ancestry(repository).mergeBase(one, other));
    }

    @Override
    public List<Tag> tags() {
        return repository.run("Reading tags", () -> new Tags(repository).all());
    }

    @Override
    public TagOutcome createTag(TagRequest request) {
        // Other processes are kept out by Git's own locks; threads of this one need not wait for a failed lock.
        synchronized (tagLock) {
            return reading(
                    "Creating tag '" + request.name() + "'", () -> new TagWriter(repository, remote).create(request));
        }
    }

    @Override
    public InputStream open(CommitId commit, String path) {
        return at(
                new FileAt(commit, path),
                "Opening",
                (reader, blob) -> reader.open(blob, Constants.OBJ_BLOB).openStream());
    }

    @Override
    public long size(FileAt file) {
        return at(file, "Measuring", (reader, blob) -> reader.getObjectSize(blob, Constants.OBJ_BLOB));
    }

    @Override
    public TextDifference compareLines(Optional<FileAt> before, Optional<FileAt> after) {
        Optional<Lines.Blob> older = before.map(this::blob);
        Optional<Lines.Blob> newer = after.map(this::blob);
        return repository.run("Comparing lines", () -> {
            try (ObjectReader reader = repository.reader()) {
                return new Lines(reader).compare(older, newer);
            }
        });
    }

    private Lines.Blob blob(FileAt file) {
        return at(file, "Finding", (reader, blob) -> new Lines.Blob(file.path(), blob));
    }

    private interface Look<T> {
        T at(ObjectReader reader, ObjectId blob) throws IOException;
    }

    private <T> T at(FileAt file, String what, Look<T> look) {
        return reading(what + " '" + file.path() + "' of " + file.commit(), () -> {
            try (ObjectReader reader = repository.reader();
                    RevWalk walk = new RevWalk(reader)) {
                RevCommit commit = repository.commit(walk, file.commit());
                return look.at(reader, blob(reader, commit, file.path()));
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

    /** What is missing is fetched, if there is where from. */
    private <T> T reading(String what, OpenRepository.Work<T> work) {
        return repository.run(what, () -> fetching.isPresent() ? fetching.get().reading(work) : work.run());
    }

    private interface Comparison<T> {
        T run(ObjectReader reader, Optional<RevCommit> from, RevCommit to) throws IOException;
    }

    private <T> T between(String what, Optional<CommitId> from, CommitId to, Comparison<T> comparison) {
        String range = from.map(id -> id + " and ").orElse("nothing and ") + to;
        return reading(what + " between " + range, () -> {
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
