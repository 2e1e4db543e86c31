package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.PathGlob;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The pull requests of a Git repository that has no forge.
 *
 * <p><b>Open</b> ones are branches with commits that the default branch does not have: local branches, those of
 * {@code origin} that have no local namesake, and {@code refs/pull/N/head}. The <b>number</b> is the one in the branch's
 * name ({@code pr/342}, {@code 342-add-x}, {@code feature/342-x}) or in a {@code Pull-Request: #342} trailer; otherwise it
 * is derived from the name and lies above 2<sup>40</sup>. The title is the subject of the oldest commit. A branch under
 * {@code draft/} or {@code wip/}, or a title that begins with {@code WIP:} or {@code Draft:}, is a draft.
 *
 * <p><b>Merged</b> ones are read from the default branch's first parents: each merge commit, and each other commit whose
 * message names a number ({@code … (#342)}, {@code Merge pull request #342 …}, {@code See merge request x!342}, the
 * trailer). If several name the same number, the oldest owns it and later ones get derived numbers, so none hides another. A
 * fast-forward leaves no trace: its branch is told as closed.
 *
 * <p><b>Reviews, checks and labels</b> are trailers of the head commit, so a new head has none: {@code Reviewed-by},
 * {@code Approved-by}, {@code Acked-by}, {@code Changes-requested-by}, {@code Review-requested-from},
 * {@code Check: name passed summary}, {@code Labels: a, b} (labels also of the oldest commit).
 *
 * <p><b>Release lines</b> ({@link #alsoInto}) are branches like the default branch: what was merged into them is read from
 * their first parents, as far as the default branch does not have them too, and numbers are unique over all of them. A branch
 * is proposed for the line that a trailer {@code Merge-Into: release/1.0} of its newest commit that has one names; otherwise
 * for the line on whose own commits it builds, otherwise for the default branch. One that any of them contains is not open.
 *
 * <p><b>Merging</b> needs no work tree. If the branch that is merged into is checked out here, its work tree follows; it must be clean.
 * The branch that was merged stays.
 *
 * <p><b>Following</b> tells merged ones branch by branch, in their order. If a branch was rewritten, it goes on where
 * the old and the new history part. The index of merged ones is kept in memory and costs one walk over the default
 * branch's first parents when this object is new; later calls read what is new.
 */
public final class GitPullRequests implements SourceControl {
    private final GitRepository repository;
    private final TargetBranches bases;
    private final List<ItemKind> kinds;
    private final Optional<Integer> approvalsNeeded;
    private final Clock clock;
    private final MergedIndex merged;
    private final OpenIndex open;
    private final PullRequestReader reader;
    private final Follower follower;
    private final Object mergeLock = new Object();

    private GitPullRequests(
            GitRepository repository,
            TargetBranches bases,
            List<ItemKind> kinds,
            Optional<Integer> approvalsNeeded,
            Clock clock) {
        this.repository = repository;
        this.bases = bases;
        this.kinds = List.copyOf(kinds);
        this.approvalsNeeded = approvalsNeeded;
        this.clock = clock;
        OpenRepository git = repository.repository();
        this.merged = new MergedIndex(git);
        this.open = new OpenIndex(git, bases, merged);
        ItemChanges changes = new ItemChanges(ItemPaths.toShow(this.kinds), repository.digests());
        this.reader = new PullRequestReader(git.name(), changes, merged, approvalsNeeded);
        this.follower = new Follower(git, reader, merged);
    }

    /**
     * The pull requests of a repository, whose default branch is the one of {@code origin} as the clone knows it, otherwise
     * the one that {@code HEAD} names.
     *
     * @param kinds what counts as a changed item
     * @throws AdapterException if neither names a branch and there is none of a usual name
     */
    public static GitPullRequests of(GitRepository repository, List<ItemKind> kinds) {
        return of(repository, Optional.empty(), kinds);
    }

    /**
     * The pull requests of a repository.
     *
     * @param defaultBranch without {@code refs/heads/}; empty to detect it
     * @param kinds what counts as a changed item
     * @throws NotFoundException if the repository has branches but none of this name
     */
    public static GitPullRequests of(GitRepository repository, Optional<String> defaultBranch, List<ItemKind> kinds) {
        TargetBranch base = defaultBranch
                .map(name -> TargetBranch.named(repository.repository(), name))
                .orElseGet(() -> TargetBranch.detect(repository.repository()));
        return new GitPullRequests(
                repository, new TargetBranches(base, List.of()), kinds, Optional.empty(), Clock.systemUTC());
    }

    /**
     * The same, which also tells of what is merged into further branches and proposed for them: release lines, on which
     * hotfixes are made. A cursor may be used with and without them.
     *
     * @param branches names without {@code refs/heads/}; {@code *} stands for anything but a slash, {@code **} for anything.
     *     Where two of them have a history in common, it belongs to the one that is named first, and of one name to the one
     *     that comes first in the alphabet; the default branch comes before all of them. Branches may come and go
     * @throws IllegalArgumentException if a name is empty
     */
    public GitPullRequests alsoInto(String... branches) {
        List<PathGlob> further = Stream.of(branches).map(PathGlob::of).toList();
        return new GitPullRequests(
                repository, new TargetBranches(bases.main(), further), kinds, approvalsNeeded, clock);
    }

    /** The same, where a pull request needs so many approvals; one, if nothing is said. */
    public GitPullRequests approvalsNeeded(int approvals) {
        if (approvals < 1) {
            throw new IllegalArgumentException("At least one approval is needed, not " + approvals);
        }
        return new GitPullRequests(repository, bases, kinds, Optional.of(approvals), clock);
    }

    /** The same, which tells from this clock when it saw that a branch was gone. */
    public GitPullRequests clock(Clock theClock) {
        return new GitPullRequests(repository, bases, kinds, approvalsNeeded, theClock);
    }

    @Override
    public String repository() {
        return repository.repository().name();
    }

    @Override
    public PullRequestPage changedSince(Optional<String> cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit is at least 1, not " + limit);
        }
        String main = bases.main().name();
        FollowCursor from = cursor.map(text -> FollowCursor.parse(text, repository(), main))
                .orElseGet(() -> FollowCursor.beginning(repository(), main));
        return run("Reading pull requests", () -> {
            Map<TargetBranch, ObjectId> tips = update();
            Map<Long, OpenBranch> branches = open.at(tips);
            return follower.page(from, limit, tips, branches, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        });
    }

    @Override
    public PullRequestDetail pullRequest(long number) {
        return run("Reading pull request #" + number, () -> {
            OpenBranch branch = openNow().get(number);
            try (ObjectReader objects = repository.repository().reader()) {
                DetailReader details = new DetailReader(repository.repository(), objects);
                if (branch != null) {
                    return details.proposed(reader.proposed(objects, branch, Optional.empty()), branch.tip());
                }
                Merged entry = merged.find(number)
                        .orElseThrow(() -> new NotFoundException("pull request", repository() + "#" + number));
                return details.merged(follower.merged(objects, entry), entry);
            }
        });
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        // Other processes are kept out by the expected value of the branch; threads of this one need not race.
        synchronized (mergeLock) {
            return run(
                    "Merging pull request #" + request.number(),
                    () -> new Merging(repository.repository(), merged, this::openNow).merge(request, this));
        }
    }

    @Override
    public String toString() {
        return "GitPullRequests[" + repository() + ", into " + bases + "]";
    }

    private Map<TargetBranch, ObjectId> update() throws IOException {
        Map<TargetBranch, ObjectId> tips = bases.tips(repository.repository());
        merged.update(tips);
        return tips;
    }

    private Map<Long, OpenBranch> openNow() throws IOException {
        return open.at(update());
    }

    private <T> T run(String what, OpenRepository.Work<T> work) {
        return repository.repository().run(what, work);
    }
}
