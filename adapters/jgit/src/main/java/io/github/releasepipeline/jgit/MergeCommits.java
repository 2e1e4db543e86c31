package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Builds the commits of a merge in the object store; no branch and no work tree changes. */
final class MergeCommits {
    private final OpenRepository repository;
    private final Repository jgit;
    private final OpenBranch branch;
    private final PullRequestDetail detail;
    private final PersonIdent committer;

    MergeCommits(OpenRepository repository, MergeRequest request, OpenBranch branch, PullRequestDetail detail) {
        this.repository = repository;
        this.jgit = repository.durable();
        this.branch = branch;
        this.detail = detail;
        this.committer = Person.of(request.by(), request.at());
    }

    /**
     * What was built.
     *
     * @param commits oldest first; the last one is the new tip
     * @param refusal why nothing was built
     */
    record Result(List<ObjectId> commits, Optional<MergeOutcome> refusal) {
        static Result refused(MergeOutcome refusal) {
            return new Result(List.of(), Optional.of(refusal));
        }
    }

    Result on(ObjectId tipId, Method method) throws IOException {
        if (branch.facts().forks().isEmpty()) {
            return Result.refused(new MergeOutcome.NotAllowed("Branch " + branch.name() + " has a history of its own"));
        }
        try (RevWalk walk = repository.walk()) {
            RevCommit tip = walk.parseCommit(tipId);
            RevCommit head = walk.parseCommit(branch.head());
            return method == Method.REBASE
                    ? rebase(walk, tip)
                    : combine(tip, head, walk.parseCommit(branch.facts().oldest()), method);
        }
    }

    private Result combine(RevCommit tip, RevCommit head, RevCommit oldest, Method method) throws IOException {
        ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(jgit, true);
        if (!merger.merge(tip, head)) {
            return Result.refused(conflict(merger));
        }
        PullRequest pullRequest = detail.pullRequest();
        boolean squash = method == Method.SQUASH;
        if (squash && merger.getResultTreeId().equals(tip.getTree())) {
            return Result.refused(nothingNew());
        }
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(merger.getResultTreeId());
        commit.setCommitter(committer);
        if (squash) {
            commit.setParentId(tip);
            commit.setAuthor(author(oldest));
            commit.setMessage(MergeMessage.squash(pullRequest, Message.of(head), detail.description()));
        } else {
            commit.setParentIds(tip, head);
            commit.setAuthor(committer);
            commit.setMessage(MergeMessage.merge(pullRequest, branch.name()));
        }
        return new Result(List.of(insert(commit)), Optional.empty());
    }

    /** Merges of the branch that it is proposed for are left out: what they brought is there already. */
    private Result rebase(RevWalk walk, RevCommit tip) throws IOException {
        List<RevCommit> picks = picks(walk, tip);
        List<ObjectId> made = new ArrayList<>();
        RevCommit onto = tip;
        Optional<CommitBuilder> last = Optional.empty();
        Message lastMessage = Message.of(tip);
        for (RevCommit pick : picks) {
            ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(jgit, true);
            merger.setBase(pick.getParent(0));
            if (!merger.merge(onto, pick)) {
                return Result.refused(conflict(merger));
            }
            if (merger.getResultTreeId().equals(onto.getTree())) {
                continue; // it has this change already
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(merger.getResultTreeId());
            commit.setParentId(onto);
            commit.setAuthor(author(pick));
            commit.setCommitter(committer);
            lastMessage = Message.of(pick);
            commit.setMessage(MergeMessage.rebased(detail.pullRequest(), lastMessage, Optional.empty()));
            onto = walk.parseCommit(insert(commit));
            made.add(onto);
            last = Optional.of(commit);
        }
        if (last.isEmpty()) {
            return Result.refused(nothingNew());
        }
        last.get().setMessage(MergeMessage.rebased(detail.pullRequest(), lastMessage, Optional.of(branch.head())));
        made.set(made.size() - 1, insert(last.get()));
        return new Result(made, Optional.empty());
    }

    private List<RevCommit> picks(RevWalk walk, RevCommit tip) throws IOException {
        List<RevCommit> picks = new ArrayList<>();
        try (ObjectReader reader = repository.reader()) {
            CommitGraph graph = CommitGraph.read(repository, reader, List.of(branch.head()), List.of(tip));
            for (int i = graph.size() - 1; i >= 0; i--) {
                RevCommit commit = walk.parseCommit(graph.commit(i));
                walk.parseBody(commit);
                if (commit.getParentCount() == 1) {
                    walk.parseHeaders(commit.getParent(0));
                    picks.add(commit);
                }
            }
        }
        return picks;
    }

    private PersonIdent author(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent(); // absent in a malformed commit
        return author == null ? committer : author;
    }

    private ObjectId insert(CommitBuilder commit) throws IOException {
        try (ObjectInserter inserter = jgit.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private MergeOutcome nothingNew() {
        return new MergeOutcome.NotAllowed("Branch " + branch.name() + " brings nothing that is not there already");
    }

    private static MergeOutcome conflict(ThreeWayMerger merger) {
        TreeSet<String> paths = new TreeSet<>();
        if (merger instanceof ResolveMerger resolve) {
            paths.addAll(resolve.getUnmergedPaths());
            if (resolve.getFailingPaths() != null) {
                paths.addAll(resolve.getFailingPaths().keySet());
            }
        }
        return new MergeOutcome.Conflict(List.copyOf(paths));
    }
}
