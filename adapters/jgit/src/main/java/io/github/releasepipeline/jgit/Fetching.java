package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/**
 * Brings objects from a remote when they are asked for and are not there. Threads that miss something at the same moment
 * share one fetch; other processes wait for it ({@link FetchLock}), and whoever comes second finds nothing left to bring.
 *
 * <p>Branches go where a clone has them, tags and the heads of pull requests keep their names. Nothing is deleted here and
 * no tag is moved, because what has been seen once may have to be shown again.
 */
final class Fetching {
    private final Remote remote;
    private final Part branchesAndTags = new Part(this::fetchBranchesAndNewTags);
    private final Part proposals = new Part(() -> fetch(List.of(new RefSpec("+refs/pull/*/head:refs/pull/*/head"))));

    Fetching(Remote remote) {
        this.remote = remote;
    }

    /** Where a branch of the remote is kept here. */
    String trackingRef(String branch) {
        return "refs/remotes/" + remote + "/" + branch;
    }

    /** Runs work that reads; once more if it misses something that the remote has. */
    <T> T reading(OpenRepository.Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (MissingObjectException first) {
            bring(first.getObjectId());
            try {
                return work.run();
            } catch (MissingObjectException second) {
                throw AdapterException.lasting(
                        "Object " + second.getObjectId().name() + " is neither in the repository "
                                + remote.repository().name() + " nor reachable from a branch, tag or pull request of '"
                                + remote + "'; it may have been replaced there by force",
                        second);
            }
        }
    }

    /** Brings all branches, tags and heads of pull requests. */
    void all() throws IOException {
        branchesAndTags.since(branchesAndTags.begun, () -> false);
        proposals.since(proposals.begun, () -> false);
    }

    private void bring(ObjectId wanted) throws IOException {
        for (Part part : List.of(branchesAndTags, proposals)) {
            part.since(part.begun, () -> has(wanted));
        }
    }

    private interface Fetch {
        void run() throws IOException;
    }

    private interface Answer {
        boolean get() throws IOException;
    }

    /** What is fetched at once. */
    private static final class Part {
        private final Fetch fetch;
        private volatile int begun;

        Part(Fetch fetch) {
            this.fetch = fetch;
        }

        /**
         * Fetches, unless it is here by now or somebody has fetched who began after we asked, and so was not too early for
         * it.
         */
        @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
        synchronized void since(int asked, Answer isHere) throws IOException {
            if (begun > asked || isHere.get()) {
                return;
            }
            begun++;
            boolean done = false;
            try {
                fetch.run();
                done = true;
            } finally {
                begun -= done ? 0 : 1;
            }
        }
    }

    private boolean has(ObjectId wanted) throws IOException {
        try (ObjectReader reader = remote.repository().reader()) {
            return reader.has(wanted);
        }
    }

    private void fetchBranchesAndNewTags() throws IOException {
        Set<String> known = new HashSet<>();
        remote.repository()
                .jgit()
                .getRefDatabase()
                .getRefsByPrefix(Constants.R_TAGS)
                .forEach(tag -> known.add(tag.getName()));
        List<RefSpec> what = new ArrayList<>(List.of(new RefSpec("+refs/heads/*:" + trackingRef("*"))));
        remote
                .<Collection<Ref>>connected(transport -> {
                    try (FetchConnection connection = transport.openFetch()) {
                        return connection.getRefs();
                    }
                })
                .stream()
                .map(Ref::getName)
                // Named one by one, because a pattern would move a tag that is here; "^{}" and "*" are in no valid
                // name.
                .filter(name ->
                        name.startsWith(Constants.R_TAGS) && Repository.isValidRefName(name) && !known.contains(name))
                .forEach(name -> what.add(new RefSpec(name + ":" + name)));
        fetch(what);
    }

    private void fetch(List<RefSpec> what) throws IOException {
        remote.connected(transport -> {
            transport.setTagOpt(TagOpt.NO_TAGS);
            FetchLock turn =
                    FetchLock.take(remote.repository().jgit().getDirectory().toPath());
            try {
                return transport.fetch(NullProgressMonitor.INSTANCE, what);
            } finally {
                turn.close();
            }
        });
    }
}
