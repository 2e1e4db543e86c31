package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.CommitId;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Answers who descends from whom, and does not guess where history is cut. */
final class Ancestry {
    private final OpenRepository repository;

    Ancestry(OpenRepository repository) {
        this.repository = repository;
    }

    boolean isAncestor(CommitId ancestorId, CommitId descendantId) throws IOException {
        try (RevWalk walk = repository.walk()) {
            walk.setRetainBody(false);
            RevCommit ancestor = repository.commit(walk, ancestorId);
            RevCommit descendant = repository.commit(walk, descendantId);
            if (walk.isMergedInto(ancestor, descendant)) {
                return true;
            }
            Set<ObjectId> shallow = repository.shallow();
            // A commit cannot be reachable from its own ancestor, so no missing history can matter then.
            if (!shallow.isEmpty() && !walk.isMergedInto(descendant, ancestor)) {
                requireWholeHistory(walk, descendant, shallow);
            }
            return false;
        }
    }

    Optional<CommitId> mergeBase(CommitId one, CommitId other) throws IOException {
        try (RevWalk walk = repository.walk()) {
            walk.setRetainBody(false);
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(repository.commit(walk, one));
            walk.markStart(repository.commit(walk, other));
            RevCommit base = walk.next();
            if (base == null) {
                walk.reset();
                walk.setRevFilter(RevFilter.ALL);
                Set<ObjectId> shallow = repository.shallow();
                requireWholeHistory(walk, repository.commit(walk, one), shallow);
                requireWholeHistory(walk, repository.commit(walk, other), shallow);
            }
            return Optional.ofNullable(base).map(ObjectIds::of);
        }
    }

    private void requireWholeHistory(RevWalk walk, RevCommit descendant, Set<ObjectId> shallow) throws IOException {
        walk.reset();
        walk.markStart(walk.parseCommit(descendant));
        for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
            if (shallow.contains(commit)) {
                throw repository.historyEndsAt(commit);
            }
        }
    }
}
