package io.github.releasepipeline.memory;

import io.github.releasepipeline.difference.TextDifference;
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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A repository of items in memory, with the means to write a history into it. Thread-safe. */
public final class MemoryItemRepository implements ItemRepository, FileComparer {
    private static final Pattern NO_TAG = Pattern.compile(
            "|@|[-/.].*|.*[/.]|.*\\.lock|.*(\\.\\.|//|/\\.|\\.lock/|@\\{|[\\x00-\\x20\\x7f~^:?*\\[\\\\]).*",
            Pattern.DOTALL);

    private final Clock clock;
    private final CommitGraph graph = new CommitGraph();
    private final SortedMap<String, CommitId> branches = new TreeMap<>();
    private final SortedMap<String, Tag> tags = new TreeMap<>();

    /** An empty repository; the clock tells the times of commits. */
    public MemoryItemRepository(Clock clock) {
        this.clock = clock;
    }

    // writing

    /**
     * Writes a commit.
     *
     * @param files the whole tree, path to text
     */
    public synchronized CommitId commit(Map<String, String> files, List<CommitId> parents) {
        return graph.add(parents, changed(Sorted.empty(), files), clock.instant())
                .id();
    }

    /** Writes a commit on top of a branch, which is made if there is none: path to text, what else it holds stays. */
    public synchronized CommitId commitOn(String branch, Map<String, String> files) {
        Optional<Commit> tip = Optional.ofNullable(branches.get(branch)).map(graph::get);
        Sorted<String, Blob> tree = changed(tip.map(Commit::tree).orElse(Sorted.empty()), files);
        Commit commit = graph.add(tip.map(Commit::id).stream().toList(), tree, clock.instant());
        branches.put(branch, commit.id());
        return commit.id();
    }

    /** Writes a commit on top of a branch that deletes a file. */
    public synchronized CommitId deleteOn(String branch, String path) {
        Commit tip = graph.get(resolve(branch));
        Commit commit = graph.add(List.of(tip.id()), tip.tree().without(path), clock.instant());
        branches.put(branch, commit.id());
        return commit.id();
    }

    /** Makes a branch or moves it. */
    public synchronized void branch(String name, CommitId at) {
        branches.put(name, graph.get(at).id());
    }

    /** Makes a tag that is only a name, or moves one, as somebody with too many rights would. */
    public synchronized void lightweightTag(String name, CommitId at) {
        tags.put(name, new Tag(name, at, "", Optional.empty(), graph.get(at).at()));
    }

    static Sorted<String, Blob> changed(Sorted<String, Blob> tree, Map<String, String> files) {
        Sorted<String, Blob> changed = tree;
        for (Map.Entry<String, String> file : files.entrySet()) {
            changed = changed.with(file.getKey(), new Blob(file.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        return changed;
    }

    /** Adds a commit that was put together elsewhere. */
    synchronized Commit add(List<CommitId> parents, Sorted<String, Blob> tree, Instant at) {
        return graph.add(parents, tree, at);
    }

    synchronized Commit get(CommitId id) {
        return graph.get(id);
    }

    synchronized List<Commit> range(CommitId from, CommitId to) {
        return graph.range(Optional.of(from), to);
    }

    synchronized boolean hasBranch(String name) {
        return branches.containsKey(name);
    }

    // reading

    @Override
    public synchronized CommitId resolve(String revision) {
        return Optional.ofNullable(branches.get(revision))
                .or(() -> Optional.ofNullable(tags.get(revision)).map(Tag::commit))
                .or(() -> revision.matches("[0-9a-f]{4,64}") ? graph.abbreviated(revision) : Optional.empty())
                .orElseThrow(() -> new NotFoundException("revision", revision));
    }

    @Override
    public synchronized Manifest manifest(CommitId commit, List<ItemKind> kinds) {
        return new Globs(kinds).manifest(graph.get(commit));
    }

    @Override
    public synchronized List<ItemChange> changes(Optional<CommitId> from, CommitId to, List<ItemKind> kinds) {
        return new ItemDiff(new Globs(kinds)).changes(from.map(graph::get), graph.get(to));
    }

    @Override
    public synchronized List<ChangeOrigin> origins(
            Optional<CommitId> from, CommitId to, Collection<MergedRange> merges, List<ItemKind> kinds) {
        ItemDiff diff = new ItemDiff(new Globs(kinds));
        Origins origins = new Origins(graph, diff, graph.range(from, to), merges);
        return diff.changes(from.map(graph::get), graph.get(to)).stream()
                .map(origins::of)
                .toList();
    }

    @Override
    public synchronized boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return graph.isAncestor(ancestor, descendant);
    }

    @Override
    public synchronized List<Tag> tags() {
        return List.copyOf(tags.values());
    }

    @Override
    public synchronized TagOutcome createTag(TagRequest request) {
        if (NO_TAG.matcher(request.name()).matches()) {
            throw new IllegalArgumentException("'" + request.name() + "' cannot be the name of a tag");
        }
        Tag existing = tags.get(request.name());
        if (existing != null) {
            return new TagOutcome.Exists(existing);
        }
        Tag tag = new Tag(
                request.name(),
                graph.get(request.commit()).id(),
                request.message(),
                Optional.of(request.by().id()),
                request.at());
        tags.put(tag.name(), tag);
        return new TagOutcome.Created(tag);
    }

    @Override
    public InputStream open(CommitId commit, String path) {
        return blob(new FileAt(commit, path)).open();
    }

    @Override
    public synchronized Optional<CommitId> mergeBase(CommitId one, CommitId other) {
        return graph.mergeBase(one, other);
    }

    @Override
    public long size(FileAt file) {
        return blob(file).bytes().length;
    }

    @Override
    public TextDifference compareLines(Optional<FileAt> before, Optional<FileAt> after) {
        return new Lines(before.map(this::lines), after.map(this::lines)).difference();
    }

    private Lines.File lines(FileAt file) {
        return new Lines.File(file.path(), blob(file));
    }

    private synchronized Blob blob(FileAt file) {
        return graph.get(file.commit())
                .tree()
                .get(file.path())
                .orElseThrow(() -> new NotFoundException("file", file.commit().abbreviated() + ":" + file.path()));
    }
}
