package io.github.releasepipeline.core.source;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.automation.MatchRules;
import io.github.releasepipeline.core.automation.MergeIntake;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what has changed at the provider into the store, page by page; a crash between pages loses nothing. */
public final class PullRequestSync {
    private static final int PAGE = 100;

    private final Engine engine;
    private final SourceControl source;
    private final List<AutoChangeSetRule> rules;
    private final ChangeSetReview review;

    /**
     * @param source the provider
     * @param rules what to do with merges, in the order of their declaration
     * @param review whether the rules' change sets need one
     */
    public PullRequestSync(Engine engine, SourceControl source, List<AutoChangeSetRule> rules, ChangeSetReview review) {
        this.engine = engine;
        this.source = source;
        this.rules = List.copyOf(rules);
        this.review = review;
    }

    /**
     * Reads all changes since the last time. Safe to run on several nodes at once: a page that another node outran is
     * dropped and read from where that node is.
     *
     * @return numbers of the pull requests that were new or different, in the order in which they were read
     */
    public List<Long> synchronize() {
        engine.requireNoHostTransaction("Reading pull requests");
        Set<Long> changed = new LinkedHashSet<>();
        boolean complete = false;
        while (!complete) {
            Optional<SyncPoint> point =
                    engine.reader().find(new SyncPoint.Id(source.repository())).map(Stored::snapshot);
            PullRequestPage page = source.changedSince(point.map(SyncPoint::cursor), PAGE);
            boolean outrun = save(page, point, changed);
            complete = page.complete() && !outrun;
            if (!complete && !outrun && point.map(SyncPoint::cursor).equals(Optional.of(page.cursor()))) {
                throw AdapterException.lasting(
                        "The pull requests of " + source.repository() + " cannot be read to their end: the provider"
                                + " does not go on from '" + page.cursor() + "'",
                        null);
            }
        }
        return List.copyOf(changed);
    }

    /**
     * Reads one pull request and saves it, and returns it; the rules see a merge that is new. Reads it once more if another
     * state of it was saved meanwhile: which of the two is the newer one, only the provider knows.
     */
    public PullRequest refresh(long number) {
        engine.requireNoHostTransaction("Reading a pull request");
        return refresh(
                        new PullRequestId(source.repository(), number),
                        () -> source.pullRequest(number).pullRequest())
                .now();
    }

    private record Refreshed(PullRequest now, boolean changed) {}

    private Refreshed refresh(PullRequestId id, Supplier<PullRequest> read) {
        Optional<Refreshed> saved = Optional.empty();
        while (saved.isEmpty()) {
            Optional<PullRequest> before = engine.reader().find(id).map(Stored::snapshot);
            PullRequest fresh = read.get();
            saved = engine.execute(Actor.system(), Optional.empty(), unit -> {
                if (!unit.find(id).equals(before)) {
                    return Optional.empty();
                }
                return Optional.of(new Refreshed(fresh, put(unit, fresh, intake(unit))));
            });
        }
        return saved.get();
    }

    /** What becomes of a page: nothing if another node outran it; what seems old is read again before going on behind it. */
    private record Saved(boolean outrun, List<Long> changed, List<PullRequest> doubtful) {}

    private boolean save(PullRequestPage page, Optional<SyncPoint> point, Set<Long> changed) {
        Saved saved = saveOnce(page, point);
        changed.addAll(saved.changed());
        if (saved.doubtful().isEmpty()) {
            return saved.outrun();
        }
        saved.doubtful().stream()
                .filter(this::isOtherNow)
                .map(PullRequest::number)
                .forEach(changed::add);
        List<PullRequest> sure = new ArrayList<>(page.changed());
        sure.removeAll(saved.doubtful());
        return save(new PullRequestPage(sure, page.cursor(), page.complete()), point, changed);
    }

    /** A provider that cannot tell it alone, because it has vanished, has told it already. */
    private boolean isOtherNow(PullRequest told) {
        return refresh(told.id(), () -> {
                    try {
                        return source.pullRequest(told.number()).pullRequest();
                    } catch (NotFoundException vanished) {
                        return told;
                    }
                })
                .changed();
    }

    private Saved saveOnce(PullRequestPage page, Optional<SyncPoint> before) {
        return engine.execute(Actor.system(), Optional.empty(), unit -> {
            SyncPoint.Id id = new SyncPoint.Id(source.repository());
            if (!unit.find(id).equals(before)) {
                return new Saved(true, List.of(), List.of());
            }
            List<PullRequest> doubtful = page.changed().stream()
                    .filter(told -> unit.find(told.id())
                            .filter(known -> isDoubtful(known, told))
                            .isPresent())
                    .toList();
            MergeIntake intake = intake(unit);
            List<Long> changed = page.changed().stream()
                    .filter(told -> !doubtful.contains(told) && put(unit, told, intake))
                    .map(PullRequest::number)
                    .toList();
            boolean further = before.filter(
                            point -> point.cursor().equals(page.cursor()) && (point.complete() || !page.complete()))
                    .isEmpty();
            if (further && doubtful.isEmpty()) {
                unit.put(id, next(before, page, unit.now()));
            }
            return new Saved(false, changed, doubtful);
        });
    }

    private SyncPoint next(Optional<SyncPoint> before, PullRequestPage page, Instant now) {
        boolean complete = page.complete() || before.map(SyncPoint::complete).orElse(false);
        return new SyncPoint(
                source.repository(),
                page.cursor(),
                now,
                before.map(SyncPoint::begun).orElse(now),
                complete);
    }

    private MergeIntake intake(UnitOfWork unit) {
        return new MergeIntake(unit, rules, review);
    }

    private boolean put(UnitOfWork unit, PullRequest fresh, MergeIntake intake) {
        Optional<PullRequest> known = unit.find(fresh.id());
        boolean changed = !known.equals(Optional.of(fresh))
                && known.filter(old -> reopens(old, fresh)).isEmpty();
        if (changed) {
            unit.put(fresh.id(), fresh);
            if (fresh.merged().isPresent() && MatchRules.isNewMerge(known, fresh, followedSince(unit))) {
                intake.merged(fresh);
            }
        }
        return changed;
    }

    private Optional<Instant> followedSince(UnitOfWork unit) {
        return unit.find(new SyncPoint.Id(source.repository()))
                .filter(SyncPoint::complete)
                .map(SyncPoint::begun);
    }

    /**
     * Whether what is told seems to be older than what is known. It may be: read before somebody else read it. Or its
     * provider dates by commits, and a branch went back, or was merged before it was found gone.
     */
    private static boolean isDoubtful(PullRequest known, PullRequest told) {
        return told.updatedAt().isBefore(known.updatedAt()) && !reopens(known, told);
    }

    /** Nothing that is not dated later undoes a merge; providers count in seconds, and some answer from copies that lag. */
    private static boolean reopens(PullRequest known, PullRequest told) {
        return known.merged().isPresent()
                && told.merged().isEmpty()
                && !told.updatedAt().isAfter(known.updatedAt());
    }
}
