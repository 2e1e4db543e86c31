package io.github.releasepipeline.memory;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CheckRunner;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitChecks;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.SourceControl;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pull requests in memory, over a {@link MemoryItemRepository} whose branch {@code main} they are merged into; and what
 * people do with them. Thread-safe.
 */
public final class MemorySourceControl implements SourceControl, CheckRunner, CommitChecks {
    private static final String MAIN = "main";

    private final String name;
    private final MemoryItemRepository repository;
    private final List<ItemKind> kinds;
    private final Clock clock;
    private final SortedMap<Long, Proposed> proposals = new TreeMap<>();
    private final Queue<MergeOutcome> refusals = new ArrayDeque<>();
    private final Map<CommitId, Map<String, CheckSummary.Check>> reported = new HashMap<>();
    private int approvalsNeeded = 1;
    private long changes;

    /**
     * No pull requests yet; {@code main} is made if there is none.
     *
     * @param name the repository's name
     * @param repository where the commits are
     * @param kinds what is an item
     * @param clock tells when things happen
     */
    public MemorySourceControl(String name, MemoryItemRepository repository, List<ItemKind> kinds, Clock clock) {
        this.name = name;
        this.repository = repository;
        this.kinds = List.copyOf(kinds);
        this.clock = clock;
        if (!repository.hasBranch(MAIN)) {
            repository.commitOn(MAIN, Map.of());
        }
    }

    // what people do

    /** How many approvals a pull request needs from now on. */
    public synchronized void approvalsNeeded(int count) {
        approvalsNeeded = count;
    }

    /**
     * Somebody opens a pull request of one commit on top of {@code main}.
     *
     * @param files what it adds or changes: path to text
     * @return its number
     */
    public synchronized long open(String title, String author, List<String> labels, Map<String, String> files) {
        return openOn(MAIN, title, author, labels, files);
    }

    /** Somebody opens a pull request of one commit on top of another branch, for example to correct an older version. */
    public synchronized long openOn(
            String branch, String title, String author, List<String> labels, Map<String, String> files) {
        CommitId base = repository.resolve(branch);
        CommitId head = commit(base, files);
        long number = proposals.size() + 1L;
        Proposed proposed = new Proposed(
                new PullRequestId(name, number), title, author, labels, branch, base, head, clock.instant());
        proposals.put(number, proposed);
        changed(proposed, author, "opened", "");
        return number;
    }

    /** Somebody opens a pull request that is not ready for review. */
    public synchronized long openDraft(String title, String author, List<String> labels, Map<String, String> files) {
        long number = open(title, author, labels, files);
        proposed(number).progress = new Progress.Draft();
        return number;
    }

    /** A draft becomes ready for review. */
    public synchronized void ready(long number) {
        Proposed proposed = proposed(number);
        proposed.progress = new Progress.Open();
        changed(proposed, proposed.author, "ready", "");
    }

    /** Somebody adds a commit; reviews and checks begin anew. */
    public synchronized CommitId push(long number, Map<String, String> files) {
        Proposed proposed = proposed(number);
        proposed.push(commit(proposed.head, files));
        changed(proposed, proposed.author, "pushed", proposed.head.abbreviated());
        return proposed.head;
    }

    /** Somebody sets the labels. */
    public synchronized void label(long number, List<String> labels) {
        Proposed proposed = proposed(number);
        proposed.labels = List.copyOf(labels);
        changed(proposed, proposed.author, "labeled", String.join(", ", labels));
    }

    /** Somebody gives their opinion on the head. */
    public synchronized void review(long number, String reviewer, ReviewSummary.Decision opinion) {
        Proposed proposed = proposed(number);
        proposed.review(new ReviewSummary.Review(reviewer, opinion, clock.instant()));
        changed(proposed, reviewer, opinion.name().toLowerCase(Locale.ROOT).replace('_', '-'), "");
    }

    /** A check of any commit tells how it stands; the newest word counts. */
    public synchronized void check(CommitId commit, CheckSummary.Check check) {
        reported.computeIfAbsent(commit, key -> new TreeMap<>()).put(check.name(), check);
    }

    @Override
    public synchronized CheckSummary checks(CommitId commit) {
        return new CheckSummary(
                List.copyOf(reported.getOrDefault(commit, Map.of()).values()));
    }

    /** A check of the head tells how it stands. */
    public synchronized void check(long number, String check, CheckSummary.Status status, String summary) {
        Proposed proposed = proposed(number);
        proposed.check(new CheckSummary.Check(check, status, status.name(), summary, Optional.empty()));
        changed(proposed, check, "checked", summary);
    }

