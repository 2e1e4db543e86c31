package io.github.releasepipeline.core.source;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what has changed at the provider into the store, page by page; a crash between pages loses nothing. */
public final class PullRequestSync {
    private static final int PAGE = 100;

    private final Engine engine;
    private final SourceControl source;

    /** @param source the provider */
    public PullRequestSync(Engine engine, SourceControl source) {
        this.engine = engine;
        this.source = source;
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

    /** Saves one pull request as it was just read, and returns it. */
    public PullRequest save(PullRequest fresh) {
        return engine.execute(Actor.system(), Optional.empty(), unit -> {
            put(unit, fresh);
            return fresh;
        });
    }

    private List<Long> save(PullRequestPage page, Optional<SyncPoint> before) {
        return engine.execute(Actor.system(), Optional.empty(), unit -> {
            List<Long> changed = page.changed().stream()
                    .filter(pr -> put(unit, pr))
                    .map(PullRequest::number)
                    .toList();
            SyncPoint.Id id = new SyncPoint.Id(source.repository());
            boolean moved = !unit.find(id).equals(before);
            if (!moved && !before.map(SyncPoint::cursor).equals(Optional.of(page.cursor()))) {
                unit.put(id, new SyncPoint(source.repository(), page.cursor(), unit.now()));
            }
            return changed;
        });
    }

    private static boolean put(UnitOfWork unit, PullRequest fresh) {
        Optional<PullRequest> known = unit.find(fresh.id());
        boolean changed = !known.equals(Optional.of(fresh))
                && known.filter(old -> old.updatedAt().isAfter(fresh.updatedAt()))
                        .isEmpty();
        if (changed) {
            unit.put(fresh.id(), fresh);
        }
        return changed;
    }
}
