package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A walk down the first parents of a branch that is merged into: the states that the branch had, one for each merge, squash
 * or direct commit.
 */
final class FirstParents {
    private final OpenRepository repository;

    FirstParents(OpenRepository repository) {
        this.repository = repository;
    }

    /**
     * A commit that tells of a pull request or of a revert.
     *
     * @param proposal the pull request that it merged; absent for a direct commit that reverts something
     * @param fromTrailer whether it has one parent and a trailer that names the number, as rebased commits of ours have
     */
    record Step(
            ObjectId commit,
            ObjectId parent,
            Optional<ObjectId> head,
            long at,
            String title,
            Optional<Proposal> proposal,
            boolean fromTrailer,
            Reverts.Claim claim) {}

    /**
     * Steps from a commit to a newer one, oldest first.
     *
     * @param reached the older one; absent if the steps go back to the root
     */
    record Steps(List<Step> oldestFirst, Optional<ObjectId> reached) {}

    /**
     * The steps to a commit.
     *
     * @param stop tells where to end
     * @param passed is told each commit before that
     */
    Steps to(ObjectId tip, Predicate<ObjectId> stop, Consumer<ObjectId> passed) throws IOException {
        Set<ObjectId> shallow = repository.shallow();
        List<Step> steps = new ArrayList<>();
        Optional<ObjectId> reached = Optional.empty();
        try (RevWalk walk = repository.walk()) {
            RevCommit commit = walk.parseCommit(tip);
            while (true) {
                if (stop.test(commit)) {
                    reached = Optional.of(commit.copy());
                    break;
                }
                passed.accept(commit.copy());
                if (shallow.contains(commit)) {
                    throw repository.historyEndsAt(commit);
                }
                if (commit.getParentCount() == 0) {
                    break;
                }
                read(walk, commit).ifPresent(steps::add);
                commit.disposeBody();
                commit = walk.parseCommit(commit.getParent(0));
            }
        }
        Collections.reverse(steps);
        return new Steps(steps, reached);
    }

    private static Optional<Step> read(RevWalk walk, RevCommit commit) throws IOException {
        Message message = Message.of(commit);
        boolean single = commit.getParentCount() == 1;
        Optional<Proposal> proposal =
                single ? Proposal.ofSingleCommit(message) : Optional.of(Proposal.ofMergeCommit(message));
        String title = proposal.flatMap(Proposal::title).orElse(message.subject());
        Reverts.Claim claim = Reverts.Claim.of(message, title);
        if (!single && claim.commit().isEmpty() && mentionsRevert(message, title)) {
            claim = claim.or(innerClaim(walk, commit.getParent(1)));
        }
        if (proposal.isEmpty() && claim.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Step(
                commit.copy(),
                commit.getParent(0).copy(),
                single
                        ? MergeMessage.mergedHead(message)
                        : Optional.of(commit.getParent(1).copy()),
                commit.getCommitTime(),
                title,
                proposal,
                single && Numbers.inTrailer(message).isPresent(),
                claim));
    }

    private static boolean mentionsRevert(Message message, String title) {
        return (message.subject() + title).toLowerCase(Locale.ROOT).contains("revert");
    }

    /** The merge of a branch that reverts says so in the branch's commit, not in its own message. */
    private static Reverts.Claim innerClaim(RevWalk walk, RevCommit second) throws IOException {
        walk.parseBody(second);
        Message message = Message.of(second);
        second.disposeBody();
        return Reverts.Claim.of(message, message.subject());
    }
}
