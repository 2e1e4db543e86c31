package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.semver4j.Semver;

/** Reads what a Git repository tells of its releases. Writes nothing. */
final class GitReading {
    private static final int PAGE = 1_000;
    private static final Comparator<PullRequest> NEWEST_OPEN = Comparator.comparing(PullRequest::createdAt)
            .thenComparing(PullRequest::number)
            .reversed();
    private static final Comparator<MergedPullRequest> NEWEST_MERGED = Comparator.comparing(MergedPullRequest::at)
            .thenComparing(MergedPullRequest::number)
            .reversed();

    private final GitRepository repository;
    private final FirstParentLine line;
    private final List<ItemKind> kinds;
    private final int rows;

    private GitReading(GitRepository repository, FirstParentLine line, List<ItemKind> kinds, int rows) {
        this.repository = repository;
        this.line = line;
        this.kinds = kinds;
        this.rows = rows;
    }

    /**
     * Reads a repository.
     *
     * @param kinds what counts as an item
     * @param rows how many pull requests and versions are told one by one
     */
    static GitFacts of(Path path, List<ItemKind> kinds, int rows) throws IOException {
        try (GitRepository repository = GitRepository.at(path)) {
            return new GitReading(repository, FirstParentLine.of(path), kinds, rows).read();
        }
    }

    private GitFacts read() {
        GitPullRequests source = pullRequests();
        Map<Long, PullRequest> open = new HashMap<>();
        Map<Long, MergedPullRequest> merged = new HashMap<>();
        follow(source, pullRequest -> {
            // What is told later is newer.
            open.remove(pullRequest.number());
            MergedPullRequest.of(pullRequest).ifPresent(now -> merged.put(now.number(), now));
            if (pullRequest.status().isOpen()) {
                open.put(pullRequest.number(), pullRequest);
            }
        });
        List<MergedPullRequest> newestMerged =
                merged.values().stream().sorted(NEWEST_MERGED).toList();
        List<SemverTag> versions = SemverTag.among(repository.tags());
        return new GitFacts(
                source.repository(),
                line,
                open.size(),
                open.values().stream().sorted(NEWEST_OPEN).limit(rows).toList(),
                merged.size(),
                next(newestMerged, versions),
                versions.size(),
                versions.stream()
                        .sorted(SemverTag.NEWEST)
                        .limit(rows)
                        .map(version -> tagged(version, versions))
                        .toList(),
                HistoryFold.of(line.at(), newestMerged, versions),
                rows);
    }

    private GitPullRequests pullRequests() {
        try {
            return GitPullRequests.of(repository, Optional.of(line.branch()), kinds);
        } catch (IllegalArgumentException e) { // a glob that can match nothing
            throw new UserMistake("--items: " + e.getMessage());
        }
    }

    private static void follow(GitPullRequests source, Consumer<PullRequest> reader) {
        Optional<String> cursor = Optional.empty();
        boolean complete = false;
        while (!complete) {
            PullRequestPage page = source.changedSince(cursor, PAGE);
            page.changed().forEach(reader);
            cursor = Optional.of(page.cursor());
            complete = page.complete();
        }
    }

    private GitFacts.Next next(List<MergedPullRequest> merged, List<SemverTag> versions) {
        Optional<SemverTag> since = newestOnLine(versions);
        List<MergedRange> ranges = merged.stream().map(MergedPullRequest::range).toList();
        List<ChangeOrigin> origins =
                repository.origins(since.map(version -> version.tag().commit()), line.tip(), ranges, kinds);
        Set<CommitId> merges =
                origins.stream().flatMap(origin -> origin.merges().stream()).collect(Collectors.toSet());
        List<MergedPullRequest> brought = merged.stream()
                .filter(pullRequest -> merges.contains(pullRequest.range().merge()))
                .toList();
        List<ItemChange> changes = origins.stream().map(ChangeOrigin::change).toList();
        SuggestedBump bump = SuggestedBump.of(brought, changes);
        return new GitFacts.Next(
                since.map(GitReading::bare),
                "v" + since.map(version -> next(version.number(), bump)).orElse("0.1.0"),
                bump.bump(),
                bump.reason(),
                changes,
                brought,
                (int) origins.stream()
                        .filter(origin -> !origin.direct().isEmpty())
                        .count());
    }

    private static String next(Semver number, SuggestedBump bump) {
        return switch (bump.bump()) {
            case MAJOR -> number.nextMajor().getVersion();
            case MINOR, CUSTOM, IMPORTED -> number.nextMinor().getVersion();
            case PATCH -> number.nextPatch().getVersion();
        };
    }

    /** The highest version whose commit is on the default branch; if versions are made aside of it, one that it contains. */
    private Optional<SemverTag> newestOnLine(List<SemverTag> versions) {
        List<SemverTag> highestFirst = versions.stream()
                .filter(version -> !version.isPreRelease())
                .sorted(SemverTag.BY_NUMBER.reversed())
                .toList();
        return highestFirst.stream()
                .filter(version -> line.commits().contains(version.tag().commit()))
                .findFirst()
                .or(() -> highestFirst.stream()
                        .filter(version -> repository.isAncestor(version.tag().commit(), line.tip()))
                        .findFirst());
    }

    private GitFacts.Tagged tagged(SemverTag version, List<SemverTag> byNumber) {
        int index = byNumber.indexOf(version);
        Optional<SemverTag> before = index == 0 ? Optional.empty() : Optional.of(byNumber.get(index - 1));
        ItemCounts changed = GitFacts.counts(repository.changes(
                before.map(lower -> lower.tag().commit()), version.tag().commit(), kinds));
        return new GitFacts.Tagged(
                version.tag().name(),
                version.tag().commit(),
                version.tag().at(),
                Optional.of(repository.manifest(version.tag().commit(), kinds).counts()),
                before.map(lower -> lower.tag().name()),
                Optional.of(changed));
    }

    private static GitFacts.Tagged bare(SemverTag version) {
        return new GitFacts.Tagged(
                version.tag().name(),
                version.tag().commit(),
                version.tag().at(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
