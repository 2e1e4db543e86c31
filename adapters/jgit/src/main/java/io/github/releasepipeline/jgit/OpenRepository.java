package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.CommitId;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A JGit repository with our limits, and the one place where JGit's errors become ours. */
final class OpenRepository {
    /**
     * Larger files are streamed. Not smaller, because JGit streams a large object that is stored as a delta by writing it
     * out as a loose object first.
     */
    static final int STREAM_THRESHOLD =
            (int) Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 32);

    private final Repository repository;
    private final String name;

    OpenRepository(Repository repository, String name) {
        this.repository = repository;
        this.name = name;
    }

    /** Something that reads or writes Git objects or refs. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    Repository jgit() {
        return repository;
    }

    /** The last part of the path, without {@code .git}. */
    String name() {
        return name;
    }

    /** For writing: JGit shall force objects and refs to the disk. Set in memory only, the file is never written. */
    Repository durable() {
        StoredConfig config = repository.getConfig();
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncObjectFiles", true);
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncRefFiles", true);
        return repository;
    }

    ObjectReader reader() {
        ObjectReader reader = repository.newObjectReader();
        reader.setStreamFileThreshold(STREAM_THRESHOLD);
        return reader;
    }

    /** A walk that closes its reader; one that is handed a reader leaves it open. */
    RevWalk walk() {
        RevWalk walk = new RevWalk(repository);
        walk.getObjectReader().setStreamFileThreshold(STREAM_THRESHOLD);
        return walk;
    }

    /** Runs work and turns JGit's errors into ours. */
    <T> T run(String what, Work<T> work) {
        try {
            return work.run();
        } catch (MissingObjectException e) {
            throw missing(e.getObjectId(), e);
        } catch (IncorrectObjectTypeException | CorruptObjectException e) {
            throw AdapterException.lasting(
                    what + " in the repository " + name + " failed: " + e.getMessage() + ". `git fsck` tells more", e);
        } catch (LargeObjectException e) {
            throw AdapterException.lasting(
                    what + " in the repository " + name + " failed: a commit, tag or tree is too large to be read", e);
        } catch (IOException e) {
            throw AdapterException.passing(what + " in the repository " + name + " failed: " + e.getMessage(), e);
        }
    }

    /** Parses a commit that the caller names. */
    RevCommit commit(RevWalk walk, CommitId id) throws IOException {
        ObjectId objectId = ObjectIds.of(id);
        try {
            return walk.parseCommit(objectId);
        } catch (IncorrectObjectTypeException e) {
            throw AdapterException.lasting(id + " in the repository " + name + " is no commit", e);
        }
    }

    /** Commits whose parents are not in this clone. */
    Set<ObjectId> shallow() throws IOException {
        return repository.getObjectDatabase().getShallowCommits();
    }

    AdapterException historyEndsAt(AnyObjectId commit) {
        return AdapterException.lasting(
                "The history before commit " + commit.name() + " is not in the repository " + name
                        + ", which is a shallow clone; `git fetch --unshallow` gets it",
                null);
    }

    private AdapterException missing(AnyObjectId object, MissingObjectException cause) {
        return AdapterException.lasting(
                "Object " + object.name() + " is not in the repository " + name + "; " + remedy(), cause);
    }

    private String remedy() {
        try {
            return shallow().isEmpty()
                    ? "`git fetch` gets what is new, `git fsck` tells what is broken"
                    : "this is a shallow clone, `git fetch --unshallow` gets the rest";
        } catch (IOException e) {
            return "its shallow file cannot be read either (" + e.getMessage() + ")";
        }
    }
}
