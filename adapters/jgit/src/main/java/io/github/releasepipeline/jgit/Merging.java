package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.SourceControl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;

/** Merges one pull request: builds the commits in the object store, then moves the branch with its expected value. */
final class Merging {
    private static final int ATTEMPTS = 5;

    private final OpenRepository repository;
    private final MergedIndex merged;
    private final OpenRepository.Work<Map<Long, OpenBranch>> open;

    Merging(OpenRepository repository, MergedIndex merged, OpenRepository.Work<Map<Long, OpenBranch>> open) {
        this.repository = repository;
        this.merged = merged;
        this.open = open;
    }

    MergeOutcome merge(MergeRequest request, SourceControl control) throws IOException {
        OpenBranch branch = open.run().get(request.number());
        Optional<Merged> before = merged.find(request.number());
        TargetBranch base = before.map(Merged::into)
                .or(() -> Optional.ofNullable(branch).map(OpenBranch::into))
                .orElseThrow(() -> unknown(request, control));
        try (WorkTree workTree = new WorkTree(repository, base)) {
            return merge(request, control, base, workTree, workTree.repaired());
        }
    }

    private MergeOutcome merge(
            MergeRequest request,
            SourceControl control,
            TargetBranch base,
            WorkTree workTree,
            Optional<String> notRepaired)
            throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OpenBranch branch = open.run().get(request.number());
            Optional<Merged> before = merged.find(request.number());
            if (before.isPresent()) {
                return again(request, before.get());
            }
            if (branch == null) {
                throw unknown(request, control);
            }
            if (notRepaired.isPresent()) {
                return new MergeOutcome.NotAllowed(notRepaired.get());
            }
            if (!branch.into().equals(base)) {
                return new MergeOutcome.NotAllowed("#" + request.number() + " is proposed for "
                        + branch.into().name() + " and no longer for " + base.name() + "; look again");
            }
            Optional<MergeOutcome> outcome = attempt(request, control, branch, workTree);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new MergeOutcome.NotAllowed(
                "Branch " + base.name() + " moved " + ATTEMPTS + " times while the merge was made; try again");
    }

    private MergeOutcome again(MergeRequest request, Merged before) {
        ObjectId expected = ObjectIds.of(request.expectedHead());
        if (before.head().isEmpty() && !before.merge().equals(expected)) {
            return new MergeOutcome.NotAllowed("#" + request.number() + " is merged already, by commit "
                    + before.merge().name() + " that does not tell from which head");
        }
        ObjectId head = before.head().orElse(before.merge());
        return head.equals(expected)
                ? new MergeOutcome.Merged(before.range())
                : new MergeOutcome.HeadMoved(ObjectIds.of(head));
    }

    private static NotFoundException unknown(MergeRequest request, SourceControl control) {
        return new NotFoundException("pull request", control.repository() + "#" + request.number());
    }

    /** Empty if the branch that it is merged into moved meanwhile. */
    private Optional<MergeOutcome> attempt(
            MergeRequest request, SourceControl control, OpenBranch branch, WorkTree workTree) throws IOException {
        if (!branch.head().equals(ObjectIds.of(request.expectedHead()))) {
            return Optional.of(new MergeOutcome.HeadMoved(ObjectIds.of(branch.head())));
        }
        PullRequestDetail detail = control.pullRequest(request.number());
        if (!ObjectIds.of(detail.pullRequest().head()).equals(branch.head())) {
            return Optional.of(new MergeOutcome.HeadMoved(detail.pullRequest().head()));
        }
        Optional<String> refusal = refusal(detail.pullRequest(), branch.into()).or(workTree::refusal);
        if (refusal.isPresent()) {
            return Optional.of(new MergeOutcome.NotAllowed(refusal.get()));
        }
        MergeCommits.Result result = new MergeCommits(repository, request, branch, detail)
                .on(branch.tip(), request.method().orElse(Method.MERGE));
        if (result.refusal().isPresent()) {
            return result.refusal();
        }
        ObjectId commit = result.commits().get(result.commits().size() - 1);
        return move(workTree, branch, commit, result.commits(), request);
    }

    private Optional<String> refusal(PullRequest pullRequest, TargetBranch base) {
        if (pullRequest.progress() instanceof PullRequest.Progress.Draft) {
            return Optional.of("#" + pullRequest.number() + " is a draft");
        }
        return repository.run("Reading " + base.refName(), () -> {
            Ref local = repository.jgit().exactRef(base.refName());
            return local != null
                    ? Optional.empty()
                    : Optional.of("Branch " + base.name() + " is only here as a copy of "
                            + Constants.DEFAULT_REMOTE_NAME + "'s; make a local one or merge there");
        });
    }

    private Optional<MergeOutcome> move(
            WorkTree workTree, OpenBranch branch, ObjectId commit, List<ObjectId> made, MergeRequest request)
            throws IOException {
        TargetBranch base = branch.into();
        ObjectId tip = branch.tip();
        Optional<String> unclean = workTree.begin(tip, commit);
        if (unclean.isPresent()) {
            return Optional.of(new MergeOutcome.NotAllowed(unclean.get()));
        }
        boolean moved = false;
        try {
            moved = RefLock.waiting(
                            () -> moveRef(branch, commit, request),
                            () -> base.tip(repository).filter(tip::equals).isPresent())
                    == RefUpdate.Result.FAST_FORWARD;
        } finally {
            workTree.end(tip, commit, moved);
        }
        if (!moved) {
            return Optional.empty();
        }
        Durable.sync(repository.jgit(), base.refName(), made);
        return Optional.of(new MergeOutcome.Merged(new MergedRange(ObjectIds.of(tip), ObjectIds.of(commit))));
    }

    private RefUpdate.Result moveRef(OpenBranch branch, ObjectId commit, MergeRequest request) throws IOException {
        RefUpdate refUpdate = repository.durable().updateRef(branch.into().refName());
        refUpdate.setExpectedOldObjectId(branch.tip());
        refUpdate.setNewObjectId(commit);
        refUpdate.setRefLogIdent(Person.of(request.by(), request.at()));
        refUpdate.setRefLogMessage("merge pull request #" + request.number(), false);
        return refUpdate.update();
    }
}
