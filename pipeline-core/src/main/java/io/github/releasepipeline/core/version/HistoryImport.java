package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes versions of the tags that a repository already has, the smallest number first, each in a transaction of its own:
 * what is interrupted goes on where it was, and several nodes share the work.
 */
public final class HistoryImport {
    /**
     * What came of it.
     *
     * @param imported the new versions, the smallest number first
     * @param known how many tags were versions already
     * @param skipped why other tags were left out, one line each
     */
    public record Outcome(List<Version> imported, int known, List<String> skipped) {
        private static Outcome nothing() {
            return new Outcome(List.of(), 0, List.of());
        }

        private Outcome and(Outcome more) {
            return new Outcome(
                    Stream.concat(imported.stream(), more.imported.stream()).toList(),
                    known + more.known,
                    Stream.concat(skipped.stream(), more.skipped.stream()).toList());
        }
    }

    private static final int ATTEMPTS = 40;

    private final Engine engine;
    private final PipelineTables tables;
    private final MergedPullRequests merged;
    private final ItemRepository repository;
    private final List<ItemKind> kinds;
    private final Lines lines;

    /**
     * @param tables where versions are listed
     * @param merged the merged pull requests
     * @param kinds what belongs to a manifest
     * @param lines whose tags are imported
     */
    public HistoryImport(
            Engine engine,
            PipelineTables tables,
            MergedPullRequests merged,
            ItemRepository repository,
            List<ItemKind> kinds,
            Lines lines) {
        this.engine = engine;
        this.tables = tables;
        this.merged = merged;
        this.repository = repository;
        this.kinds = List.copyOf(kinds);
        this.lines = lines;
    }

    /** Imports the versions of all lines that are not there yet. */
    public Outcome run(Actor actor) {
        List<Tag> tags = repository.tags();
        Map<CommitId, PullRequest> byMerge = merged.byMergeCommit();
        return lines.all().stream()
                .map(line -> run(line, HistoryTags.of(line.name(), tags), byMerge, actor))
                .reduce(Outcome.nothing(), Outcome::and);
    }

    private Outcome run(Line line, HistoryTags tags, Map<CommitId, PullRequest> byMerge, Actor actor) {
        List<MergedRange> ranges =
                byMerge.values().stream().flatMap(pr -> pr.merged().stream()).toList();
        NavigableMap<VersionNumber, Version> published = published(line.name());
        List<Version> imported = new ArrayList<>();
        List<String> skipped = new ArrayList<>(tags.skipped());
        int known = 0;
        for (HistoryTags.Found found : tags.versions()) {
            Optional<Version> there =
                    engine.reader().versionTagged(found.number().uniqueTag()).map(engine::get);
            if (there.isPresent()) {
                known++;
                // Another node may have imported it since the versions were listed.
                there.filter(version -> version.state().published().isPresent())
                        .ifPresent(version -> published.put(version.number(), version));
                continue;
            }
            try {
                Optional<Version> made =
                        imported(line, found, published, byMerge, ranges, actor).map(engine::get);
                made.ifPresent(version -> {
                    published.put(version.number(), version);
                    imported.add(version);
                });
                if (made.isEmpty()) {
                    skipped.add("Tag " + found.tag().name() + " was left out: it is above "
                            + ownBelow(found, published).orElseThrow() + ", with which history ends");
                }
            } catch (AdapterException e) {
                if (e.retryable()) {
                    throw e;
                }
                skipped.add("Tag " + found.tag().name() + " was left out: " + e.getMessage());
            }
        }
        return new Outcome(List.copyOf(imported), known, List.copyOf(skipped));
    }

    private NavigableMap<VersionNumber, Version> published(String line) {
        NavigableMap<VersionNumber, Version> published = new TreeMap<>(Numbers.ORDER);
        AllRows.<Version>forEach(page -> tables.versions(PipelineFilter.all(), page), version -> {
            if (version.number().line().equals(line)
                    && version.state().published().isPresent()) {
                published.put(version.number(), version);
            }
        });
        return published;
    }

    /** The greatest smaller number that it contains: on a maintenance line, not simply the one before. */
    private Optional<Version> previous(HistoryTags.Found found, NavigableMap<VersionNumber, Version> published) {
        return published.headMap(found.number(), false).descendingMap().values().stream()
                .filter(version ->
                        repository.isAncestor(version.commit(), found.tag().commit()))
                .findFirst();
    }

