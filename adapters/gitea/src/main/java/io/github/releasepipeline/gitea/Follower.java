package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.gitea.FollowCursor.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks the lists of pull requests, a few at a time. */
final class Follower {
    /** A change becomes visible when its transaction ends, a little after the time it is stamped with. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** So many pages in one step that tell nothing new cannot be: the server repeats itself. */
    private static final int MAX_PAGES = 200;

    private final String repository;
    private final Lists lists;
    private final Duration openAgain;

    /** Where pages come from. */
    interface Lists {
        /** One page of a list, newest change first. */
        PullPage page(String state, int page);

        /** When anything was last changed. */
        Optional<Instant> newest();

        /** How many are on a full page. */
        int pageSize();
    }

    /**
     * Those to tell now.
     *
     * @param rows each once
     * @param cursor where to go on
     * @param complete whether the round is over
     */
    record Step(List<PullRow> rows, FollowCursor cursor, boolean complete) {
        Step {
            rows = List.copyOf(rows);
        }
    }

    /** @param openAgain how long after all open ones were told they are told again */
    Follower(String repository, Lists lists, Duration openAgain) {
        this.repository = repository;
        this.lists = lists;
        this.openAgain = openAgain;
    }

    Step step(Optional<FollowCursor> from, int limit, Instant now) {
        FollowCursor cursor = from.orElseGet(
                () -> FollowCursor.beginning(repository, lists.newest().orElse(Instant.EPOCH)));
        Map<Long, PullRow> told = new LinkedHashMap<>();
        int pages = 0;
        while (told.size() < limit) {
            pages++;
            if (pages > MAX_PAGES + told.size()) {
                throw AdapterException.lasting("The pull requests of " + repository + " have no end of pages", null);
            }
            Place place = cursor.place();
            PullPage page = lists.page(cursor.stage().state(), place.page());
            int back = place.pagesBack(page, lists.pageSize());
            if (back > 0) {
                cursor = cursor.at(place.at(place.page() - back, page.total()));
                continue;
            }
            cursor = cursor.withNewest(page.newest().orElse(cursor.since())).at(place.at(place.page(), page.total()));
            List<PullRow> ahead = ahead(page, cursor);
            List<PullRow> taken = ahead.subList(0, Math.min(limit - told.size(), ahead.size()));
            for (PullRow row : taken) {
                told.put(row.number(), row);
                cursor = cursor.at(cursor.place().behind(row));
            }
            if (taken.size() == ahead.size()) {
                if (!page.isLast(cursor.bound())) {
                    cursor = cursor.at(cursor.place().at(place.page() + 1, page.total()));
                    continue;
                }
                Optional<FollowCursor> next = cursor.nextList(now, openAgain);
                if (next.isEmpty()) {
                    return new Step(List.copyOf(told.values()), cursor.nextRound(OVERLAP), true);
                }
                cursor = next.get();
            }
        }
        return new Step(List.copyOf(told.values()), cursor, false);
    }

    private static List<PullRow> ahead(PullPage page, FollowCursor cursor) {
        return page.rows().stream()
                .filter(cursor.place()::isBefore)
                .filter(row -> !row.updatedAt().isBefore(cursor.bound()))
                .toList();
    }
}
