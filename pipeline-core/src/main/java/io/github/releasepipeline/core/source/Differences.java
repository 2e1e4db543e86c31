package io.github.releasepipeline.core.source;

import io.github.releasepipeline.difference.ItemDifference;
import io.github.releasepipeline.difference.NotedItem;
import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.StructureComparer;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.FileAt;
import io.github.releasepipeline.source.FileComparer;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows what a pull request does to items: a merged one between the base branch before and after the merge, any other
 * between where it left its base branch and its head.
 */
public final class Differences {
    /** Of the items of one pull request, so many are compared for their notes. */
    private static final int MAX_COMPARED = 50;

    private final ItemRepository repository;
    private final Optional<StructureComparer> structures;

    /** @param structures reads items; without it only lines are compared */
    public Differences(ItemRepository repository, Optional<StructureComparer> structures) {
        this.repository = repository;
        this.structures = structures;
    }

    private record Sides(Optional<CommitId> before, CommitId after) {}

    /** How one of its items differs. */
    public ItemDifference of(PullRequest pullRequest, ChangedItem item) {
        if (!(repository instanceof FileComparer files)) {
            throw new RefusedException(
                    "pull-request.difference",
                    pullRequest.id().reference(),
                    "The changes of pull request #" + pullRequest.number()
                            + " cannot be shown: its repository cannot compare files",
                    List.of());
        }
        return compared(files, sides(files, pullRequest), item);
    }

    /** Its items, each with a note. A state that cannot be read makes its note say so, and spoils no other. */
    public List<NotedItem> noted(PullRequest pullRequest) {
        List<ChangedItem> compared = pullRequest.items().stream()
                .filter(ChangeNotes::isDetailed)
                .limit(MAX_COMPARED)
                .toList();
        Function<ChangedItem, String> plain = item -> ChangeNotes.note(item, Optional.empty());
        Function<ChangedItem, String> detailed =
                repository instanceof FileComparer files && !compared.isEmpty() ? detailed(files, pullRequest) : plain;
        return pullRequest.items().stream()
                .map(item -> new NotedItem(item, compared.contains(item) ? detailed.apply(item) : plain.apply(item)))
                .toList();
    }

    /** The sides are looked for once and not for each item: where they are missing, that may wait for a remote. */
    private Function<ChangedItem, String> detailed(FileComparer files, PullRequest pullRequest) {
        try {
            Sides sides = sides(files, pullRequest);
            return item -> note(files, sides, item);
        } catch (AdapterException | NotFoundException e) {
            return item -> ChangeNotes.notCompared(item, String.valueOf(e.getMessage()));
        }
    }

    private String note(FileComparer files, Sides sides, ChangedItem item) {
        try {
            return ChangeNotes.note(item, Optional.of(compared(files, sides, item)));
        } catch (AdapterException | NotFoundException e) {
            return ChangeNotes.notCompared(item, String.valueOf(e.getMessage()));
        }
    }

    private Sides sides(FileComparer files, PullRequest pullRequest) {
        Optional<MergedRange> merged = pullRequest.merged();
        if (merged.isPresent()) {
            return new Sides(merged.map(MergedRange::base), merged.get().merge());
        }
        CommitId base = repository.resolve(pullRequest.baseBranch());
        return new Sides(files.mergeBase(base, pullRequest.head()), pullRequest.head());
    }

    private ItemDifference compared(FileComparer files, Sides sides, ChangedItem item) {
        Optional<FileAt> before = sides.before().flatMap(commit -> file(item.before(), commit));
        Optional<FileAt> after = file(item.after(), sides.after());
        StructuralDifference structure = structures
                .map(comparer ->
                        comparer.compare(before.map(file -> state(files, file)), after.map(file -> state(files, file))))
                .orElseGet(() -> new StructuralDifference.NotCompared("Nothing is wired that reads the items' values"));
        return new ItemDifference(
                item, before.map(files::size), after.map(files::size), structure, files.compareLines(before, after));
    }

    private static Optional<FileAt> file(Optional<ItemId> id, CommitId commit) {
        return id.map(there -> new FileAt(commit, there.path()));
    }

    private StructureComparer.State state(FileComparer files, FileAt file) {
        return new StructureComparer.State() {
            @Override
            public String path() {
                return file.path();
            }

            @Override
            public long bytes() {
                return files.size(file);
            }

            @Override
            public InputStream open() {
                return repository.open(file.commit(), file.path());
            }
        };
    }
}
