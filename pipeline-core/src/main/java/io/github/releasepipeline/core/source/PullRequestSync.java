package io.github.releasepipeline.core.source;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.automation.MatchRules;
import io.github.releasepipeline.core.automation.MergeIntake;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * Reads all changes since the last time. Safe to run on several nodes at once: pages that overlap are saved once more,
     * with the same content.
     *
     * @return numbers of the pull requests that were new or different, in the order in which they were read
     */
    public List<Long> synchronize() {
        List<Long> changed = new ArrayList<>();
        boolean complete = false;
        while (!complete) {
            Optional<SyncPoint> point =
                    engine.reader().find(new SyncPoint.Id(source.repository())).map(Stored::snapshot);
            PullRequestPage page = source.changedSince(point.map(SyncPoint::cursor), PAGE);
            changed.addAll(save(page, point));
            complete = page.complete();
            if (!complete && point.map(SyncPoint::cursor).equals(Optional.of(page.cursor()))) {
                throw AdapterException.lasting(
                        "The pull requests of " + source.repository() + " cannot be read to their end: the provider"
                                + " does not go on from '" + page.cursor() + "'",
                        null);
            }
        }
        return changed;
    }

    /** Saves one pull request as it was just read, and returns it; the rules see a merge that is new. */
    public PullRequest save(PullRequest fresh) {
        return engine.execute(Actor.system(), Optional.empty(), unit -> {
            put(unit, fresh, intake(unit));
            return fresh;
        });
    }

    private List<Long> save(PullRequestPage page, Optional<SyncPoint> before) {
        return engine.execute(Actor.system(), Optional.empty(), unit -> {
            MergeIntake intake = intake(unit);
            List<Long> changed = page.changed().stream()
                    .filter(pr -> put(unit, pr, intake))
                    .map(PullRequest::number)
                    .toList();
            SyncPoint.Id id = new SyncPoint.Id(source.repository());
            boolean moved = !unit.find(id).equals(before);
            boolean further = before.filter(
                            point -> point.cursor().equals(page.cursor()) && (point.complete() || !page.complete()))
                    .isEmpty();
            if (!moved && further) {
                unit.put(id, next(before, page, unit.now()));
            }
            return changed;
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
                && known.filter(old -> isLater(old, fresh)).isEmpty();
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

    /** Providers count in seconds: within one of them, a merge is the later news. */
    private static boolean isLater(PullRequest old, PullRequest fresh) {
        boolean isMerge = old.merged().isPresent() && fresh.merged().isEmpty();
        return isMerge
                ? !old.updatedAt().isBefore(fresh.updatedAt())
                : old.updatedAt().isAfter(fresh.updatedAt());
    }
}
