package io.github.releasepipeline.gitea;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where following a repository stands. Lists are sorted by their last change, newest first, so what changes while they are
 * read moves to the front and is found by the next round, which goes back to where this one began.
 *
 * @param repository whose
 * @param stage the list that is being read
 * @param since how far back {@link Stage#CHANGED} reads
 * @param newest the newest change when this round began; empty if that is not yet known
 * @param openTold when all open ones were last told
 * @param place how far the list was read
 */
record FollowCursor(
        String repository, Stage stage, Instant since, Optional<Instant> newest, Instant openTold, Place place) {

    private static final String FORMAT = "gitea-1";

    /**
     * A place in a list.
     *
     * @param page the page to read, from 1
     * @param total how long the list was; -1 if nothing was read, or the server does not tell
     * @param before the last change of the last one that was told
     * @param told those of exactly that change that were told
     */
    record Place(int page, long total, Instant before, SortedSet<Long> told) {
        static final Place BEGINNING = new Place(1, -1, Instant.ofEpochSecond(1L << 40), new TreeSet<>());

        Place {
            if (page < 1) {
                throw new IllegalArgumentException("Pages begin at 1, not at " + page);
            }
            told = new TreeSet<>(told);
        }

        /** Whether a pull request comes behind this place. */
        boolean isBefore(PullRow row) {
            return row.updatedAt().isBefore(before) || (row.updatedAt().equals(before) && !told.contains(row.number()));
        }

        /** The place behind a pull request. */
        Place behind(PullRow row) {
            SortedSet<Long> same = row.updatedAt().equals(before) ? new TreeSet<>(told) : new TreeSet<>();
            same.add(row.number());
            return new Place(page, total, row.updatedAt(), same);
        }

        /** The place on another page, or on the same when the list was read again. */
        Place at(int newPage, long newTotal) {
            return new Place(newPage, newTotal, before, told);
        }

        /** How many pages to go back because the list got shorter, so that what was behind may be on an earlier page. */
        int pagesBack(PullPage read, int pageSize) {
            long gone = total < 0 || read.total() < 0 ? 0 : Math.max(0, total - read.total());
            return (int) Math.min(page - 1L, (gone + pageSize - 1) / pageSize);
        }
    }

    /** Nothing was read. */
    static FollowCursor beginning(String repository, Instant newest) {
        return new FollowCursor(
                repository, Stage.OPEN_FIRST, Instant.EPOCH, Optional.of(newest), Instant.EPOCH, Place.BEGINNING);
    }

    /** Only what is open. */
    static FollowCursor open(String repository, Instant now) {
        return new FollowCursor(
                repository, Stage.OPEN_AGAIN, Instant.EPOCH, Optional.of(Instant.EPOCH), now, Place.BEGINNING);
    }

    /** How far back the list is read. */
    Instant bound() {
        return stage == Stage.CHANGED ? since : Instant.MIN;
    }

    FollowCursor at(Place next) {
        return new FollowCursor(repository, stage, since, newest, openTold, next);
    }

    /** The same, where the newest change at the beginning of this round is known. */
    FollowCursor withNewest(Instant found) {
        return newest.isPresent()
                ? this
                : new FollowCursor(repository, stage, since, Optional.of(found), openTold, place);
    }

    /** The next list of this round; empty if the round is over. */
    Optional<FollowCursor> nextList(Instant now, Duration openAgain) {
        boolean due = !now.isBefore(openTold.plus(openAgain));
        return switch (stage) {
            case OPEN_FIRST -> Optional.of(to(Stage.ENDED_FIRST, now));
            case CHANGED -> due ? Optional.of(to(Stage.OPEN_AGAIN, now)) : Optional.empty();
            case ENDED_FIRST, OPEN_AGAIN -> Optional.empty();
        };
    }

    private FollowCursor to(Stage next, Instant now) {
        return new FollowCursor(repository, next, since, newest, now, Place.BEGINNING);
    }

    /** The beginning of the next round, which reads back to a little before this one began. */
    FollowCursor nextRound(Duration overlap) {
        Instant began = newest.orElse(since);
        return new FollowCursor(
                repository, Stage.CHANGED, began.minus(overlap), Optional.empty(), openTold, Place.BEGINNING);
    }

    /** Its opaque text. */
    String text() {
        return String.join(
                " ",
                FORMAT,
                repository,
                stage.name(),
                since.toString(),
                newest.map(Instant::toString).orElse("-"),
                openTold.toString(),
                String.valueOf(place.page()),
                String.valueOf(place.total()),
                place.before().toString(),
                place.told().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /**
     * Reads what {@link #text} wrote for the same repository.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static FollowCursor parse(String text, String repository) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 10 || !parts[0].equals(FORMAT) || !parts[1].equals(repository)) {
            throw foreign(text, repository, null);
        }
        try {
            return new FollowCursor(
                    repository,
                    Stage.valueOf(parts[2]),
                    Instant.parse(parts[3]),
                    parts[4].equals("-") ? Optional.empty() : Optional.of(Instant.parse(parts[4])),
                    Instant.parse(parts[5]),
                    new Place(
                            Integer.parseInt(parts[6]),
                            Long.parseLong(parts[7]),
                            Instant.parse(parts[8]),
                            told(parts[9])));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw foreign(text, repository, e);
        }
    }

    private static SortedSet<Long> told(String text) {
        return Arrays.stream(text.split(","))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static IllegalArgumentException foreign(String text, String repository, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is no cursor of the pull requests of " + repository + "; begin without one", cause);
    }
}