    private Contents contents(
            Line line,
            HistoryTags.Found found,
            Optional<Version> previous,
            Map<CommitId, PullRequest> byMerge,
            List<MergedRange> ranges) {
        CommitId commit = found.tag().commit();
        Attribution.Result attribution = Attribution.of(
                line.of(repository.origins(previous.map(Version::commit), commit, ranges, kinds)), byMerge, List.of());
        return new Contents(
                line.of(repository.manifest(commit, kinds)), previous.map(Version::id), attribution, byMerge);
    }

    /** The smallest number below that was published from here and not imported: with it history ends. */
    private static Optional<VersionNumber> ownBelow(
            HistoryTags.Found found, NavigableMap<VersionNumber, Version> published) {
        return published.headMap(found.number(), false).values().stream()
                .filter(version -> !version.isImported())
                .findFirst()
                .map(Version::number);
    }

    /**
     * The version of a tag, worked out again whenever somebody published or imported the one before it meanwhile; empty if
     * the tag is no history.
     */
    private Optional<VersionId> imported(
            Line line,
            HistoryTags.Found found,
            NavigableMap<VersionNumber, Version> published,
            Map<CommitId, PullRequest> byMerge,
            List<MergedRange> ranges,
            Actor actor) {
        VersionId id = new VersionId(engine.newId());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (ownBelow(found, published).isPresent()) {
                return Optional.empty();
            }
            Optional<VersionId> below = Optional.ofNullable(published.lowerEntry(found.number()))
                    .map(entry -> entry.getValue().id());
            Contents contents = contents(line, found, previous(found, published), byMerge, ranges);
            Optional<VersionId> recorded = record(id, found, below, contents, actor);
            if (recorded.isPresent()) {
                return recorded;
            }
            published.putAll(published(line.name()));
        }
        throw new ConcurrentUpdateException(id.reference());
    }

    /** The version's id, or another one's if another node was faster; empty if another version is below it now. */
    private Optional<VersionId> record(
            VersionId id, HistoryTags.Found found, Optional<VersionId> below, Contents contents, Actor actor) {
        return engine.execute(actor, Optional.empty(), unit -> {
            // Asking who is below takes the line: whoever publishes on it at the same time comes before or after this.
            boolean same = publishedBelow(unit, found.number()).equals(below);
            Optional<VersionId> there =
                    unit.committed().versionTagged(found.number().uniqueTag());
            if (there.isPresent() || !same) {
                return there;
            }
            unit.keep(contents.manifest());
            unit.record(VersionMachine.MACHINE, id, contents.event(found, actor));
            unit.keep(id, contents.attribution().changes());
            return Optional.of(id);
        });
    }

    /** Drafts are passed over: they may be discarded yet. */
    private static Optional<VersionId> publishedBelow(UnitOfWork unit, VersionNumber number) {
        Optional<Version> below = unit.committed().versionBelow(number).map(unit::get);
        while (below.filter(version -> version.state().published().isEmpty()).isPresent()) {
            below = below.flatMap(version -> unit.committed().versionBelow(version.number()))
                    .map(unit::get);
        }
        return below.map(Version::id);
    }

    /** What a tag holds. */
    private record Contents(
            Manifest manifest,
            Optional<VersionId> previous,
            Attribution.Result attribution,
            Map<CommitId, PullRequest> byMerge) {
        VersionEvent.Imported event(HistoryTags.Found found, Actor actor) {
            List<Long> numbers = List.copyOf(attribution.stowaways());
            Map<Long, PullRequest> brought = new TreeMap<>();
            byMerge.values().stream()
                    .filter(pr -> attribution.stowaways().contains(pr.number()))
                    .forEach(pr -> brought.put(pr.number(), pr));
            return new VersionEvent.Imported(
                    found.number(),
                    found.tag().commit(),
                    previous,
                    numbers,
                    manifest.digest(),
                    manifest.counts(),
                    ItemCounts.of(attribution.changes().stream()
                            .map(change -> change.change().id().kind())
                            .toList()),
                    ReleaseNotes.imported(found.number(), found.tag().message(), brought),
                    found.tag().tagger().map(HistoryImport::person).orElse(actor),
                    found.tag().at());
        }
    }

    /** A tagger's name may be anything; an actor's is one line. */
    private static Actor person(String tagger) {
        String line = tagger.replaceAll("\\p{Cc}+", " ").strip();
        String cut = line.substring(0, Math.min(line.length(), 200)).strip();
        return Actor.user(cut.isEmpty() ? "ghost" : cut);
    }
}
