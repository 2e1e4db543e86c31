package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.subject.Text;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Works out what a version would be. Reads the store and the Git repository; changes nothing. */
public final class Proposer {
    private final Engine engine;
    private final MergedPullRequests merged;
    private final ItemRepository repository;
    private final String repositoryName;
    private final List<ItemKind> kinds;
    private final Lines lines;
    private final Predecessors predecessors;
    private final HotfixCheck hotfixes;
    private final EarlierSets earlier;

    /**
     * @param merged the merged pull requests
     * @param repositoryName the name under which pull requests are known
     * @param lines the lines that versions are made on
     */
    public Proposer(
            Engine engine,
            MergedPullRequests merged,
            ItemRepository repository,
            String repositoryName,
            List<ItemKind> kinds,
            Lines lines) {
        this.engine = engine;
        this.merged = merged;
        this.repository = repository;
        this.repositoryName = repositoryName;
        this.kinds = List.copyOf(kinds);
        this.lines = lines;
        this.predecessors = new Predecessors(engine, repository);
        this.hotfixes = new HotfixCheck(engine, repository, repositoryName);
        this.earlier = new EarlierSets(engine, repositoryName);
    }

    /** What a version of these sets would be. */
    public Proposal propose(List<ChangeSetId> setIds, VersionWishes wishes, Actor maker) {
        Line line = lines.get(wishes.line());
        List<ChangeSet> sets = setIds.stream().distinct().map(engine::get).toList();
        List<PullRequest> members = sets.stream()
                .flatMap(set -> set.pullRequests().stream())
                .map(number -> engine.get(new PullRequestId(repositoryName, number)))
                .toList();
        sets.forEach(set -> requireTouched(line, set, members));
        BumpRule.Suggestion bump = bump(wishes, sets, members, maker);
        VersionNumber number = number(wishes, bump.bump());
        Proposal.Place place = Predecessors.place(number, engine.reader());
        requireFree(number, place);
        CommitId commit = wishes.commit().map(repository::resolve).orElseGet(() -> newestMerge(sets, members));
        members.forEach(pr -> requireContained(pr, commit));
        Predecessor before = wishes.hotfix()
                .map(hotfix -> predecessors.base(hotfix, commit))
                .orElseGet(() -> predecessors.previous(number, commit));
        Optional<Version> previous = before.version();
        Manifest manifest = line.of(repository.manifest(commit, kinds));
        Map<CommitId, PullRequest> byMerge = merged.byMergeCommit();
        List<ChangeOrigin> origins = line.of(repository.origins(
                previous.map(Version::commit), commit,
                byMerge.values().stream().flatMap(pr -> pr.merged().stream()).toList(), kinds));
        Attribution.Result attribution = Attribution.of(origins, byMerge, sets);
        Map<Long, PullRequest> brought = new TreeMap<>();
        members.forEach(pr -> brought.put(pr.number(), pr));
        if (previous.isPresent()) {
            byMerge.values().stream()
                    .filter(pr -> attribution.stowaways().contains(pr.number()))
                    .forEach(pr -> brought.put(pr.number(), pr));
        }
        String notes = wishes.notes()
                .map(text -> Text.block("Release notes", text, 200_000))
                .orElseGet(() -> ReleaseNotes.generate(number, sets, brought));
        VersionEvent.Drafted draft = new VersionEvent.Drafted(
                number,
                bump.bump(),
                bump.reason(),
                commit,
                previous.map(Version::id),
                sets.stream().map(ChangeSet::id).toList(),
                List.copyOf(brought.keySet()),
                manifest.digest(),
                manifest.counts(),
                counts(attribution),
                notes,
                wishes.hotfix(),
                hotfixes.missing(number, commit, manifest, before, wishes.withoutHotfixes()));
        Attribution.Result known = attribution.released(earlier.of(attribution.stowaways(), number));
        return new Proposal(draft, place, manifest, known, sets, brought);
    }

    private static BumpRule.Suggestion bump(
            VersionWishes wishes, List<ChangeSet> sets, List<PullRequest> members, Actor maker) {
        if (wishes.number().isPresent()) {
            return new BumpRule.Suggestion(Bump.CUSTOM, "number chosen by " + maker.id());
        }
        if (wishes.hotfix().isPresent()) {
            return BumpRule.hotfix(wishes.hotfix().get(), wishes.bump());
        }
        return wishes.bump()
                .map(chosen -> new BumpRule.Suggestion(chosen, "chosen by " + maker.id()))
                .orElseGet(() -> BumpRule.suggest(sets, members, maker));
    }

    private VersionNumber number(VersionWishes wishes, Bump bump) {
        return wishes.number()
                .map(text -> Numbers.parse(wishes.line(), text))
                .or(() -> wishes.hotfix().map(predecessors::next))
                .orElseGet(() -> predecessors.next(wishes.line(), bump));
    }

    private void requireFree(VersionNumber number, Proposal.Place place) {
        boolean taken = engine.reader().versionTagged(number.uniqueTag()).isPresent();
        VersionRules.number(
                        number,
                        taken,
                        place.below().map(this::number),
                        place.above().map(this::number))
                .map(Decision.Refused.class::cast)
                .ifPresent(refused -> {
                    throw new RefusedException(
                            refused.rule(), "version:" + number, refused.message(), refused.allowed());
                });
    }

    private VersionNumber number(VersionId id) {
        return engine.get(id).number();
    }

    private static ItemCounts counts(Attribution.Result attribution) {
        return ItemCounts.of(attribution.changes().stream()
                .map(change -> change.change().id().kind())
                .toList());
    }

    private CommitId newestMerge(List<ChangeSet> sets, List<PullRequest> members) {
        return members.stream()
                .flatMap(pr -> pr.merged().stream())
                .map(MergedRange::merge)
                .reduce((a, b) -> repository.isAncestor(a, b) ? b : a)
                .orElseThrow(() -> new RefusedException(
                        "version.no-merge", sets.toString(),
                        "None of the change sets has a merged pull request: there is no commit to tag", List.of()));
    }

    private static void requireTouched(Line line, ChangeSet set, List<PullRequest> members) {
        boolean touched = members.stream()
                .filter(pr -> set.pullRequests().contains(pr.number()))
                .anyMatch(line::isTouchedBy);
        if (!line.paths().isEmpty() && !touched) {
            throw new RefusedException(
                    "version.component",
                    set.id().reference(),
                    "No pull request of change set '" + set.name() + "' changes an item of component " + line.name(),
                    List.of());
        }
    }

    private void requireContained(PullRequest member, CommitId commit) {
        if (member.merged()
                .filter(range -> repository.isAncestor(range.merge(), commit))
                .isEmpty()) {
            throw new RefusedException(
                    "version.member-missing",
                    member.id().reference(),
                    "Pull request #" + member.number() + " is not contained in commit " + commit,
                    List.of());
        }
    }
}