    /** Somebody merges a pull request in the provider, with a merge commit. */
    public synchronized MergeOutcome mergeElsewhere(long number, String by) {
        return merge(proposed(number), MergeRequest.Method.MERGE, by, clock.instant());
    }

    /** Somebody ends a pull request without merging it. */
    public synchronized void close(long number) {
        Proposed proposed = proposed(number);
        proposed.progress = new Progress.Closed(clock.instant());
        changed(proposed, proposed.author, "closed", "");
    }

    /** Something reverted a merged pull request. */
    public synchronized void reverted(long number, String by) {
        Proposed proposed = proposed(number);
        proposed.revertedBy = Optional.of(by);
        changed(proposed, by, "reverted", "");
    }

    /** The next order to merge, of a pull request that could be merged, is answered so and does nothing. */
    public synchronized void refuseNextMerge(MergeOutcome refusal) {
        refusals.add(refusal);
    }

    // the port

    @Override
    public String repository() {
        return name;
    }

    @Override
    public synchronized PullRequestPage changedSince(Optional<String> cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page has at least 1 pull request, not " + limit);
        }
        long since = cursor.map(text -> Cursors.number(name, text)).orElse(0L);
        List<Proposed> news = proposals.values().stream()
                .filter(proposed -> proposed.changed > since)
                .sorted(Comparator.comparingLong(proposed -> proposed.changed))
                .toList();
        List<Proposed> told = news.subList(0, Math.min(limit, news.size()));
        long last = told.isEmpty() ? since : told.get(told.size() - 1).changed;
        return new PullRequestPage(
                told.stream().map(this::snapshot).toList(), Cursors.of(name, last), told.size() == news.size());
    }

    @Override
    public synchronized PullRequestDetail pullRequest(long number) {
        Proposed proposed = proposed(number);
        return new PullRequestDetail(snapshot(proposed), "", proposed.activity);
    }

    @Override
    public synchronized MergeOutcome merge(MergeRequest request) {
        Proposed proposed = proposed(request.number());
        if (!proposed.head.equals(request.expectedHead())) {
            return new MergeOutcome.HeadMoved(proposed.head);
        }
        if (proposed.progress instanceof Progress.Merged merged) {
            return new MergeOutcome.Merged(merged.range());
        }
        if (!(proposed.progress instanceof Progress.Open)) {
            return new MergeOutcome.NotAllowed(proposed.id.value() + " is not open for merging");
        }
        MergeOutcome refusal = refusals.poll();
        return refusal == null
                ? merge(
                        proposed,
                        request.method().orElse(MergeRequest.Method.MERGE),
                        request.by().id(),
                        request.at())
                : refusal;
    }

    @Override
    public synchronized Optional<String> runChecks(long number, CommitId head) {
        Proposed proposed = proposed(number);
        if (!proposed.head.equals(head)) {
            return Optional.of("The head of " + proposed.id.value() + " is " + proposed.head.abbreviated() + " now");
        }
        proposed.restartChecks();
        changed(proposed, "checks", "checked", "started again");
        return Optional.empty();
    }

    private MergeOutcome merge(Proposed proposed, MergeRequest.Method method, String by, Instant at) {
        MergeOutcome outcome = new Merger(repository, proposed.branch).merge(proposed.base, proposed.head, method, at);
        if (outcome instanceof MergeOutcome.Merged merged) {
            proposed.progress = new Progress.Merged(merged.range(), at, Optional.of(by));
            changed(proposed, by, "merged", merged.range().merge().abbreviated());
        }
        return outcome;
    }

    private CommitId commit(CommitId parent, Map<String, String> files) {
        Sorted<String, Blob> tree =
                MemoryItemRepository.changed(repository.get(parent).tree(), files);
        return repository.add(List.of(parent), tree, clock.instant()).id();
    }

    private void changed(Proposed proposed, String actor, String type, String detail) {
        changes++;
        proposed.changed = changes;
        proposed.happened(clock.instant(), actor, type, detail);
    }

    private PullRequest snapshot(Proposed proposed) {
        MergedRange range = proposed.progress instanceof Progress.Merged merged
                ? merged.range()
                : new MergedRange(proposed.base, proposed.head);
        List<ChangedItem> items = repository.changes(Optional.of(range.base()), range.merge(), kinds).stream()
                .map(ChangedItem::of)
                .toList();
        return proposed.snapshot(items, approvalsNeeded);
    }

    private Proposed proposed(long number) {
        return Optional.ofNullable(proposals.get(number))
                .orElseThrow(() -> new NotFoundException("pull request", name + "#" + number));
    }
}
