package io.github.releasepipeline.jgit;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Puts together what commits tell about one pull request. */
final class PullRequestReader {
    private final String repositoryName;
    private final ItemChanges changes;
    private final MergedIndex merged;
    private final Optional<Integer> approvalsNeeded;

    PullRequestReader(
            String repositoryName, ItemChanges changes, MergedIndex merged, Optional<Integer> approvalsNeeded) {
        this.repositoryName = repositoryName;
        this.changes = changes;
        this.merged = merged;
        this.approvalsNeeded = approvalsNeeded;
    }

    /**
     * An open pull request, or one that ended without a merge.
     *
     * @param closed when it was seen closed
     */
    PullRequest proposed(ObjectReader reader, OpenBranch branch, Optional<Instant> closed) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit head = walk.parseCommit(branch.head());
            RevCommit oldest = walk.parseCommit(branch.facts().oldest());
            Message message = Message.of(head);
            String title = Message.of(oldest).subject();
            String author = Person.name(oldest.getAuthorIdent());
            Progress progress = closed.<Progress>map(Progress.Closed::new)
                    .orElseGet(() -> isDraft(branch.name(), title) ? new Progress.Draft() : new Progress.Open());
            return new PullRequest(
                    new PullRequestId(repositoryName, branch.number()),
                    title,
                    author,
                    progress,
                    labels(walk, head, branch.facts()),
                    Opinions.reviews(message, author, committed(head), approvalsNeeded),
                    Opinions.checks(message),
                    items(reader, fork(walk, branch), head),
                    ObjectIds.of(head),
                    branch.into().name(),
                    committed(oldest),
                    closed.orElse(committed(head)),
                    Optional.of(branch.facts().firstAuthored()),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    PullRequest merged(ObjectReader reader, Merged entry, RangeFacts facts) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit merge = walk.parseCommit(entry.merge());
            RevCommit oldest = walk.parseCommit(facts.oldest());
            RevCommit told = merge.getParentCount() > 1 ? merge.getParent(1) : merge;
            walk.parseBody(told);
            Message mergeMessage = Message.of(merge);
            Message message = Message.of(told);
            String author = Person.name(told.getAuthorIdent());
            return new PullRequest(
                    new PullRequestId(repositoryName, entry.number()),
                    title(merge, mergeMessage, Message.of(oldest)),
                    author,
                    new Progress.Merged(entry.range(), committed(merge), by(merge)),
                    Stream.of(mergeMessage, message)
                            .map(Opinions::labels)
                            .filter(labels -> !labels.isEmpty())
                            .findFirst()
                            .orElse(List.of()),
                    reviews(message, mergeMessage, author, committed(told)),
                    Opinions.checks(message),
                    items(reader, Optional.of(walk.parseCommit(entry.base())), merge),
                    ObjectIds.of(entry.head().orElse(entry.merge())),
                    entry.into().name(),
                    committed(oldest),
                    committed(merge),
                    Optional.of(facts.firstAuthored()),
                    Optional.empty(),
                    merged.revertedBy(entry));
        }
    }

    private List<ChangedItem> items(ObjectReader reader, Optional<RevCommit> from, RevCommit to) throws IOException {
        return changes.between(reader, from, to).stream().map(ChangedItem::of).toList();
    }

    /** What stands in the cursor is all that is left of it. */
    PullRequest vanished(long number, FollowCursor.Told last, Instant at) {
        return new PullRequest(
                new PullRequestId(repositoryName, number),
                last.branch(),
                Person.GHOST,
                new Progress.Closed(at),
                List.of(),
                ReviewSummary.none(),
                CheckSummary.none(),
                List.of(),
                ObjectIds.of(last.head()),
                last.into(),
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Instant committed(RevCommit commit) {
        return Instant.ofEpochSecond(commit.getCommitTime());
    }

    private ReviewSummary reviews(Message head, Message merge, String author, Instant at) {
        ReviewSummary ofHead = Opinions.reviews(head, author, at, approvalsNeeded);
        // Some forges write the approvals into the merge commit.
        return ofHead.reviews().isEmpty() ? Opinions.reviews(merge, author, at, approvalsNeeded) : ofHead;
    }

    private static String title(RevCommit merge, Message message, Message oldest) {
        return merge.getParentCount() > 1
                ? Proposal.ofMergeCommit(message).title().orElse(oldest.subject())
                : MergeMessage.mergedHead(message).isPresent() && !Proposal.numberedSubject(message)
                        ? oldest.subject() // rebased: the first commit's subject was the title
                        : Proposal.ofSingleCommit(message)
                                .flatMap(Proposal::title)
                                .orElse(message.subject());
    }

    /** Who merged; a forge's own name as committer tells nothing. */
    private static Optional<String> by(RevCommit merge) {
        String committer = Person.name(merge.getCommitterIdent());
        if (!committer.equals("GitHub")) {
            return Optional.of(committer);
        }
        return merge.getParentCount() > 1 ? Optional.of(Person.name(merge.getAuthorIdent())) : Optional.empty();
    }

    private static boolean isDraft(String branch, String title) {
        String prefix = title.toLowerCase(Locale.ROOT);
        return branch.startsWith("draft/")
                || branch.startsWith("wip/")
                || prefix.startsWith("wip:")
                || prefix.startsWith("draft:");
    }

    /** Of the head, otherwise of the oldest commit. */
    private static List<String> labels(RevWalk walk, RevCommit head, RangeFacts facts) throws IOException {
        List<String> labels = Opinions.labels(Message.of(head));
        return labels.isEmpty() ? Opinions.labels(Message.of(walk.parseCommit(facts.oldest()))) : labels;
    }

    /** Where the branch left the one it is proposed for; absent for a branch with a history of its own. */
    private static Optional<RevCommit> fork(RevWalk walk, OpenBranch branch) throws IOException {
        List<ObjectId> forks = branch.facts().forks();
        if (forks.size() == 1) {
            return Optional.of(walk.parseCommit(forks.get(0)));
        }
        if (forks.isEmpty()) {
            return Optional.empty();
        }
        try (RevWalk bases = new RevWalk(walk.getObjectReader())) {
            bases.setRevFilter(RevFilter.MERGE_BASE);
            bases.markStart(bases.parseCommit(branch.tip()));
            bases.markStart(bases.parseCommit(branch.head()));
            return Optional.ofNullable(bases.next());
        }
    }
}
