package io.github.releasepipeline;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A forge with one branch, on which one commit follows the other, and pull requests that change one workflow each. */
final class TestForge implements SourceControl, ItemRepository {
    /** Run around each creation of a tag; may throw or wait. */
    volatile Runnable beforeTag = () -> {};

    volatile Runnable afterTag = () -> {};
    /** Asked before each merge; an answer is given instead of merging. */
    volatile Function<MergeRequest, Optional<MergeOutcome>> mergeRefusal = request -> Optional.empty();

    private final SettableClock clock;
    private final List<Commit> main = new ArrayList<>();
    private final Map<Long, PullRequest> pullRequests = new LinkedHashMap<>();
    private final Map<Long, byte[]> proposed = new LinkedHashMap<>();
    private final List<Long> changes = new ArrayList<>();
    private final Map<String, Tag> tags = new TreeMap<>();

    private record Commit(CommitId id, Optional<String> touched, Map<String, byte[]> tree) {}

    TestForge(SettableClock clock) {
        this.clock = clock;
        main.add(new Commit(commitId(1), Optional.empty(), Map.of()));
    }

    static CommitId commitId(long number) {
        return new CommitId(String.format("%040x", number));
    }

    static String path(long number) {
        return "workflows/flow-" + number + ".json";
    }

    /** An approved pull request that writes a workflow of its own. */
    synchronized PullRequest open(long number) {
        return open(number, path(number), "content of " + number);
    }

    synchronized PullRequest open(long number, String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        proposed.put(number, bytes);
        ItemChange change = ItemChange.created(item(path, bytes));
        return put(Samples.approved(number, change, commitId(1000 + number), clock.instant()));
    }

    /** Reports a pull request as it is given. */
    synchronized PullRequest put(PullRequest pullRequest) {
        pullRequests.put(pullRequest.number(), pullRequest);
        changes.add(pullRequest.number());
        return pullRequest;
    }

    synchronized PullRequest current(long number) {
        return Optional.ofNullable(pullRequests.get(number))
                .orElseThrow(() -> new NotFoundException("pull-request", "#" + number));
    }

    /** A commit that belongs to no pull request. */
    synchronized CommitId commit(String path, String content) {
        return append(path, content.getBytes(StandardCharsets.UTF_8)).merge();
    }

    /** A merge at the provider, past the pipeline. */
    synchronized PullRequest mergeThere(long number) {
        return merged(number, Optional.empty());
    }

    /** The same, and the provider knows who. */
    synchronized PullRequest mergedBy(long number, String person) {
        return merged(number, Optional.of(person));
    }

    private PullRequest merged(long number, Optional<String> by) {
        PullRequest open = current(number);
        String path = open.items().get(0).id().path();
        Progress merged = new Progress.Merged(append(path, proposed.get(number)), clock.instant(), by);
        return put(Samples.with(open, merged, clock.instant()));
    }

    synchronized void tag(String name, CommitId commit, String message) {
        tags.put(name, new Tag(name, commit, message, Optional.of("tagger"), clock.instant()));
    }

    synchronized void untag(String name) {
        tags.remove(name);
    }

    private MergedRange append(String path, byte[] bytes) {
        Commit last = main.get(main.size() - 1);
        Map<String, byte[]> tree = new TreeMap<>(last.tree());
        tree.put(path, bytes);
        Commit next = new Commit(commitId(main.size() + 1), Optional.of(path), tree);
        main.add(next);
        return new MergedRange(last.id(), next.id());
    }

    @Override
    public String repository() {
        return "acme/flows";
    }

    @Override
    public synchronized PullRequestPage changedSince(Optional<String> cursor, int limit) {
        int from = cursor.map(Integer::parseInt).orElse(0);
        int to = Math.min(changes.size(), from + limit);
        List<PullRequest> page = changes.subList(from, to).stream()
                .distinct()
                .map(pullRequests::get)
                .toList();
        return new PullRequestPage(page, Integer.toString(to), to == changes.size());
    }

    @Override
    public PullRequestDetail pullRequest(long number) {
        return new PullRequestDetail(current(number), "", List.of());
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        Optional<MergeOutcome> refusal = mergeRefusal.apply(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        synchronized (this) {
            PullRequest now = current(request.number());
            if (!now.head().equals(request.expectedHead())) {
                return new MergeOutcome.HeadMoved(now.head());
            }
            PullRequest merged = now.merged().isPresent() ? now : mergeThere(request.number());
            return new MergeOutcome.Merged(merged.merged().orElseThrow());
        }
    }

    @Override
    public synchronized CommitId resolve(String revision) {
        return revision.equals("main") ? main.get(main.size() - 1).id() : new CommitId(revision);
    }

    @Override
    public synchronized Manifest manifest(CommitId commit, List<ItemKind> kinds) {
        return new Manifest(main.get(place(commit)).tree().entrySet().stream()
                .map(file -> item(file.getKey(), file.getValue()))
                .toList());
    }

    @Override
    public synchronized List<ItemChange> changes(Optional<CommitId> from, CommitId to, List<ItemKind> kinds) {
        Map<String, Item> before = from.map(commit -> manifest(commit, kinds))
                .orElse(Manifest.empty())
                .byPath();
        return manifest(to, kinds).items().stream()
                .filter(item -> !item.equals(before.get(item.id().path())))
                .map(item ->
                        new ItemChange(Optional.ofNullable(before.get(item.id().path())), Optional.of(item)))
                .toList();
    }

    @Override
    public synchronized List<ChangeOrigin> origins(
            Optional<CommitId> from, CommitId to, Collection<MergedRange> merges, List<ItemKind> kinds) {
        List<CommitId> known = merges.stream().map(MergedRange::merge).toList();
        return changes(from, to, kinds).stream()
                .map(change -> {
                    List<CommitId> touching = main.subList(from.map(this::place).orElse(0) + 1, place(to) + 1).stream()
                            .filter(commit -> commit.touched()
                                    .equals(Optional.of(change.id().path())))
                            .map(Commit::id)
                            .toList();
                    return new ChangeOrigin(
                            change,
                            touching.stream().filter(known::contains).toList(),
                            touching.stream().filter(id -> !known.contains(id)).toList());
                })
                .toList();
    }

    @Override
    public synchronized boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return place(ancestor) <= place(descendant);
    }

    @Override
    public synchronized List<Tag> tags() {
        return List.copyOf(tags.values());
    }

    @Override
    public TagOutcome createTag(TagRequest request) {
        beforeTag.run();
        TagOutcome outcome = create(request);
        afterTag.run();
        return outcome;
    }

    private synchronized TagOutcome create(TagRequest request) {
        Tag wanted = new Tag(
                request.name(),
                request.commit(),
                request.message(),
                Optional.of(request.by().id()),
                request.at());
        Tag found = tags.putIfAbsent(request.name(), wanted);
        return found == null ? new TagOutcome.Created(wanted) : new TagOutcome.Exists(found);
    }

    @Override
    public synchronized InputStream open(CommitId commit, String path) {
        return Optional.ofNullable(main.get(place(commit)).tree().get(path))
                .map(ByteArrayInputStream::new)
                .orElseThrow(() -> new NotFoundException("file", path));
    }

    private int place(CommitId id) {
        return Integer.parseInt(id.hex().substring(30), 16) - 1;
    }

    static Item item(String path, byte[] bytes) {
        return new Item(new ItemId("workflow", path), Digest.of(Digest.sha256().digest(bytes)));
    }
}
