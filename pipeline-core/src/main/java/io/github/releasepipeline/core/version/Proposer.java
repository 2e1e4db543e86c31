package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.core.engine.Engine;
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
    private final String line;

    /**
     * @param merged the merged pull requests
     * @param repositoryName the name under which pull requests are known
     * @param line the line that versions are made on
     */
    public Proposer(
            Engine engine,
            MergedPullRequests merged,
            ItemRepository repository,
            String repositoryName,
            List<ItemKind> kinds,
            String line) {
        this.engine = engine;
        this.merged = merged;
        this.repository = repository;
        this.repositoryName = repositoryName;
        this.kinds = List.copyOf(kinds);
        this.line = line;
    }

    /** What a version of these sets would be. */
    public Proposal propose(List<ChangeSetId> setIds, VersionWishes wishes, Actor maker) {
        List<ChangeSet> sets = setIds.stream().distinct().map(engine::get).toList();
        List<PullRequest> members = sets.stream()
                .flatMap(set -> set.pullRequests().stream())
                .map(number -> engine.get(new PullRequestId(repositoryName, number)))
                .toList();
        Optional<Version> previous = engine.reader().newestVersion(line).map(engine::get);
        CommitId commit = wishes.commit().map(repository::resolve).orElseGet(() -> newestMerge(sets, members));
        checkAncestry(commit, members, previous);
        Manifest manifest = repository.manifest(commit, kinds);
        return assemble(sets, members, wishes, maker, previous, commit, manifest);
    }

    private Proposal assemble(
            List<ChangeSet> sets,
            List<PullRequest> members,
            VersionWishes wishes,
            Actor maker,
            Optional<Version> previous,
            CommitId commit,
            Manifest manifest) {
        Map<CommitId, PullRequest> byMerge = merged.byMergeCommit();
        List<ChangeOrigin> origins = repository.origins(
                previous.map(Version::commit), commit,
                byMerge.values().stream().flatMap(pr -> pr.merged().stream()).toList(), kinds);
        Attribution.Result attribution = Attribution.of(origins, byMerge, sets);
        Map<Long, PullRequest> brought = new TreeMap<>();
        members.forEach(pr -> brought.put(pr.number(), pr));
        if (previous.isPresent()) {
            byMerge.values().stream()
                    .filter(pr -> attribution.stowaways().contains(pr.number()))
                    .forEach(pr -> brought.put(pr.number(), pr));
        }
        BumpRule.Suggestion bump = wishes.bump()
                .map(chosen -> new BumpRule.Suggestion(chosen, "chosen by " + maker.id()))
                .orElseGet(() -> BumpRule.suggest(sets, members, maker));
        if (wishes.number().isPresent()) {
            bump = new BumpRule.Suggestion(Bump.CUSTOM, "number chosen by " + maker.id());
        }
        VersionNumber number = number(wishes, bump.bump(), previous);
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
                notes);
        return new Proposal(draft, manifest, attribution, sets, brought);
    }

    private VersionNumber number(VersionWishes wishes, Bump bump, Optional<Version> previous) {
        return wishes.number()
                .map(text -> Numbers.parse(line, text))
                .orElseGet(() -> previous.map(version -> Numbers.next(version.number(), bump))
                        .orElseGet(() -> Numbers.first(line)));
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

    private void checkAncestry(CommitId commit, List<PullRequest> members, Optional<Version> previous) {
        for (PullRequest pr : members) {
            if (pr.merged()
                    .filter(range -> repository.isAncestor(range.merge(), commit))
                    .isEmpty()) {
                throw new RefusedException(
                        "version.member-missing",
                        pr.id().reference(),
                        "Pull request #" + pr.number() + " is not contained in commit " + commit,
                        List.of());
            }
        }
        if (previous.isPresent() && !repository.isAncestor(previous.get().commit(), commit)) {
            throw new RefusedException(
                    "version.ancestry",
                    previous.get().id().reference(),
                    "Commit " + commit + " does not contain " + previous.get().number() + ", the version before",
                    List.of());
        }
    }
}
